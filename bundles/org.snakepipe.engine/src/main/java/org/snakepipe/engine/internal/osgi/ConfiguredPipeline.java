// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.osgi;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Live;
import org.snakepipe.api.config.Ref;
import org.snakepipe.api.config.Unit;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.OnError;
import org.snakepipe.engine.internal.settings.Ordering;
import org.snakepipe.engine.internal.settings.PipelineDefinition;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.settings.Route;
import org.snakepipe.engine.internal.settings.Tempo;

/** One configuration of {@value PipelineDefinition#PID}, read and checked. It holds nothing that lives. */
@Component(
        service = PipelineDefinition.class,
        configurationPid = PipelineDefinition.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredPipeline.Config.class, factory = true)
public final class ConfiguredPipeline implements PipelineDefinition {
    private static final int MAX_BATCH = 10_000;
    private static final int MAX_WORKERS = 32;
    private static final int MAX_LINGER = 60_000;
    private static final long LEAST_BYTES = 1024;
    private static final long MOST_BYTES = 1L << 40;
    private static final long MOST_RETRY = 3_600_000;

    /** Configuration of a pipeline. */
    @ObjectClassDefinition(name = "Pipeline", description = "Reads a source, transforms records, writes them to sinks.")
    @interface Config {
        @AttributeDefinition(description = "Id of the source, for example snakepipe.source.file~inbox.")
        @Ref("snakepipe.source.")
        String source();

        @AttributeDefinition(required = false, description = "Ids of the transforms, in order.")
        @Ref("snakepipe.transform.")
        String[] transforms() default {};

        @AttributeDefinition(description = "Ids of the sinks, at least one; each record goes to all of them.")
        @Ref("snakepipe.sink.")
        String[] sinks();

        @AttributeDefinition(min = "1", max = "10000", description = "Most records of a batch.")
        @Live
        int batch_size() default 1000;

        @AttributeDefinition(min = "1", max = "32", description = "Batches that are processed at the same time.")
        @Live
        int concurrent_workers() default 4;

        @AttributeDefinition(
                description = "The least important level that the parts of the pipeline log.",
                options = {
                    @Option(label = "debug", value = "debug"),
                    @Option(label = "info", value = "info"),
                    @Option(label = "warning", value = "warning"),
                    @Option(label = "error", value = "error")
                })
        @Live
        String log_level() default "info";

        @AttributeDefinition(
                min = "0",
                max = "60000",
                description = "How long a record waits for others to fill its batch: 5ms.")
        @Unit(Unit.Measure.ms)
        @Live
        int linger() default 5;

        @AttributeDefinition(min = "0", description = "Most records a second; 0 for no limit.")
        @Live
        long rate_limit() default 0;

        @AttributeDefinition(
                description = "Which records keep their order: none, those with the same key, or all (one at a time).",
                options = {
                    @Option(label = "none", value = "none"),
                    @Option(label = "key", value = "key"),
                    @Option(label = "strict", value = "strict")
                })
        String ordering() default "key";

        @AttributeDefinition(
                description =
                        "What becomes of rejected records, and of those on which a part fails: quarantine (kept on"
                                + " disk, to be replayed), stop (the pipeline fails), skip (they are counted), or the id of a"
                                + " sink that takes them.")
        @Ref(
                value = "snakepipe.sink.",
                or = {"quarantine", "stop", "skip"})
        String on_error() default "quarantine";

        @AttributeDefinition(
                min = "1024",
                max = "1073741824",
                description = "A batch that has so many bytes is complete: 4MiB.")
        @Unit(Unit.Measure.bytes)
        @Live
        long batch_bytes() default 4_194_304;

        @AttributeDefinition(
                min = "1",
                max = "10000000",
                description = "Records on their way, beyond which nothing is read.")
        @Live
        int queue_records() default 100_000;

        @AttributeDefinition(
                min = "1024",
                max = "1099511627776",
                description = "Bytes on their way, beyond which nothing is read; a larger record passes alone: 32MiB.")
        @Unit(Unit.Measure.bytes)
        @Live
        long queue_bytes() default 33_554_432;

        @AttributeDefinition(
                min = "1",
                max = "3600000",
                description =
                        "The first wait before a batch is tried again; each is twice as long, less jitter: 100ms.")
        @Unit(Unit.Measure.ms)
        @Live
        long retry_min() default 100;

        @AttributeDefinition(
                min = "1",
                max = "3600000",
                description = "The longest wait before a batch is tried again: 10s.")
        @Unit(Unit.Measure.ms)
        @Live
        long retry_max() default 10_000;

