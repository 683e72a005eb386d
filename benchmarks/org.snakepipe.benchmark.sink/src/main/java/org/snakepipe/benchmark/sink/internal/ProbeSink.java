// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.sink.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.plugin.Plugin;

/** Appends a line {@code EVENT VALUE MICROSECONDS} to the file that the system property {@code probe.out} names. */
@Plugin(kind = Plugin.Kind.sink, name = "probe")
@Component(service = Sink.class, configurationPid = ProbeSink.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ProbeSink.Config.class, factory = true)
public final class ProbeSink implements Sink {
    /** Factory PID. */
    public static final String PID = "snakepipe.sink.probe";

    @ObjectClassDefinition(name = "Probe", description = "Tells when a value arrives.")
    @interface Config {
        @AttributeDefinition(description = "The value that is told.")
        String text();
    }

    private final String value;

    /**
     * Tells that the value has arrived.
     *
     * @param config the settings
     * @throws IOException if the file cannot be written
     */
    @Activate
    public ProbeSink(Config config) throws IOException {
        value = config.text();
        tell("configured", value);
    }

    @Override
    public SinkWriter open(OpenContext context) {
        return new Writer(value);
    }

    private static void tell(String event, String value) throws IOException {
        String out = System.getProperty("probe.out");
        if (out != null) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            Files.writeString(
                    Path.of(out),
                    event + " " + value + " " + micros + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private record Writer(String value, AtomicBoolean told) implements SinkWriter {
        Writer(String value) {
            this(value, new AtomicBoolean());
        }

        @Override
        public void write(List<Record> batch) throws IOException {
            if (told.compareAndSet(false, true)) {
                tell("written", value);
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
