// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.benchmark.harness.Figure;

/**
 * What the engine costs a record beside a loop that reads the same source and does the same nothing: CPU time of the whole process,
 * as wall time is everybody's. Then the same with somebody who looks at the figures of the pipeline ten times a second.
 */
final class OverheadBenchmark {
    private static final String US = "ns/record";
    private static final int[] BATCHES = {100, 1_000};
    private static final long SCRAPE_MILLIS = 100;
    private static final int PERCENT = 100;
    private static final int LONGER = 4;

    private final Size size;
    private final Path work;
    private final AtomicLong written = new AtomicLong();

    OverheadBenchmark(Size size, Path work) {
        this.size = size;
        this.work = work;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    List<Figure> run() throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (int batch : BATCHES) {
            List<Double> engine = new ArrayList<>();
            List<Double> loop = new ArrayList<>();
            List<Double> overhead = new ArrayList<>();
            for (int round = 0; round <= size.rounds(); round++) {
                double own = cpu(size.records(), () -> engine(size.records(), batch, false));
                double bare = cpu(size.records(), () -> loop(batch));
                if (round > 0) {
                    engine.add(own);
                    loop.add(bare);
                    overhead.add(own - bare);
                }
            }
            figures.add(Figure.of("engine.cpu." + batch, "Snake Pipe", "this build", US, engine));
            figures.add(Figure.of("engine.cpu." + batch, "loop", "by hand", US, loop));
            figures.add(Figure.of("engine.overhead." + batch, "Snake Pipe", "this build", US, overhead));
        }
        return figures;
    }

    /** How much more CPU time it takes when somebody looks; pairs, whose order changes. */
    List<Figure> metrics() throws IOException, InterruptedException {
        // The system counts CPU time in hundredths of a second: longer runs, so that one of these is little.
        long records = (long) LONGER * size.records();
        List<Double> more = new ArrayList<>();
        for (int round = 0; round <= 2 * size.rounds(); round++) {
            boolean first = round % 2 == 0;
            double one = cpu(records, () -> engine(records, BATCHES[0], first));
            double two = cpu(records, () -> engine(records, BATCHES[0], !first));
            if (round > 0) {
                more.add(((first ? one / two : two / one) - 1) * PERCENT);
            }
        }
        return List.of(Figure.of("engine.metrics", "Snake Pipe", "this build", "%", more));
    }

    /** Nanoseconds a record. */
    private static double cpu(long records, Work task) throws IOException, InterruptedException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.gc();
        long begin = system.getProcessCpuTime();
        task.run();
        return (double) (system.getProcessCpuTime() - begin) / records;
    }

    private void loop(int batch) throws IOException, InterruptedException {
        try (SourceReader reader = new Numbers(size.records()).open(null, Position.START)) {
            Polled polled = reader.poll(batch, Duration.ZERO);
            while (!polled.isEnd()) {
                written.addAndGet(polled.records().size());
                polled = reader.poll(batch, Duration.ZERO);
            }
        }
    }

    private void engine(long records, int batch, boolean watched) throws IOException, InterruptedException {
        ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor();
        try (EngineHouse house = new EngineHouse(Files.createTempDirectory(work, "overhead"))) {
            house.define(EngineHouse.SOURCE, "1", new Numbers(records))
                    .define(EngineHouse.SINK, "1", new Probe(some -> written.addAndGet(some.size())))
                    .pipeline(batch, 2)
                    .settle();
            if (watched) {
                watcher.scheduleAtFixedRate(house::status, 0, SCRAPE_MILLIS, TimeUnit.MILLISECONDS);
            }
            house.awaitEnd();
        } finally {
            watcher.shutdownNow();
        }
    }
}