        @AttributeDefinition(
                min = "1024",
                max = "1099511627776",
                description = "How large the quarantine may be; when it is full the pipeline waits: 256MiB.")
        @Unit(Unit.Measure.bytes)
        @Live
        long quarantine_bytes() default 268_435_456;

        @AttributeDefinition(description = "Whether the pipeline is to run.")
        boolean enabled() default true;
    }

    private final PipelineSettings settings;

    /**
     * Checks the configuration.
     *
     * @param config the configuration
     * @throws IllegalArgumentException with everything that is wrong with it
     */
    @Activate
    public ConfiguredPipeline(Config config) {
        List<String> mistakes = new ArrayList<>();
        ConfigId source = read("source", config.source(), mistakes);
        List<ConfigId> transforms = readAll("transforms", config.transforms(), mistakes);
        List<ConfigId> sinks = readAll("sinks", config.sinks(), mistakes);
        if (sinks.isEmpty() && mistakes.isEmpty()) {
            mistakes.add("sinks is empty (allowed: at least one id of a sink)");
        }
        range("batch.size", config.batch_size(), 1, MAX_BATCH, mistakes);
        range("concurrent.workers", config.concurrent_workers(), 1, MAX_WORKERS, mistakes);
        range("linger", config.linger(), 0, MAX_LINGER, mistakes);
        range("rate.limit", config.rate_limit(), 0, Long.MAX_VALUE, mistakes);
        Level level = choice("log.level", config.log_level(), "debug, info, warning, error", Level::valueOf, mistakes);
        Ordering ordering = choice("ordering", config.ordering(), "none, key, strict", Ordering::valueOf, mistakes);
        OnError onError = onError(config.on_error(), mistakes);
        Limits limits = limits(config, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        Tempo tempo = new Tempo(
                config.batch_size(),
                config.concurrent_workers(),
                Duration.ofMillis(config.linger()),
                config.rate_limit());
        settings = new PipelineSettings(
                new Route(source, transforms, sinks), tempo, limits, ordering, onError, level, config.enabled());
    }

    private static Limits limits(Config config, List<String> mistakes) {
        range("batch.bytes", config.batch_bytes(), LEAST_BYTES, 1L << 30, mistakes);
        range("queue.records", config.queue_records(), 1, 10_000_000, mistakes);
        range("queue.bytes", config.queue_bytes(), LEAST_BYTES, MOST_BYTES, mistakes);
        range("retry.min", config.retry_min(), 1, MOST_RETRY, mistakes);
        range("retry.max", config.retry_max(), 1, MOST_RETRY, mistakes);
        range("quarantine.bytes", config.quarantine_bytes(), LEAST_BYTES, MOST_BYTES, mistakes);
        return new Limits(
                config.batch_bytes(),
                config.queue_records(),
                config.queue_bytes(),
                Duration.ofMillis(config.retry_min()),
                Duration.ofMillis(config.retry_max()),
                config.quarantine_bytes());
    }

    @Override
    public PipelineSettings settings() {
        return settings;
    }

    private static List<ConfigId> readAll(String key, String[] texts, List<String> mistakes) {
        List<ConfigId> ids = new ArrayList<>();
        for (String text : texts == null ? new String[0] : texts) {
            ConfigId id = read(key, text, mistakes);
            if (id != null && ids.contains(id)) {
                mistakes.add(key + " names " + id + " twice");
            }
            ids.add(id);
        }
        return ids;
    }

    private static ConfigId read(String key, String text, List<String> mistakes) {
        if (text == null || text.isBlank()) {
            mistakes.add(
                    key + " is missing (allowed: an id such as snakepipe." + key.replaceAll("s$", "") + ".x~name)");
            return null;
        }
        try {
            return ConfigId.parse(text);
        } catch (IllegalArgumentException notAnId) {
            mistakes.add(key + ": " + notAnId.getMessage());
            return null;
        }
    }

    private static void range(String key, long value, long min, long max, List<String> mistakes) {
        if (value < min || value > max) {
            mistakes.add(key + " = " + value + " (allowed: " + min + " to " + max + ")");
        }
    }

    private static <T> T choice(
            String key, String text, String allowed, Function<String, T> valueOf, List<String> mistakes) {
        if (List.of(allowed.split(", ")).contains(text)) {
            return valueOf.apply(text.toUpperCase(Locale.ROOT));
        }
        mistakes.add(key + " = " + text + " (allowed: " + allowed + ")");
        return null;
    }

    private static OnError onError(String text, List<String> mistakes) {
        try {
            return OnError.parse(text);
        } catch (IllegalArgumentException notAnId) {
            mistakes.add("on.error = " + text + " (allowed: quarantine, stop, skip, or the id of a sink; "
                    + notAnId.getMessage() + ")");
            return null;
        }
    }
}
