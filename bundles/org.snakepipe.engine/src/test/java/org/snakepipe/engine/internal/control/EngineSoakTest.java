// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.settings.Ordering;

/** Change under load. {@code -Plong} makes it as long as the figures of the project ask for. */
class EngineSoakTest {
    private static final int RECORDS = Integer.getInteger("snakepipe.soak.records", 300_000);
    private static final int SWAPS = Integer.getInteger("snakepipe.soak.swaps", 25);
    private static final int REPLACEMENTS = 50;
    private static final int MOST_WORKERS = 8;

    @TempDir
    private Path data;

    /** Counts each number, and what is written to a writer that is closed. */
    private static final class CountingSink implements Sink {
        final AtomicIntegerArray times = new AtomicIntegerArray(RECORDS);
        final AtomicInteger afterClose = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();
        final AtomicLong written = new AtomicLong();

        @Override
        public SinkWriter open(org.snakepipe.api.pipeline.OpenContext context) {
            open.incrementAndGet();
            return new SinkWriter() {
                private volatile boolean closed;

                @Override
                public void write(List<Record> batch) {
                    for (Record record : batch) {
                        times.incrementAndGet(
                                Math.toIntExact((Long) record.value().get("n")));
                    }
                    if (closed) {
                        afterClose.incrementAndGet();
                    }
                    written.addAndGet(batch.size());
                }

                @Override
                public void close() {
                    closed = true;
                    open.decrementAndGet();
                }
            };
        }

        void assertEachOnce() {
            int lost = 0;
            int twice = 0;
            for (int number = 0; number < RECORDS; number++) {
                lost += times.get(number) == 0 ? 1 : 0;
                twice += times.get(number) > 1 ? 1 : 0;
            }
            assertThat(lost).as("lost").isZero();
            assertThat(twice).as("written twice").isZero();
            assertThat(afterClose).as("written to a closed writer").hasValue(0);
            assertThat(open).as("left open").hasValue(0);
        }
    }

    private static Record keyed(long number) {
        return Record.of(Map.of("n", number)).withKey("k" + number % 97);
    }

    private static Settings settings(int workers, long rate) {
        return Settings.plain().ordering(Ordering.KEY).tempo(1_000, workers, 1, rate);
    }

    @Test
    void losesNothingWhileSinksAreSwappedAndWorkersComeAndGo() throws Exception {
        CountingSink sink = new CountingSink();

        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(RECORDS, true, EngineSoakTest::keyed))
                .define(Settings.SINK, "0", sink)
                .pipeline("demo", settings(1, 0).value())
                .live()) {
            for (int swap = 1; swap <= SWAPS; swap++) {
                // Spread over the whole run, however fast it is; the last changes come while there is still a lot to
                // do.
                long mark = (long) RECORDS * swap / (SWAPS + 5);
                Bench.await(() -> sink.written.get() >= mark);
                bench.hold();
                bench.define(Settings.SINK, Integer.toString(swap), sink)
                        .pipeline("demo", settings(1 + swap % MOST_WORKERS, 0).value())
                        .live();
            }
            bench.await("demo", PipelineState.FINISHED);
            assertThat(bench.show("demo").total()).isEqualTo(RECORDS);
        }
        sink.assertEachOnce();
    }

    @Test
    void losesNothingWhileTheBundleOfTheSinkIsReplaced() throws Exception {
        CountingSink sink = new CountingSink();

        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(RECORDS, true, EngineSoakTest::keyed))
                .define(Settings.SINK, "0", sink)
                .pipeline("demo", settings(4, 0).value())
                .live()) {
            for (int round = 1; round <= REPLACEMENTS; round++) {
                long mark = (long) RECORDS * round / (REPLACEMENTS + 5);
                Bench.await(() -> sink.written.get() >= mark);
                bench.hold();
                bench.bundleStops(Settings.SINK);
                assertThat(sink.open)
                        .as("nothing of a bundle that stopped is used")
                        .hasValue(0);
                bench.define(Settings.SINK, Integer.toString(round), sink).live();
            }
            bench.await("demo", PipelineState.FINISHED);
        }
        sink.assertEachOnce();
    }
}
