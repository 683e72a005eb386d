// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.osgi;

import java.lang.System.Logger.Level;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
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
import org.snakepipe.engine.internal.settings.BestEffort;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.OnError;
import org.snakepipe.engine.internal.settings.Ordering;
import org.snakepipe.engine.internal.settings.PipelineDefinition;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.settings.Reading;
import org.snakepipe.engine.internal.settings.Route;
import org.snakepipe.engine.internal.settings.Tempo;

/** One configuration of {@value PipelineDefinition#PID}, read and checked. It holds nothing that lives. */
@Capability(
        namespace = "org.snakepipe.rules",
        attribute = "rules:List<String>=\"org.snakepipe.engine.internal.settings.PipelineRule\"")
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
    private static final long MOST_WAIT = 3_600_000;
    private static final int MOST_FAILURES = 1000;
    private static final long LEAST_SPOOL = 65_536;

    /** Configuration of a pipeline. */
    @ObjectClassDefinition(name = "Pipeline", description = "Reads a source, transforms records, writes them to sinks.")
    @interface Config {
        @AttributeDefinition(description = "Id of the source, for example snakepipe.source.file~inbox.")
        @Ref("snakepipe.source.")
        String source();

        @AttributeDefinition(required = false, description = "Ids of the transforms, in order.")
        @Ref("snakepipe.transform.")
        String[] transforms() default {};

        @AttributeDefinition(
                description =
                        "Ids of the sinks, at least one; each record goes to all of them. When one of them does not work,"
                                + " the pipeline waits for it.")
        @Ref("snakepipe.sink.")
        String[] sinks();

        @AttributeDefinition(
                name = "Best-effort sinks",
                required = false,
                description =
                        "Ids of more sinks that each record goes to. When one of them does not work, the pipeline goes on,"
                                + " and what the sink misses is spooled on disk until it works again.")
        @Ref("snakepipe.sink.")
        String[] best_effort_sinks() default {};

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
                description =
                        "Which records keep their order: none, those with the same key, or all (one at a time); auto means"
                                + " those with the same key when a sink has a key, else none.",
                options = {
                    @Option(label = "auto", value = "auto"),
                    @Option(label = "none", value = "none"),
                    @Option(label = "key", value = "key"),
                    @Option(label = "strict", value = "strict")
                })
        String ordering() default "auto";

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

        @AttributeDefinition(
                min = "1",
                max = "1000",
                description = "So many failures in a row, and a best-effort sink is left alone for a while.")
        @Live
        int breaker_failures() default 5;

        @AttributeDefinition(
                min = "1",
                max = "3600000",
                description =
                        "For how long at first a best-effort sink that failed too often is left alone; each time twice as"
                                + " long, less jitter: 1s.")
        @Unit(Unit.Measure.ms)
        @Live
        long breaker_wait_min() default 1_000;

        @AttributeDefinition(
                min = "1",
                max = "3600000",
                description = "For how long at most a best-effort sink that failed too often is left alone: 1m.")
        @Unit(Unit.Measure.ms)
        @Live
        long breaker_wait_max() default 60_000;

        @AttributeDefinition(
                min = "65536",
                max = "1099511627776",
                description =
                        "How much may be spooled on disk for each best-effort sink; when it is full the oldest records are"
                                + " dropped: 256MiB.")
        @Unit(Unit.Measure.bytes)
        @Live
        long spool_bytes() default 268_435_456;

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
        Reading reading = new Reading();
        Route route = route(config, reading);
        Tempo tempo = tempo(config, reading);
        Level level = reading.choice("log.level", config.log_level(), "debug, info, warning, error", Level::valueOf);
        Ordering ordering = reading.choice("ordering", config.ordering(), "auto, none, key, strict", Ordering::valueOf);
        OnError onError = onError(config.on_error(), reading);
        Limits limits = limits(config, reading);
        BestEffort bestEffort = bestEffort(config, route, reading);
        reading.end();
        settings = new PipelineSettings(route, tempo, limits, ordering, onError, level, config.enabled(), bestEffort);
    }

    private static Route route(Config config, Reading reading) {
        ConfigId source = reading.id("source", config.source());
        List<ConfigId> transforms = reading.ids("transforms", config.transforms());
        List<ConfigId> sinks = reading.ids("sinks", config.sinks());
        if (sinks.isEmpty() && reading.isClean()) {
            reading.mistake("sinks is empty (allowed: at least one id of a sink)");
        }
        return reading.isClean() ? new Route(source, transforms, sinks) : null;
    }

    private static Tempo tempo(Config config, Reading reading) {
        reading.number("batch.size", config.batch_size(), 1, MAX_BATCH);
        reading.number("concurrent.workers", config.concurrent_workers(), 1, MAX_WORKERS);
        return new Tempo(
                config.batch_size(),
                config.concurrent_workers(),
                reading.millis("linger", config.linger(), 0, MAX_LINGER),
                reading.number("rate.limit", config.rate_limit(), 0, Long.MAX_VALUE));
    }

    private static Limits limits(Config config, Reading reading) {
        return new Limits(
                reading.number("batch.bytes", config.batch_bytes(), LEAST_BYTES, 1L << 30),
                reading.number("queue.records", config.queue_records(), 1, 10_000_000),
                reading.number("queue.bytes", config.queue_bytes(), LEAST_BYTES, MOST_BYTES),
                reading.millis("retry.min", config.retry_min(), 1, MOST_WAIT),
                reading.millis("retry.max", config.retry_max(), 1, MOST_WAIT),
                reading.number("quarantine.bytes", config.quarantine_bytes(), LEAST_BYTES, MOST_BYTES));
    }

    private static BestEffort bestEffort(Config config, Route route, Reading reading) {
        List<ConfigId> sinks = reading.ids("best.effort.sinks", config.best_effort_sinks());
        if (route != null) {
            sinks.stream()
                    .filter(route.sinks()::contains)
                    .forEach(id -> reading.mistake("best.effort.sinks and sinks both name " + id
                            + " (allowed: one of them; a sink in sinks is required)"));
        }
        reading.number("breaker.failures", config.breaker_failures(), 1, MOST_FAILURES);
        return new BestEffort(
                reading.isClean() ? sinks : List.of(),
                config.breaker_failures(),
                reading.millis("breaker.wait.min", config.breaker_wait_min(), 1, MOST_WAIT),
                reading.millis("breaker.wait.max", config.breaker_wait_max(), 1, MOST_WAIT),
                reading.number("spool.bytes", config.spool_bytes(), LEAST_SPOOL, MOST_BYTES));
    }

    private static OnError onError(String text, Reading reading) {
        try {
            return OnError.parse(text);
        } catch (IllegalArgumentException notAnId) {
            reading.mistake("on.error = " + text + " (allowed: quarantine, stop, skip, or the id of a sink; "
                    + notAnId.getMessage() + ")");
            return null;
        }
    }

    @Override
    public PipelineSettings settings() {
        return settings;
    }
}
