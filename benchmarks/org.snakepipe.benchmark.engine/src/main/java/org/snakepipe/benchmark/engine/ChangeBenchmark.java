// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.snakepipe.benchmark.harness.Figure;

/**
 * What a change costs a pipeline under load. {@code engine.swap}: the longest time without a batch that reaches the sink, while the
 * sink is exchanged and until 20 batches more have come. {@code engine.knob}: how many batches that began to be read after another
 * {@code batch.size} was in force still had the old one; 1 means, the one that was being filled.
 */
final class ChangeBenchmark {
    private static final int BATCH = 100;
    private static final int AFTER = 20;
    private static final double MILLIS = 1e6;
    private static final int PERCENTILE = 99;
    private static final int PERCENT = 100;

    private final Size size;
    private final Path work;

    ChangeBenchmark(Size size, Path work) {
        this.size = size;
        this.work = work;
    }

    /** When the last batch came, and the longest time between two. */
    private static final class Gaps {
        private long last = System.nanoTime();
        private long longest;

        synchronized void batch() {
            long now = System.nanoTime();
            longest = Math.max(longest, now - last);
            last = now;
        }

        synchronized void clear() {
            longest = 0;
        }

        synchronized double longest() {
            return longest / MILLIS;
        }
    }

    List<Figure> swaps() throws IOException, InterruptedException {
        Gaps gaps = new Gaps();
        AtomicLong batches = new AtomicLong();
        List<Double> stalls = new ArrayList<>();
        List<Double> usual = new ArrayList<>();
        try (EngineHouse house = new EngineHouse(Files.createTempDirectory(work, "swap"))) {
            Probe sink = new Probe(records -> {
                gaps.batch();
                batches.incrementAndGet();
            });
            house.define(EngineHouse.SOURCE, "1", new Numbers(Long.MAX_VALUE))
                    .define(EngineHouse.SINK, "0", sink)
                    .pipeline(BATCH, 2)
                    .settle();
            for (int swap = 1; swap <= size.swaps(); swap++) {
                // The same time without a swap, for comparison: the machine has pauses of its own.
                usual.add(longestUntilAfter(gaps, batches, () -> {}));
                house.define(EngineHouse.SINK, Integer.toString(swap), sink);
                stalls.add(longestUntilAfter(gaps, batches, house::settle));
            }
        }
        return List.of(
                Figure.of("engine.swap", "Snake Pipe", "this build", "ms", stalls),
                Figure.of("engine.swap.p99", "Snake Pipe", "this build", "ms", List.of(p99(stalls))),
                Figure.of("engine.noswap.p99", "Snake Pipe", "this build", "ms", List.of(p99(usual))));
    }

    private interface Change {
        void make() throws IOException, InterruptedException;
    }

    private static double longestUntilAfter(Gaps gaps, AtomicLong batches, Change change)
            throws IOException, InterruptedException {
        gaps.clear();
        change.make();
        long enough = batches.get() + AFTER;
        EngineHouse.await(() -> batches.get() >= enough);
        return gaps.longest();
    }

    private static double p99(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((sorted.size() * PERCENTILE + PERCENT - 1) / PERCENT - 1);
    }

    List<Figure> knob() throws IOException, InterruptedException {
        List<Double> late = new ArrayList<>();
        for (int round = 0; round < size.rounds(); round++) {
            late.add(lateBatches());
        }
        return List.of(Figure.of("engine.knob", "Snake Pipe", "this build", "batches", late));
    }

    /** Strictly one worker, so batches come in the order in which they were read. */
    private double lateBatches() throws IOException, InterruptedException {
        Numbers source = new Numbers(Long.MAX_VALUE);
        AtomicLong arrived = new AtomicLong();
        AtomicLong inForceAt = new AtomicLong(Long.MAX_VALUE);
        AtomicInteger late = new AtomicInteger();
        AtomicInteger fresh = new AtomicInteger();
        try (EngineHouse house = new EngineHouse(Files.createTempDirectory(work, "knob"))) {
            house.define(EngineHouse.SOURCE, "1", source)
                    .define(EngineHouse.SINK, "1", new Probe(records -> {
                        long first = arrived.getAndAdd(records.size());
                        if (first >= inForceAt.get()) {
                            (records.size() == BATCH ? late : fresh).incrementAndGet();
                        }
                    }))
                    .pipeline(BATCH, 1)
                    .settle();
            EngineHouse.await(() -> arrived.get() > AFTER * BATCH);
            house.pipeline(BATCH / 2, 1).settle();
            inForceAt.set(source.read());
            EngineHouse.await(() -> fresh.get() >= AFTER);
        }
        return late.get();
    }
}
