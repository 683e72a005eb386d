// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Resource;
import org.snakepipe.api.pipeline.Shared;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.control.PipelineState;

/** Sinks that get everything and never hold the pipeline. */
@Timeout(60)
class EngineBestEffortTest {
    private static final String COPY = "snakepipe.sink.memory~copy";
    private static final long SOON = 20;
    private static final long NEVER = 3_600_000;
    private static final long ROOM = 64L << 20;

    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();
    private final MemorySink copy = new MemorySink();

    private Bench bench(MemorySource source, long waitMillis, long spoolBytes) {
        return new Bench(data)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", sink)
                .define(COPY, "1", copy)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .bestEffort(waitMillis, spoolBytes, COPY)
                                .value());
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static BestEffortSink status(Bench bench) {
        return bench.show("demo").bestEffort().get(0);
    }

    private static void await(Bench bench, Predicate<BestEffortSink> condition) {
        Bench.await(() -> condition.test(status(bench)));
    }

    @Test
    void getsEverythingInOrderWhileItWorks() throws Exception {
        try (Bench bench = bench(new MemorySource(10_000, true), SOON, ROOM)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .tempo(100, 1, 1, 0)
                                .bestEffort(SOON, ROOM, COPY)
                                .value())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
            await(bench, now -> now.written() == 10_000);

            assertThat(copy.numbers()).containsExactlyElementsOf(numbers(0, 10_000));
            assertThat(status(bench).breaker()).isEqualTo(BestEffortSink.Breaker.CLOSED);
            assertThat(status(bench).spooled()).isZero();
            assertThat(status(bench).lastError()).isEmpty();
            assertThat(bench.show("demo").written()).as("of the required sink").isEqualTo(10_000);
        }
        assertThat(copy.open).hasValue(0);
    }

    @Test
    void isSpooledWhileItFailsAndGetsAllInOrderWhenItWorksAgain() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        copy.before = batch -> {
            if (down.get()) {
                throw new IOException("no route to host");
            }
        };
        try (Bench bench = bench(new MemorySource(10_000, true), SOON, ROOM)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .tempo(100, 1, 1, 0)
                                .bestEffort(SOON, ROOM, COPY)
                                .value())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
            assertThat(sink.count()).isEqualTo(10_000);
            await(bench, now -> now.breaker() == BestEffortSink.Breaker.OPEN);
            assertThat(status(bench).spooled()).isEqualTo(10_000);
            assertThat(status(bench).bytes()).as("on disk").isPositive();
            assertThat(status(bench).lastError()).isEqualTo("no route to host");
            assertThat(status(bench).oldest()).isPresent();
            await(bench, now -> now.nextTry().isPresent());

            down.set(false);
            await(bench, now -> now.spooled() == 0);

            assertThat(copy.numbers()).containsExactlyElementsOf(numbers(0, 10_000));
            assertThat(status(bench).breaker()).isEqualTo(BestEffortSink.Breaker.CLOSED);
            assertThat(status(bench).lastError()).isEmpty();
            assertThat(status(bench).dropped()).isZero();
        }
    }

    @Test
    void holdsNothingUpThoughItHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        copy.before = batch -> never.await();
        try (Bench bench = bench(new MemorySource(200_000, true), SOON, ROOM).live()) {
            bench.await("demo", PipelineState.FINISHED);

            assertThat(sink.count()).isEqualTo(200_000);
            assertThat(status(bench).spooled()).isEqualTo(200_000);
            assertThat(copy.count()).isZero();
        }
    }

    @Test
    void goesOnAfterARestartWithWhatWasSpooled() throws Exception {
        copy.before = batch -> {
            throw new IOException("no route to host");
        };
        try (Bench bench = bench(new MemorySource(5_000, true), NEVER, ROOM).live()) {
            bench.await("demo", PipelineState.FINISHED);
        }
        copy.before = batch -> {};

        try (Bench bench = bench(new MemorySource(7_000, true), NEVER, ROOM).live()) {
            await(bench, now -> now.written() == 7_000);
            bench.await("demo", PipelineState.FINISHED);
        }

        assertThat(copy.numbers()).containsExactlyInAnyOrderElementsOf(numbers(0, 7_000));
        assertThat(copy.numbers().subList(5_000, 7_000))
                .as("the old before the new")
                .allMatch(number -> number >= 5_000);
    }

    @Test
    void showsWhatIsSpooledAlsoWhileThePipelineIsStoppedAndAfterARestart() throws Exception {
        copy.before = batch -> {
            throw new IOException("no route to host");
        };
        try (Bench bench = bench(new MemorySource(5_000, true), NEVER, ROOM).live()) {
            bench.await("demo", PipelineState.FINISHED);
            bench.desk.stop("demo", Bench.LIMIT);
            assertThat(status(bench).spooled()).isEqualTo(5_000);
        }

        try (Bench bench = bench(new MemorySource(5_000, true), NEVER, ROOM).live()) {
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
            assertThat(status(bench).spooled()).isEqualTo(5_000);
            assertThat(status(bench).bytes()).isPositive();
            assertThat(status(bench).oldest()).isPresent();

            copy.before = batch -> {};
            bench.desk.start("demo");
            await(bench, now -> now.written() == 5_000);
        }
    }

    /** The first engine never closes, as a killed one never does: what its checkpoint says has arrived is there. */
    @Test
    void missesNothingAfterACrashThatTheCheckpointSaysHasArrived() throws Exception {
        copy.before = batch -> {
            throw new IOException("no route to host");
        };
        Settings slow = Settings.plain().tempo(100, 4, 1, 5_000);
        Bench crashed = bench(new MemorySource(Long.MAX_VALUE, false), NEVER, ROOM)
                .pipeline("demo", slow.bestEffort(NEVER, ROOM, COPY).value())
                .live();
        Bench.await(() -> sink.count() > 1_000
                && crashed.show("demo").gauges().lastCheckpoint().isPresent());
        Path other = data.resolve("other");
        Path checkpoints = Files.createDirectories(other.resolve("checkpoints"));
        // Whatever is on the disk when the checkpoint is has to be enough for it.
        Files.copy(data.resolve("checkpoints/demo.json"), checkpoints.resolve("demo.json"));
        Path spool = Files.createDirectories(other.resolve("spool/demo/" + COPY));
        try (var files = Files.list(data.resolve("spool/demo/" + COPY))) {
            for (Path file : files.toList()) {
                Files.copy(file, spool.resolve(file.getFileName()));
            }
        }

        MemorySink second = new MemorySink();
        try (Bench bench = new Bench(other)
                .define(Settings.SOURCE, "1", new MemorySource(100_000, true))
                .define(Settings.SINK, "1", new MemorySink())
                .define(COPY, "1", second)
                .pipeline("demo", Settings.plain().bestEffort(NEVER, ROOM, COPY).value())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
            await(bench, now -> now.spooled() == 0);
            assertThat(bench.show("demo").recent())
                    .as("what the first had read is not read again")
                    .isLessThan(100_000);
        }
        crashed.close();

        List<Long> missing = new ArrayList<>(numbers(0, 100_000));
        missing.removeAll(new HashSet<>(second.numbers()));
        assertThat(missing).isEmpty();
    }

    @Test
    void dropsTheOldestWhenItsSpoolIsFullAndCountsThem() throws Exception {
        copy.before = batch -> {
            throw new IOException("no route to host");
        };
        try (Bench bench = bench(new MemorySource(100_000, true), NEVER, 100_000)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .tempo(100, 1, 1, 0)
                                .bestEffort(NEVER, 100_000, COPY)
                                .value())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
            await(bench, now -> now.dropped() > 0);
            BestEffortSink now = status(bench);

            assertThat(sink.count()).isEqualTo(100_000);
            assertThat(now.bytes()).isLessThanOrEqualTo(100_000);
            assertThat(now.spooled() + now.dropped()).isEqualTo(100_000);

            copy.before = batch -> {};
            bench.desk.start("demo");
            bench.hold();
            bench.define(COPY, "2", copy).live();
            await(bench, later -> later.spooled() == 0);
        }
        assertThat(copy.numbers()).as("the newest are there").contains(99_999L);
    }

    @Test
    void countsOnOverAStop() throws Exception {
        copy.before = batch -> {
            throw new IOException("no route to host");
        };
        try (Bench bench =
                bench(new MemorySource(100_000, true), NEVER, 100_000).live()) {
            bench.await("demo", PipelineState.FINISHED);
            await(bench, now -> now.dropped() > 0 && now.dropped() + now.spooled() == 100_000);
            long dropped = status(bench).dropped();

            bench.desk.stop("demo", Bench.LIMIT);
            // What the sink had in hand is lost by the stop when its place on the disk was given to others.
            BestEffortSink stopped = status(bench);
            assertThat(stopped.dropped()).as("while it is stopped").isGreaterThanOrEqualTo(dropped);
            assertThat(stopped.dropped() + stopped.spooled()).isEqualTo(100_000);

            bench.desk.start("demo");
            bench.await("demo", PipelineState.FINISHED);
            assertThat(status(bench).dropped()).as("when it runs again").isEqualTo(stopped.dropped());
        }
    }

    @Test
    void neitherHoldsNorEndsThePipelineWhenItsSpoolCannotBeWritten() throws Exception {
        copy.before = batch -> {
            throw new IOException("no route to host");
        };
        Files.createDirectories(data.resolve("spool/demo"));
        Files.createFile(data.resolve("spool/demo").resolve(COPY));
        try (Bench bench = bench(new MemorySource(10_000, true), SOON, ROOM).live()) {
            bench.await("demo", PipelineState.FINISHED);

            assertThat(sink.count()).isEqualTo(10_000);
            await(bench, now -> now.lastError().startsWith("the spool cannot be written: "));
            assertThat(status(bench).spooled() + status(bench).dropped()).isEqualTo(10_000);
        }
    }

    /** Each ends only when all have been told to: who waits for one before it tells the next leaves it behind. */
    @Test
    void areClosedAllAtOnceWhenTheyHang() throws Exception {
        List<String> ids = List.of(COPY, COPY + "2", COPY + "3");
        CountDownLatch told = new CountDownLatch(ids.size());
        CountDownLatch hanging = new CountDownLatch(ids.size());
        List<MemorySink> sinks = new ArrayList<>();
        try (Bench bench = bench(new MemorySource(100, true), SOON, ROOM)) {
            for (String id : ids) {
                MemorySink hung = new MemorySink();
                hung.before = batch -> {
                    hanging.countDown();
                    awaitToBeTold(told);
                };
                sinks.add(hung);
                bench.define(id, "1", hung);
            }
            bench.pipeline(
                            "demo",
                            Settings.plain()
                                    .bestEffort(SOON, ROOM, ids.toArray(String[]::new))
                                    .value())
                    .live();
            hanging.await();

            bench.desk.stop("demo", Bench.LIMIT);

            assertThat(sinks).extracting(each -> each.open.get()).containsOnly(0);
        }
    }

    private static void awaitToBeTold(CountDownLatch told) {
        boolean counted = false;
        while (told.getCount() > 0) {
            try {
                told.await();
            } catch (InterruptedException e) {
                if (!counted) {
                    told.countDown();
                }
                counted = true;
            }
        }
    }

    @Test
    void givesBackWhatItHasBorrowedWhileItOpensBeforeTheBundleOfThatStops() throws Exception {
        String poolId = "snakepipe.resource.memory~pool";
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger poolsOpen = new AtomicInteger();
        Resource<Object> pool = context -> {
            poolsOpen.incrementAndGet();
            return new Shared<>() {
                @Override
                public Object value() {
                    return "pool";
                }

                @Override
                public void close() {
                    poolsOpen.decrementAndGet();
                }
            };
        };
        Sink slow = context -> {
            context.resource(poolId, Object.class);
            opening.countDown();
            never.await();
            throw new IOException("cannot be");
        };
        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false), SOON, ROOM)
                .define(poolId, "1", pool)
                .define(COPY, "1", slow)
                .live()) {
            opening.await();

            bench.bundleStops(poolId);

            assertThat(poolsOpen).as("when the bundle has stopped").hasValue(0);
        }
    }

    @Test
    void doesNotRefuseThePipelineWhenItDoesNotOpen() throws Exception {
        copy.unopenable = new IOException("no such host");
        try (Bench bench = bench(new MemorySource(1_000, true), SOON, ROOM)) {
            List<Problem> problems = bench.settle();
            bench.release();
            bench.await("demo", PipelineState.FINISHED);

            assertThat(problems).isEmpty();
            await(bench, now -> now.breaker() != BestEffortSink.Breaker.CLOSED);
            assertThat(status(bench).lastError()).contains("opening " + COPY + " failed: no such host");

            copy.unopenable = null;
            await(bench, now -> now.written() == 1_000);
        }
    }

    @Test
    void doesNotRefuseThePipelineWhenItCannotBeConstructedNorWhenItHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Bench bench = bench(new MemorySource(1_000, true), SOON, ROOM).define(COPY, "1", (Callable<Object>) () -> {
            throw new IllegalArgumentException("bad table");
        })) {
            bench.live();
            bench.await("demo", PipelineState.FINISHED);
            await(bench, now -> now.lastError().contains("bad table"));

            bench.hold();
            bench.define(COPY, "2", (Callable<Object>) () -> {
                never.await();
                return copy;
            });
            assertThat(bench.settle(Duration.ofSeconds(5))).isEmpty();
            bench.release();
        }
    }

    @Test
    void doesNotWaitForItsPluginAndBeginsWhenItComes() throws Exception {
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(1_000, true))
                .define(Settings.SINK, "1", sink)
                .want(COPY, "1")
                .pipeline("demo", Settings.plain().bestEffort(NEVER, ROOM, COPY).value())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
            await(bench, now -> now.breaker() == BestEffortSink.Breaker.OPEN);
            assertThat(status(bench).lastError()).isEqualTo("nothing provides " + COPY + " at the moment");

            bench.define(COPY, "1", copy);

            await(bench, now -> now.written() == 1_000);
        }
    }

    /** Its wait would be an hour. */
    @Test
    void recoversAtOnceWhenItIsReplacedWhileItFails() throws Exception {
        copy.before = batch -> {
            throw new IOException("wrong password");
        };
        MemorySink mended = new MemorySink();
        try (Bench bench = bench(new MemorySource(5_000, true), NEVER, ROOM).live()) {
            bench.await("demo", PipelineState.FINISHED);
            await(bench, now -> now.breaker() == BestEffortSink.Breaker.OPEN);

            bench.hold();
            bench.define(COPY, "2", mended).live();

            await(bench, now -> now.spooled() == 0);
            assertThat(mended.count()).isEqualTo(5_000);
            assertThat(copy.open).hasValue(0);
            assertThat(copy.afterClose).hasValue(0);
        }
    }

    @Test
    void isClosedBeforeItsBundleStopsAndGoesOnWithTheNext() throws Exception {
        MemorySink next = new MemorySink();
        MemorySource source = new MemorySource(Long.MAX_VALUE, false);
        try (Bench bench = bench(source, NEVER, ROOM)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .tempo(100, 4, 1, 50_000)
                                .bestEffort(NEVER, ROOM, COPY)
                                .value())
                .live()) {
            Bench.await(() -> copy.count() > 1_000);

            bench.bundleStops(COPY);
            assertThat(copy.open).as("when the bundle has stopped").hasValue(0);
            int before = sink.count();
            Bench.await(() -> sink.count() > before + 1_000);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.RUNNING);

            bench.define(COPY, "1", next);
            Bench.await(() -> next.count() > 1_000);
            bench.desk.pause("demo");
            Bench.await(() ->
                    bench.show("demo").total() == source.read && status(bench).spooled() == 0);
            assertThat(copy.afterClose).hasValue(0);
        }
        List<Long> all = java.util.stream.Stream.of(copy, next)
                .flatMap(each -> each.numbers().stream())
                .distinct()
                .sorted()
                .toList();
        assertThat(all).containsExactlyElementsOf(numbers(0, all.size()));
    }

    @Test
    void givesBackWhatItHasBorrowedBeforeThatsBundleStopsAlsoWhileItOpens() throws Exception {
        String pool = "snakepipe.resource.memory~pool";
        AtomicInteger borrowed = new AtomicInteger();
        Resource<Object> resource = context -> {
            borrowed.incrementAndGet();
            return new Shared<>() {
                @Override
                public Object value() {
                    return this;
                }

                @Override
                public void close() {
                    borrowed.decrementAndGet();
                }
            };
        };
        CountDownLatch opening = new CountDownLatch(1);
        Sink slow = context -> {
            context.resource(pool, Object.class);
            opening.countDown();
            new CountDownLatch(1).await();
            return null;
        };
        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false), SOON, ROOM)
                .define(pool, "1", resource)
                .define(COPY, "2", slow)
                .live()) {
            assertThat(opening.await(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(borrowed).hasValue(1);

            bench.bundleStops(pool);
            assertThat(borrowed).as("when the bundle has stopped").hasValue(0);
        }
    }

    @Test
    void keepsWhatItRejectsAndReplaysItToItAlone() throws Exception {
        copy.before = batch -> {
            if (batch.stream().anyMatch(record -> record.value().get("n").equals(7L))) {
                throw new RejectedRecords(
                        batch.stream()
                                .filter(record -> record.value().get("n").equals(7L))
                                .findFirst()
                                .orElseThrow(),
                        "seven");
            }
        };
        try (Bench bench = bench(new MemorySource(10, true), SOON, ROOM).live()) {
            bench.await("demo", PipelineState.FINISHED);
            await(bench, now -> now.rejected() == 1);
            Bench.await(() -> bench.show("demo").gauges().quarantined() == 1);

            copy.before = batch -> {};
            int before = copy.count();
            assertThat(bench.desk.replay("demo", List.of(), Bench.LIMIT)).isEqualTo(1);
            Bench.await(() -> copy.count() == before + 1);

            assertThat(copy.numbers().get(before)).isEqualTo(7);
            assertThat(sink.count()).as("has it already").isEqualTo(10);
        }
    }

    @Test
    void takesOverOtherThresholdsAndMoreOfThemWhileItRuns() throws Exception {
        MemorySink other = new MemorySink();
        MemorySource source = new MemorySource(Long.MAX_VALUE, false);
        String more = "snakepipe.sink.memory~more";
        Settings slow = Settings.plain().tempo(100, 4, 1, 50_000);
        try (Bench bench = bench(source, SOON, ROOM)
                .pipeline("demo", slow.bestEffort(SOON, ROOM, COPY).value())
                .live()) {
            Bench.await(() -> copy.count() > 100);

            bench.hold();
            bench.define(more, "1", other)
                    .pipeline("demo", slow.bestEffort(NEVER, ROOM, more).value())
                    .live();
            Bench.await(() -> other.count() > 100);

            assertThat(source.opens).hasValue(1);
            assertThat(sink.opens).hasValue(1);
            assertThat(copy.open).hasValue(0);
            assertThat(bench.show("demo").bestEffort())
                    .extracting(BestEffortSink::id)
                    .containsExactly(more);
        }
    }

    @Test
    void aBundleDoesNotStopWhileItsWriterIsBeingClosed() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Sink slow = context -> new SinkWriter() {
            @Override
            public void write(List<Record> batch) {}

            @Override
            public void close() {
                closing.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false), SOON, ROOM)
                .define(COPY, "1", slow)
                .live()) {
            await(bench, now -> now.written() > 0);
            bench.hold();
            bench.define(COPY, "2", slow).live();
            assertThat(closing.await(60, TimeUnit.SECONDS)).isTrue();

            Thread stopping = new Thread(() -> bench.bundleStops(COPY));
            stopping.start();
            Bench.await(() -> stopping.getState() == Thread.State.TIMED_WAITING || !stopping.isAlive());
            assertThat(stopping.isAlive()).as("it waits").isTrue();
            goOn.countDown();
            stopping.join();
        } finally {
            goOn.countDown();
        }
    }
}
