// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.QuarantinedRecord;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.Ordering;

class EngineSafetyTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();
    private final Settings keeping =
            Settings.plain().ordering(Ordering.NONE).onError("quarantine").limits(limits(1L << 20));

    private Bench bench(Source source, Settings settings) {
        return new Bench(data)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", settings.value());
    }

    private static Limits limits(long quarantineBytes) {
        return new Limits(1L << 20, 1_000, 1L << 20, Duration.ofMillis(1), Duration.ofMillis(20), quarantineBytes);
    }

    private static long number(Record record) {
        return (Long) record.value().get("n");
    }

    private void poison(Set<Long> numbers) {
        sink.before = batch -> {
            if (batch.stream().anyMatch(record -> numbers.contains(number(record)))) {
                throw new IllegalStateException("cannot digest");
            }
        };
    }

    private static List<Long> numbers(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    @Test
    void findsThePoisonInABatchKeepsItAndReplaysIt() throws Exception {
        poison(Set.of(3L, 400L, 401L));

        try (Bench bench = bench(new MemorySource(1_000, true), keeping).live()) {
            bench.await("demo", PipelineState.FINISHED);

            assertThat(sink.numbers())
                    .hasSize(997)
                    .doesNotContain(3L, 400L, 401L)
                    .doesNotHaveDuplicates();
            assertThat(bench.show("demo").total()).isEqualTo(1_000);
            assertThat(bench.show("demo").rejected()).isEqualTo(3);
            assertThat(bench.show("demo").gauges().quarantined()).isEqualTo(3);
            List<QuarantinedRecord> kept = bench.desk.quarantine("demo");
            assertThat(kept).allSatisfy(record -> {
                assertThat(record.by()).isEqualTo(Settings.SINK);
                assertThat(record.reason())
                        .startsWith("fails on it with java.lang.IllegalStateException: cannot digest at ");
            });
            assertThat(kept).extracting(QuarantinedRecord::content).contains("{n=3}", "{n=400}", "{n=401}");

            sink.before = batch -> {};
            assertThat(bench.desk.replay("demo", List.of(kept.get(0).id()), LONG))
                    .isEqualTo(1);
            assertThat(bench.desk.replay("demo", List.of(), LONG)).isEqualTo(2);
            assertThat(bench.desk.quarantine("demo")).isEmpty();
        }
        assertThat(sink.numbers()).containsExactlyInAnyOrderElementsOf(numbers(1_000));
    }

    @Test
    void replaysByTheNextRunWhatComesWhileARunIsAtItsEnd() throws Exception {
        poison(Set.of(3L));
        CountDownLatch atTheEnd = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MemorySource source = new MemorySource(10, true);
        source.closing = () -> {
            atTheEnd.countDown();
            awaitUninterruptibly(goOn);
        };

        try (Bench bench = bench(source, keeping).live()) {
            assertThat(atTheEnd.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            sink.before = batch -> {};
            FutureTask<Integer> replay = new FutureTask<>(() -> bench.desk.replay("demo", List.of(), LONG));
            Thread asking = new Thread(replay, "replay");
            asking.start();
            // It has been decided on, and waits for the records to arrive.
            Bench.await(() -> asking.getState() == Thread.State.TIMED_WAITING);
            goOn.countDown();

            assertThat(replay.get(2 * LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            goOn.countDown();
        }
        assertThat(sink.numbers()).containsExactlyInAnyOrderElementsOf(numbers(10));
    }

    @Test
    void sendsNothingASecondTimeWhileItIsBeingReplayed() throws Exception {
        poison(Set.of(3L, 4L));
        try (Bench bench = bench(new MemorySource(10, true), keeping).live()) {
            bench.await("demo", PipelineState.FINISHED);
            String first = bench.desk.quarantine("demo").get(0).id();
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            sink.before = batch -> {
                writing.countDown();
                goOn.await();
            };

            assertThat(bench.desk.replay("demo", List.of(), Duration.ZERO))
                    .as("not in time")
                    .isZero();
            assertThat(writing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> bench.desk.replay("demo", List.of(first), LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            first + " of the quarantine of demo is being replayed already: wait until it has arrived");
            assertThatThrownBy(() -> bench.desk.replay("demo", List.of(), LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("all of them are being replayed already");
            goOn.countDown();

            Bench.await(() -> sink.count() == 10);
            Bench.await(() -> bench.show("demo").gauges().quarantined() == 0);
            assertThat(bench.desk.replay("demo", List.of(), LONG)).isZero();
        }
        assertThat(sink.numbers()).containsExactlyInAnyOrderElementsOf(numbers(10));
    }

    @Test
    void aSourceThatReturnsWhileTheNextRunIsUnderWayLeavesItsCheckpointAlone() throws Exception {
        CountDownLatch polled = new CountDownLatch(1);
        CountDownLatch returns = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        AtomicInteger opens = new AtomicInteger();
        Source deaf = (context, from) -> new SourceReader() {
            private final boolean first = opens.incrementAndGet() == 1;
            private long next = Long.parseLong(from.offsets().getOrDefault("p", "0"));

            @Override
            public Polled poll(int max, Duration wait) {
                if (first && next == 5) {
                    polled.countDown();
                    awaitDeaf(returns);
                } else if (next < 8) {
                    Record record = Record.of(Map.of("n", next));
                    return Polled.of(List.of(record), List.of(), Position.of(Map.of("p", Long.toString(++next))));
                }
                return Polled.nothing();
            }

            @Override
            public void close() {
                if (first) {
                    returned.countDown();
                }
            }
        };

        try (Bench bench = bench(
                        deaf, Settings.plain().ordering(Ordering.STRICT).tempo(1, 1, 0, 0))
                .live()) {
            assertThat(polled.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Bench.await(() -> sink.count() == 5);
            assertThat(bench.desk.stop("demo", Duration.ofMillis(10))).isFalse();
            bench.desk.start("demo");
            CheckpointFile file = new CheckpointFile(data.resolve("checkpoints"), "demo");
            Bench.await(() -> at(file).equals(Map.of("p", "8")));

            returns.countDown();
            assertThat(returned.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(at(file)).isEqualTo(Map.of("p", "8"));
        } finally {
            returns.countDown();
        }
    }

    @Test
    void writesNothingBehindTheRecordThatStoppedIt() throws Exception {
        CountDownLatch allRead = new CountDownLatch(1);
        sink.before = batch -> {
            if (number(batch.get(0)) == 10) {
                allRead.await();
                throw new RejectedRecords(batch.get(0), "ten");
            }
        };
        MemorySource source = new MemorySource(1_000, false);
        Settings settings =
                Settings.plain().ordering(Ordering.STRICT).onError("stop").tempo(1, 1, 0, 0);
        try (Bench bench = bench(source, settings).live()) {
            Bench.await(() -> source.read == 1_000);
            allRead.countDown();
            bench.await("demo", PipelineState.FAILED);
            Bench.await(() -> source.open.get() == 0);
        }
        assertThat(sink.numbers()).containsExactlyElementsOf(numbers(10));
    }

    @Test
    void whoIsInterruptedWhileItReplaysLocksNothing() throws Exception {
        poison(Set.of(3L));
        try (Bench bench = bench(new MemorySource(10, false), keeping).live()) {
            Bench.await(() -> bench.show("demo").gauges().quarantined() == 1);
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            sink.before = batch -> {
                writing.countDown();
                goOn.await();
            };
            Thread asking = new Thread(new FutureTask<>(() -> bench.desk.replay("demo", List.of(), LONG)));
            asking.start();
            assertThat(writing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            asking.interrupt();
            asking.join();
            goOn.countDown();

            Bench.await(() -> bench.show("demo").gauges().quarantined() == 0);
            assertThat(bench.desk.replay("demo", List.of(), LONG)).isZero();
        }
    }

    @Test
    void sendsAllThatWaitForTheNextRun() throws Exception {
        poison(Set.of(3L, 4L));
        MemorySource source = new MemorySource(10, true);
        try (Bench bench = bench(source, keeping.tempo(1, 1, 0, 0)).live()) {
            bench.await("demo", PipelineState.FINISHED);
            sink.before = batch -> {};
            source.unopenable = new IOException("the share is away");
            List<FutureTask<Integer>> replays = bench.desk.quarantine("demo").stream()
                    .map(one -> new FutureTask<>(() -> bench.desk.replay("demo", List.of(one.id()), LONG)))
                    .toList();
            for (FutureTask<Integer> replay : replays) {
                Thread asking = new Thread(replay);
                asking.start();
                Bench.await(() -> asking.getState() == Thread.State.TIMED_WAITING);
            }
            source.unopenable = null;

            for (FutureTask<Integer> replay : replays) {
                assertThat(replay.get(2 * LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
            }
        }
        assertThat(sink.numbers()).containsExactlyInAnyOrderElementsOf(numbers(10));
    }

    @Test
    void goesOnWhenItCannotBeReset() throws Exception {
        MemorySource source = new MemorySource(Long.MAX_VALUE, false);
        Path beside = data.resolve("checkpoints/.demo.json.new");
        try (Bench bench =
                bench(source, Settings.plain().tempo(10, 1, 0, 1_000)).live()) {
            Bench.await(() -> sink.count() > 100);
            bench.desk.stop("demo", LONG);
            Files.createDirectories(beside.resolve("x"));
            assertThatThrownBy(() -> bench.desk.reset("demo", Map.of())).isInstanceOf(IOException.class);
            bench.desk.start("demo");
            Bench.await(() -> !bench.show("demo").detail().isEmpty());
            assertThatThrownBy(() -> bench.desk.reset("demo", Map.of())).isInstanceOf(IOException.class);
            Files.delete(beside.resolve("x"));
            Files.delete(beside);

            bench.await("demo", PipelineState.RUNNING);
        }
    }

    /** A plugin may leave it behind on the thread of the source. */
    @Test
    void writesItsCheckpointThoughItsThreadIsInterrupted() throws Exception {
        MemorySource source = new MemorySource(Long.MAX_VALUE, false, number -> {
            if (number % 1_000 == 500) {
                Thread.currentThread().interrupt();
            }
            return Record.of(Map.of("n", number));
        });
        try (Bench bench = bench(source, Settings.plain().tempo(1, 1, 0, 0)).live()) {
            Bench.await(() -> source.read > 20_000);
            assertThat(bench.show("demo").lastError()).isEmpty();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void replaysThroughARunningPipelineAndKeepsAgainWhatIsRejectedAgain() throws Exception {
        AtomicInteger applied = new AtomicInteger();
        AtomicBoolean mended = new AtomicBoolean();
        Transform transform = context -> (record, output) -> {
            applied.incrementAndGet();
            if (number(record) < 2 && !mended.get()) {
                throw new IllegalArgumentException("no number");
            }
            output.accept(record);
        };
        MemorySource source =
                new MemorySource(10, false, n -> Record.of(Map.of("n", n)).withKey("k" + n));

        try (Bench bench = bench(source, keeping.transforms(Settings.TRANSFORM).ordering(Ordering.KEY))
                .define(Settings.TRANSFORM, "1", transform)
                .live()) {
            Bench.await(() -> bench.show("demo").total() == 10);
            List<String> first = ids(bench);
            assertThat(first).hasSize(2);

            assertThat(bench.desk.replay("demo", List.of(), LONG)).isEqualTo(2);
            assertThat(ids(bench)).hasSize(2).doesNotContainAnyElementsOf(first);

            mended.set(true);
            assertThat(bench.desk.replay("demo", List.of(), LONG)).isEqualTo(2);
            assertThat(applied).hasValue(14);
            assertThat(bench.show("demo").total())
                    .as("what is replayed has been counted")
                    .isEqualTo(10);
        }
        assertThat(sink.numbers()).containsExactlyInAnyOrderElementsOf(numbers(10));
    }

    private static List<String> ids(Bench bench) throws IOException {
        return bench.desk.quarantine("demo").stream().map(QuarantinedRecord::id).toList();
    }

    @Test
    void saysWhatCannotBeReplayed() throws Exception {
        poison(Set.of(1L));
        MemorySink other = new MemorySink();
        String elsewhere = "snakepipe.sink.memory~other";

        try (Bench bench = bench(new MemorySource(3, true), keeping).live()) {
            bench.await("demo", PipelineState.FINISHED);
            assertThatThrownBy(() -> bench.desk.replay("demo", List.of("77.1"), LONG))
                    .hasMessage("there is no record 77.1 in the quarantine of demo");

            bench.desk.stop("demo", LONG);
            assertThatThrownBy(() -> bench.desk.replay("demo", List.of(), LONG))
                    .hasMessage("pipeline 'demo' is stopped: start it first");
            bench.desk.start("demo");
            bench.await("demo", PipelineState.FINISHED);

            bench.hold();
            bench.define(elsewhere, "1", other)
                    .pipeline(
                            "demo",
                            keeping.route(Settings.SOURCE, List.of(), List.of(elsewhere))
                                    .value())
                    .live();
            assertThatThrownBy(() -> bench.desk.replay("demo", ids(bench), LONG))
                    .hasMessageContaining("was rejected by " + Settings.SINK + ", which is no transform or sink");
        }
    }

    @Test
    void waitsWhileTheQuarantineIsFullAndLosesNothing() throws Exception {
        poison(Set.of(1L, 2L, 3L, 4L, 5L));
        Settings small = keeping.ordering(Ordering.STRICT).tempo(1, 1, 0, 0).limits(limits(300));

        try (Bench bench = bench(new MemorySource(10, true), small).live()) {
            Bench.await(() -> bench.show("demo").detail().contains("is full"));
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
            assertThat(bench.show("demo").gauges().nextTry()).isPresent();
            assertThat(bench.show("demo").total()).isLessThan(6);

            bench.hold();
            bench.pipeline("demo", small.limits(limits(1L << 20)).value()).live();
            bench.await("demo", PipelineState.FINISHED);
            assertThat(bench.desk.quarantine("demo")).hasSize(5);
        }
        assertThat(sink.numbers()).containsExactly(0L, 6L, 7L, 8L, 9L);
    }

    @Test
    void doesNotWriteASecondTimeToTheSinkThatTookABatchWithRejects() throws Exception {
        poison(Set.of(1L));
        MemorySink second = new MemorySink();
        AtomicInteger failures = new AtomicInteger(3);
        second.before = batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("not now");
            }
        };
        String other = "snakepipe.sink.memory~second";

        try (Bench bench = bench(
                        new MemorySource(10, true),
                        keeping.route(Settings.SOURCE, List.of(), List.of(Settings.SINK, other)))
                .define(other, "1", second)
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
            assertThat(bench.desk.quarantine("demo")).hasSize(1);
        }
        assertThat(sink.numbers()).hasSize(9).doesNotHaveDuplicates();
        assertThat(second.numbers()).containsExactlyInAnyOrderElementsOf(numbers(10));
    }

    @Test
    void pausesWithEverythingOpenAndGoesOn() throws Exception {
        MemorySource source = new MemorySource(Long.MAX_VALUE, false);

        try (Bench bench =
                bench(source, Settings.plain().tempo(100, 4, 1, 20_000)).live()) {
            Bench.await(() -> sink.count() > 0);
            bench.desk.pause("demo");
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.PAUSED);
            Bench.await(() ->
                    bench.show("demo").inFlight() == 0 && bench.show("demo").total() == source.read);
            long read = source.read;

            // A change of something else does not make it read on.
            bench.hold();
            bench.define(Settings.SINK, "2", sink).live();
            assertThat(source.read).isEqualTo(read);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.PAUSED);

            bench.desk.start("demo");
            Bench.await(() -> source.read > read);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.RUNNING);
            assertThat(source.opens).hasValue(1);
        }
    }

    @Test
    void drainsWithoutCuttingAnythingOff() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        sink.before = batch -> open.await();
        MemorySource source = new MemorySource(500, false);

        try (Bench bench = bench(source, Settings.plain()).live()) {
            Bench.await(() -> bench.show("demo").inFlight() == 500);
            assertThat(bench.show("demo").gauges().bytesInFlight()).isPositive();
            assertThat(bench.show("demo").gauges().lag()).isPositive();
            assertThat(bench.desk.drain("demo", Duration.ofMillis(20))).isFalse();
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.PAUSED);

            open.countDown();
            assertThat(bench.desk.drain("demo", LONG)).isTrue();
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
            assertThat(bench.show("demo").total()).isEqualTo(500);
        }
        assertThat(sink.numbers()).doesNotHaveDuplicates().hasSize(500);
    }

    @Test
    void saysThatTheSinkHoldsItUp() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        sink.before = batch -> open.await();

        try (Bench bench = bench(new MemorySource(5_000, true), Settings.plain().limits(limits(1024)))
                .live()) {
            bench.await("demo", PipelineState.BACKPRESSURED);
            assertThat(bench.show("demo").inFlight()).isBetween(1_000L, 1_100L);

            open.countDown();
            bench.await("demo", PipelineState.FINISHED);
        }
    }

    @Test
    void readsOnFromAPositionThatSomebodyGives() throws Exception {
        try (Bench bench = bench(new MemorySource(10, true), Settings.plain()).live()) {
            bench.await("demo", PipelineState.FINISHED);

            bench.desk.reset("demo", Map.of(MemorySource.PARTITION, "7"));
            Bench.await(() -> sink.count() == 13);
        }
        assertThat(sink.numbers().subList(10, 13)).containsExactlyInAnyOrder(7L, 8L, 9L);
    }

    @Test
    void refusesAPositionThatTheSourceCannotMakeSenseOf() throws Exception {
        try (Bench bench = bench(new MemorySource(10, true), Settings.plain()).live()) {
            bench.await("demo", PipelineState.FINISHED);

            assertThatThrownBy(() -> bench.desk.reset("demo", Map.of("letters", "7")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("{letters=7} is no number (allowed: numbers=NUMBER)");
            assertThat(bench.show("demo").state()).as("nothing was touched").isEqualTo(PipelineState.FINISHED);
            assertThat(bench.show("demo").total()).isEqualTo(10);
            bench.forget(Settings.SOURCE);
            assertThatThrownBy(() -> bench.desk.reset("demo", Map.of(MemorySource.PARTITION, "7")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("nothing provides " + Settings.SOURCE);
        }
    }

    @Test
    void ofLargeDocumentsOnlyAsManyAreOnTheirWayAsTheBudgetAllows() throws Exception {
        int size = 50_000_000;
        CountDownLatch open = new CountDownLatch(1);
        sink.before = batch -> open.await();
        AtomicInteger read = new AtomicInteger();
        Source large = (context, from) -> new SourceReader() {
            @Override
            public Polled poll(int max, Duration wait) {
                if (read.get() == 5) {
                    return Polled.end();
                }
                Record document = Record.of(Map.of("n", (long) read.get())).withRaw(new byte[size]);
                return Polled.of(
                        List.of(document),
                        List.of(),
                        Position.of(Map.of("p", Integer.toString(read.incrementAndGet()))));
            }

            @Override
            public void close() {}
        };

        try (Bench bench = bench(large, Settings.plain().limits(limits(1024))).live()) {
            bench.await("demo", PipelineState.BACKPRESSURED);
            assertThat(read).as("one larger than the budget passes, alone").hasValue(1);
            open.countDown();
            bench.await("demo", PipelineState.FINISHED);
        }
        assertThat(sink.count()).isEqualTo(5);
    }

    @Test
    void aSourceThatIgnoresInterruptsDoesNotWriteOverWhatComesAfter() throws Exception {
        CountDownLatch polled = new CountDownLatch(1);
        CountDownLatch returns = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        AtomicInteger opens = new AtomicInteger();
        Source deaf = (context, from) -> new SourceReader() {
            private final int number = opens.incrementAndGet();
            private long next = Long.parseLong(from.offsets().getOrDefault("p", "0"));

            @Override
            public Polled poll(int max, Duration wait) {
                if (number == 1 && next == 5) {
                    polled.countDown();
                    awaitDeaf(returns);
                    return Polled.nothing();
                }
                if (next == 5) {
                    return Polled.nothing();
                }
                Record record = Record.of(Map.of("n", next));
                return Polled.of(List.of(record), List.of(), Position.of(Map.of("p", Long.toString(++next))));
            }

            @Override
            public void close() {
                if (number == 1) {
                    returned.countDown();
                }
            }
        };

        try (Bench bench = bench(
                        deaf, Settings.plain().ordering(Ordering.STRICT).tempo(1, 1, 0, 0))
                .live()) {
            assertThat(polled.await(10, TimeUnit.SECONDS)).isTrue();
            Bench.await(() -> sink.count() == 5);
            assertThat(bench.desk.stop("demo", Duration.ofMillis(10))).isFalse();

            bench.desk.reset("demo", Map.of());
            returns.countDown();
            assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
            bench.desk.start("demo");
            Bench.await(() -> sink.count() == 10);
        }
        assertThat(sink.numbers()).containsExactlyElementsOf(List.of(0L, 1L, 2L, 3L, 4L, 0L, 1L, 2L, 3L, 4L));
    }

    private static void awaitDeaf(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // This is what the test is about.
                continue;
            }
        }
    }

    private static Map<String, String> at(CheckpointFile file) {
        try {
            return file.read().position().offsets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
