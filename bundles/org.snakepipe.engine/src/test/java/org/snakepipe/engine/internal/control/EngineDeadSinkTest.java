// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.Ordering;

/** A sink that is dead for a while, under a source that could go on for ever: seconds, with {@code -Plong} minutes. */
class EngineDeadSinkTest {
    private static final int DEAD_SECONDS = Integer.getInteger("snakepipe.dead.seconds", 2);
    private static final int RECORD_BYTES = 4096;
    private static final long BUDGET = 8L << 20;
    private static final int BATCH = 100;
    /** What one record more than its bytes takes is not counted exactly; more than twice the budget is a leak. */
    private static final long MOST_HEAP = 3 * BUDGET;

    @TempDir
    private Path data;

    private final BitSet seen = new BitSet();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicLong attempts = new AtomicLong();
    private volatile boolean dead;

    /** Keeps numbers alone: the records themselves would be what takes the memory. */
    private void write(List<Record> batch) throws IOException {
        attempts.incrementAndGet();
        if (dead) {
            throw new IOException("connection refused");
        }
        synchronized (seen) {
            for (Record record : batch) {
                int number = Math.toIntExact((Long) record.value().get("n"));
                twice.addAndGet(seen.get(number) ? 1 : 0);
                seen.set(number);
            }
        }
    }

    private int arrived() {
        synchronized (seen) {
            return seen.cardinality();
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void losesNothingAndTakesNoMoreMemoryThanItMay() throws Exception {
        MemorySink sink = new MemorySink();
        sink.before = batch -> {
            write(batch);
            sink.written.clear();
        };
        MemorySource source = new MemorySource(
                Long.MAX_VALUE, false, number -> Record.of(Map.of("n", number)).withRaw(new byte[RECORD_BYTES]));
        Limits limits = new Limits(1L << 20, 1_000_000, BUDGET, Duration.ofMillis(5), Duration.ofMillis(500), 1L << 20);
        Settings settings =
                Settings.plain().ordering(Ordering.NONE).tempo(BATCH, 4, 1, 0).limits(limits);

        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", settings.value())
                .live()) {
            Bench.await(() -> arrived() > 10 * BATCH);
            long before = heap();
            dead = true;
            Bench.await(() -> bench.show("demo").gauges().bytesInFlight() >= BUDGET);
            long read = source.read;

            watchWhileItIsDead(bench, source, read);

            assertThat(heap() - before).as("more heap than before").isLessThan(MOST_HEAP);
            assertThat(bench.show("demo").detail()).isEqualTo("connection refused; trying again");
            int left = arrived();
            dead = false;
            Bench.await(() -> arrived() > left + 3_000);
            assertThat(bench.desk.stop("demo", Bench.PATIENCE)).isTrue();
            assertThat(bench.show("demo").total()).isEqualTo(source.read);
        }
        assertThat(seen.nextClearBit(0)).as("no gap").isEqualTo((int) source.read);
        assertThat(twice).as("written twice").hasValue(0);
    }

    /** All the time: tried again, nothing read beyond the budget. */
    private void watchWhileItIsDead(Bench bench, MemorySource source, long read) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEAD_SECONDS);
        while (System.nanoTime() < end) {
            long tried = attempts.get();
            Bench.await(() -> attempts.get() > tried);
            assertThat(source.read).as("read while nothing is written").isLessThanOrEqualTo(read + BATCH);
            assertThat(bench.show("demo").gauges().bytesInFlight()).isLessThan(BUDGET + 2L * BATCH * RECORD_BYTES);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
        }
    }
}
