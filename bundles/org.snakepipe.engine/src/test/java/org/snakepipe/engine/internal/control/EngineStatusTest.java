// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.engine.internal.settings.Limits;

/** How a pipeline is, since when, and in figures. */
@Timeout(60)
class EngineStatusTest {
    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();

    private static FutureTask<Object> aside(Callable<Object> call) {
        FutureTask<Object> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "aside");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static void isAfter(PipelineStatus now, PipelineStatus before) {
        assertThat(now.since())
                .as("since of %s after that of %s", now.state(), before.state())
                .isAfterOrEqualTo(before.since());
    }

    @Test
    void goesFromConfiguredToStoppedAndSaysSinceWhen() throws Exception {
        CountDownLatch sinkOpens = new CountDownLatch(1);
        CountDownLatch sourceOpens = new CountDownLatch(1);
        CountDownLatch arrives = new CountDownLatch(1);
        MemorySource source = new MemorySource(500, false);
        sink.before = batch -> arrives.await();
        Instant began = Instant.now();
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", (Source) (context, from) -> {
                    sourceOpens.await();
                    return source.open(context, from);
                })
                .define(Settings.SINK, "1", (Sink) context -> {
                    sinkOpens.await();
                    return sink.open(context);
                })
                .pipeline("demo", Settings.plain().value())) {
            FutureTask<Object> settling = aside(bench::live);
            bench.await("demo", PipelineState.CONFIGURED);
            PipelineStatus configured = bench.show("demo");
            assertThat(configured.since()).isBetween(began, Instant.now());

            sinkOpens.countDown();
            bench.await("demo", PipelineState.STARTING);
            PipelineStatus starting = bench.show("demo");
            isAfter(starting, configured);

            sourceOpens.countDown();
            settling.get(Bench.LIMIT.toSeconds(), TimeUnit.SECONDS);
            bench.await("demo", PipelineState.RUNNING);
            isAfter(bench.show("demo"), starting);

            Bench.await(() -> bench.show("demo").inFlight() == 500);
            FutureTask<Object> stopping = aside(() -> bench.desk.stop("demo", Bench.LIMIT));
            bench.await("demo", PipelineState.DRAINING);
            PipelineStatus draining = bench.show("demo");
            isAfter(draining, starting);
            assertThat(draining.inFlight()).as("it is still on its way").isEqualTo(500);

            arrives.countDown();
            assertThat(stopping.get(Bench.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(true);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
            isAfter(bench.show("demo"), draining);
            assertThat(bench.show("demo").total()).isEqualTo(500);
        }
    }

    @Test
    void waitsForEachKindOfPartByName() throws Exception {
        String rejects = Settings.REJECTS;
        Transform same = context -> (record, output) -> output.accept(record);
        try (Bench bench = new Bench(data)
                .want(Settings.SOURCE, "1")
                .want(Settings.TRANSFORM, "1")
                .want(Settings.SINK, "1")
                .want(rejects, "1")
                .pipeline(
                        "demo",
                        Settings.plain()
                                .transforms(Settings.TRANSFORM)
                                .onError(rejects)
                                .value())
                .live()) {
            bench.await("demo", PipelineState.WAITING);
            assertThat(bench.show("demo").detail())
                    .isEqualTo("waits for " + Settings.SOURCE + ", " + Settings.TRANSFORM + ", " + Settings.SINK + ", "
                            + rejects);
            Instant since = bench.show("demo").since();

            bench.define(Settings.SOURCE, "1", new MemorySource(10, true)).define(Settings.SINK, "1", sink);
            Bench.await(() -> bench.show("demo").detail().equals("waits for " + Settings.TRANSFORM + ", " + rejects));
            assertThat(bench.show("demo").since()).as("it waits all the time").isEqualTo(since);

            bench.define(Settings.TRANSFORM, "1", same).define(rejects, "1", new MemorySink());
            bench.await("demo", PipelineState.FINISHED);
            assertThat(bench.show("demo").since()).isAfter(since);
        }
    }

    @Test
    void saysSinceWhenItFailsAndRunsAgainAndWhatWasTheLastError() throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        sink.before = batch -> {
            if (down.get()) {
                throw new IOException("connection refused");
            }
        };
        Limits patient = new Limits(4L << 20, 100_000, 32L << 20, Duration.ofMillis(5), Duration.ofMillis(5), 1L << 20);
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(Long.MAX_VALUE, false))
                .define(Settings.SINK, "1", sink)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .tempo(100, 4, 1, 20_000)
                                .limits(patient)
                                .value())
                .live()) {
            Bench.await(() -> sink.count() > 100);
            PipelineStatus running = bench.show("demo");
            assertThat(running.lastError()).isEmpty();

            down.set(true);
            bench.await("demo", PipelineState.FAILED);
            PipelineStatus failed = bench.show("demo");
            assertThat(failed.detail()).isEqualTo("connection refused; trying again");
            assertThat(failed.lastError()).isEqualTo("connection refused");
            assertThat(failed.gauges().nextTry()).isPresent();
            isAfter(failed, running);
            Bench.await(() -> !bench.show("demo")
                    .gauges()
                    .nextTry()
                    .equals(failed.gauges().nextTry()));
            assertThat(bench.show("demo").since()).as("one failure, many tries").isEqualTo(failed.since());

            down.set(false);
            bench.await("demo", PipelineState.RUNNING);
            isAfter(bench.show("demo"), failed);
            assertThat(bench.show("demo").lastError()).as("it is kept").isEqualTo("connection refused");
            assertThat(bench.show("demo").gauges().nextTry()).isEmpty();
        }
    }

    @Test
    void saysWhenItTriesAgainToReachWhatItNeeds() throws Exception {
        sink.unopenable = new IOException("no route to host");
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(10, true))
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", Settings.plain().value())) {
            Instant before = Instant.now().minusMillis(1);
            bench.settle();
            bench.release();

            PipelineStatus failed = bench.show("demo");
            assertThat(failed.state()).isEqualTo(PipelineState.FAILED);
            assertThat(failed.detail()).isEqualTo("opening " + Settings.SINK + " failed: no route to host");
            assertThat(failed.gauges().nextTry().orElseThrow()).isAfter(before);
        }
    }

    @Test
    void tellsRatesLagAndTheLastCheckpoint() throws Exception {
        CountDownLatch arrives = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        sink.before = batch -> {
            if (hangs.get()) {
                arrives.await();
            }
        };
        Instant began = Instant.now().minusMillis(1);
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(Long.MAX_VALUE, false))
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", Settings.plain().tempo(10, 4, 1, 2_000).value())
                .live()) {
            Bench.await(() -> bench.show("demo").perSecond() > 0);
            Bench.await(() -> bench.show("demo")
                    .gauges()
                    .lastCheckpoint()
                    .filter(began::isBefore)
                    .isPresent());
            assertThat(bench.show("demo").rejected()).isZero();
            assertThat(bench.show("demo").recent()).isPositive();

            hangs.set(true);
            Bench.await(() -> bench.show("demo").inFlight() > 0);
            Duration lag = bench.show("demo").gauges().lag();
            Bench.await(() -> bench.show("demo").gauges().lag().compareTo(lag.plusMillis(20)) > 0);
            assertThat(bench.show("demo").gauges().bytesInFlight()).isPositive();
            hangs.set(false);
            arrives.countDown();
            Bench.await(() -> bench.show("demo").gauges().lag().compareTo(lag.plusMillis(20)) < 0);
        }
        assertThat(List.of(sink)).allSatisfy(each -> assertThat(each.open).hasValue(0));
    }

    @Test
    void saysSinceWhenItIsFullAndWhenItIsNoMore() throws Exception {
        CountDownLatch arrives = new CountDownLatch(1);
        sink.before = batch -> arrives.await();
        Limits small = new Limits(4L << 20, 100, 32L << 20, Duration.ofMillis(5), Duration.ofMillis(5), 1L << 20);
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(1_000, false))
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", Settings.plain().limits(small).value())
                .live()) {
            bench.await("demo", PipelineState.BACKPRESSURED);
            PipelineStatus full = bench.show("demo");

            arrives.countDown();
            bench.await("demo", PipelineState.RUNNING);
            isAfter(bench.show("demo"), full);
            Bench.await(() -> sink.count() == 1_000);
        }
    }

    /** As while SCR replaces a definition: what runs goes on, and says so again. */
    @Test
    void runsAgainWhenItsOwnDefinitionHasComeBack() throws Exception {
        MemorySource source = new MemorySource(Long.MAX_VALUE, false);
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", new MemorySink())
                .pipeline("demo", Settings.plain().tempo(10, 1, 0, 1_000).value())
                .live()) {
            bench.await("demo", PipelineState.RUNNING);

            bench.bundleStops("snakepipe.pipeline~demo");
            bench.await("demo", PipelineState.WAITING);
            assertThat(bench.show("demo").detail()).isEqualTo("waits for its definition");
            bench.pipeline("demo", Settings.plain().tempo(10, 1, 0, 1_000).value());

            bench.await("demo", PipelineState.RUNNING);
            assertThat(source.opens).as("it has never stopped").hasValue(1);
        }
    }

    /** Its checkpoint cannot be read for a while, as when the disk of the data directory is away. */
    @Test
    void startsByItselfOnceItsCheckpointCanBeRead() throws Exception {
        Path checkpoint = Files.createDirectories(data.resolve("checkpoints/demo.json"));
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(10, true))
                .define(Settings.SINK, "1", new MemorySink())
                .pipeline("demo", Settings.plain().value())) {
            bench.settle();
            bench.release();
            bench.await("demo", PipelineState.FAILED);
            Bench.await(() -> bench.show("demo").gauges().nextTry().isPresent());

            Files.delete(checkpoint);
            bench.await("demo", PipelineState.FINISHED);
        }
    }
}
