// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.engine.internal.settings.Ordering;

class EngineFlowTest {
    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();

    private Bench bench(MemorySource source, Settings settings) {
        return new Bench(data)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", settings.value());
    }

    private static Record keyed(long number) {
        return Record.of(Map.of("n", number)).withKey("k" + number % 7);
    }

    @Test
    void writesEveryRecordOnceThroughFourWorkers() throws Exception {
        MemorySource source = new MemorySource(20_000, true);

        try (Bench bench =
                bench(source, Settings.plain().ordering(Ordering.NONE)).live()) {
            bench.await("demo", PipelineState.FINISHED);

            PipelineStatus status = bench.show("demo");
            assertThat(status.total()).isEqualTo(20_000);
            assertThat(status.written()).isEqualTo(20_000);
            assertThat(status.inFlight()).isZero();
        }
        assertThat(sink.numbers())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20_000).boxed().toList());
        assertThat(sink.open.get()).isZero();
        assertThat(source.open.get()).isZero();
    }

    @Test
    void keepsTheOrderOfEachKeyThoughBatchesAreRetried() throws Exception {
        Map<String, Long> last = new ConcurrentHashMap<>();
        AtomicInteger failures = new AtomicInteger(3);
        AtomicBoolean disorder = new AtomicBoolean();
        sink.before = batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("not now");
            }
            for (Record record : batch) {
                long number = (Long) record.value().get("n");
                Long before = last.put(record.key().orElseThrow(), number);
                disorder.compareAndSet(false, before != null && before >= number);
            }
        };

        try (Bench bench = bench(new MemorySource(5_000, true, EngineFlowTest::keyed), Settings.plain())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
        }

        assertThat(disorder).isFalse();
        assertThat(sink.count()).isEqualTo(5_000);
    }

    @Test
    void keepsAllInOrderWhereOrderIsStrict() throws Exception {
        AtomicBoolean twoAtOnce = new AtomicBoolean();
        sink.before = batch -> {
            twoAtOnce.compareAndSet(false, sink.atOnce.incrementAndGet() > 1);
            sink.atOnce.decrementAndGet();
        };

        try (Bench bench = bench(new MemorySource(5_000, true), Settings.plain().ordering(Ordering.STRICT))
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
        }

        assertThat(sink.numbers()).isSorted().hasSize(5_000);
        assertThat(twoAtOnce).isFalse();
    }

    @Test
    void failsInsteadOfHangingWhenAPartBreaksItsThread() throws Exception {
        sink.before = batch -> {
            throw new StackOverflowError("deep");
        };

        try (Bench bench = bench(new MemorySource(10, true), Settings.plain()).live()) {
            bench.await("demo", PipelineState.FAILED);

            assertThat(bench.show("demo").detail()).contains("StackOverflowError");
        }
    }

    @Test
    void runsAgainWhenTheSourceCanBeReadAgain() throws Exception {
        MemorySource source = new MemorySource(10, false);
        try (Bench bench = bench(source, Settings.plain()).live()) {
            Bench.await(() -> sink.count() == 10);
            source.unopenable = new IOException("the directory is gone");
            source.broken.release();
            bench.await("demo", PipelineState.FAILED);

            source.unopenable = null;
            bench.await("demo", PipelineState.RUNNING);
        }
    }

    @Test
    void doesNotReadWhenWhatIsOnItsWayIsFull() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        sink.before = batch -> open.await();
        MemorySource source = new MemorySource(1_000_000, false);

        try (Bench bench =
                bench(source, Settings.plain().ordering(Ordering.NONE)).live()) {
            Bench.await(() -> source.read >= 100_000);
            assertThat(source.read).isBetween(100_000L, 100_200L);
            assertThat(bench.show("demo").inFlight()).isBetween(100_000L, 100_100L);

            open.countDown();
            Bench.await(() -> source.read > 150_000);
        }
    }

    @Test
    void changesTheRateInPlace() throws Exception {
        MemorySource source = new MemorySource(100_000, true);

        try (Bench bench = bench(source, Settings.plain().tempo(100, 4, 1, 1)).live()) {
            Bench.await(() -> sink.count() >= 1);
            bench.hold();
            bench.pipeline("demo", Settings.plain().tempo(100, 4, 1, 0).value()).live();
            bench.await("demo", PipelineState.FINISHED);
        }

        assertThat(source.opens.get()).isEqualTo(1);
        assertThat(sink.opens.get()).isEqualTo(1);
    }

    @Test
    void changesBatchSizeAndWorkersInPlace() throws Exception {
        MemorySource source = new MemorySource(2_000_000, false, EngineFlowTest::keyed);

        try (Bench bench = bench(source, Settings.plain()).live()) {
            Bench.await(() -> sink.count() > 1_000);
            bench.hold();
            bench.pipeline("demo", Settings.plain().tempo(7, 2, 1, 0).value()).live();
            synchronized (sink.written) {
                sink.sizes.clear();
            }
            Bench.await(() -> {
                synchronized (sink.written) {
                    // A batch from before may be written late: the latest ones tell.
                    int all = sink.sizes.size();
                    return all > 100
                            && sink.sizes.subList(all - 50, all).stream().allMatch(size -> size <= 7);
                }
            });
        }

        assertThat(source.opens.get()).isEqualTo(1);
        assertThat(sink.opens.get()).isEqualTo(1);
        assertThat(sink.numbers()).doesNotHaveDuplicates();
    }

    @Test
    void opensTheSourceAgainFromWhatIsAcknowledged() throws Exception {
        MemorySource source = new MemorySource(30_000, true);
        source.broken.release(2);

        try (Bench bench = bench(source, Settings.plain()).live()) {
            bench.await("demo", PipelineState.FINISHED);
            assertThat(bench.show("demo").lastError()).contains("the disk is gone");
        }

        assertThat(source.opens.get()).isEqualTo(3);
        assertThat(sink.numbers())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 30_000).boxed().toList());
    }

    @Test
    void transformsAndThrowsAwayWhatWasGivenBeforeARejection() throws Exception {
        Transform twice = context -> (record, output) -> {
            output.accept(record);
            output.accept(record);
            if ((Long) record.value().get("n") == 3) {
                throw new RejectedRecords(record, "three is no number");
            }
        };

        try (Bench bench = bench(
                        new MemorySource(10, true),
                        Settings.plain().transforms(Settings.TRANSFORM).onError("skip"))
                .define(Settings.TRANSFORM, "1", twice)
                .live()) {
            bench.await("demo", PipelineState.FINISHED);

            assertThat(bench.show("demo").rejected()).isEqualTo(1);
            assertThat(bench.show("demo").total()).isEqualTo(10);
        }
        assertThat(sink.numbers()).hasSize(18).doesNotContain(3L);
    }

    @Test
    void failsOnARejectionAndSaysWhich() throws Exception {
        sink.before = batch -> {
            for (Record record : batch) {
                if ((Long) record.value().get("n") == 250) {
                    throw new RejectedRecords(record.withMeta("file", "a.csv"), "too large");
                }
            }
        };

        try (Bench bench = bench(new MemorySource(1_000, true), Settings.plain().ordering(Ordering.STRICT))
                .live()) {
            bench.await("demo", PipelineState.FAILED);

            assertThat(bench.show("demo").detail())
                    .startsWith("snakepipe.sink.memory~out rejects 1 record, the first ")
                    .contains(
                            "file=a.csv",
                            "too large. Mend the data or the configuration and start the pipeline, or set on.error to skip or to the id of a sink");
            assertThat(bench.show("demo").total()).isLessThanOrEqualTo(250);

            sink.before = batch -> {};
            bench.desk.start("demo");
            bench.await("demo", PipelineState.FINISHED);
            assertThat(bench.show("demo").total()).isEqualTo(1_000);
        }
    }

    @Test
    void writesRejectedRecordsToASinkBeforeTheyAreAcknowledged() throws Exception {
        MemorySink rejects = new MemorySink();
        AtomicInteger failures = new AtomicInteger(1);
        rejects.before = batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("full");
            }
        };
        sink.before = batch -> {
            List<Record> bad = new ArrayList<>(batch);
            bad.removeIf(record -> (Long) record.value().get("n") != 5);
            if (!bad.isEmpty()) {
                throw new RejectedRecords(bad.get(0), "five");
            }
        };
        MemorySource source = new MemorySource(
                10,
                true,
                number -> keyed(number).withRaw(("#" + number).getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        try (Bench bench = bench(source, Settings.plain().onError(Settings.REJECTS))
                .define(Settings.REJECTS, "1", rejects)
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
        }

        assertThat(rejects.written).hasSize(1);
        Record kept = rejects.written.get(0);
        assertThat(kept.type()).isEqualTo("rejected");
        assertThat(kept.value())
                .containsEntry("pipeline", "demo")
                .containsEntry("rejected_by", Settings.SINK)
                .containsEntry("reason", "five")
                .containsEntry("raw", "#5")
                .containsEntry("key", "k5")
                .containsKeys("time", "meta");
    }

    @Test
    void failsOnAMistakeInAPluginAndTriesAgainWhenStarted() throws Exception {
        sink.before = batch -> {
            throw new IllegalStateException("a bug");
        };

        try (Bench bench = bench(new MemorySource(10, true), Settings.plain()).live()) {
            bench.await("demo", PipelineState.FAILED);
            assertThat(bench.show("demo").detail())
                    .isEqualTo("a part failed with java.lang.IllegalStateException: a bug: the log has the details;"
                            + " start the pipeline to try again");

            sink.before = batch -> {};
            bench.desk.start("demo");
            bench.await("demo", PipelineState.FINISHED);
        }
        assertThat(sink.count()).isEqualTo(10);
    }

    @Test
    void clearsAnInterruptFlagThatAPluginLeaves() throws Exception {
        sink.before = batch -> Thread.currentThread().interrupt();
        TransformStage interrupting = (record, output) -> {
            Thread.currentThread().interrupt();
            output.accept(record);
        };
        Transform transform = context -> interrupting;

        try (Bench bench = bench(new MemorySource(500, true), Settings.plain().transforms(Settings.TRANSFORM))
                .define(Settings.TRANSFORM, "1", transform)
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
        }
        assertThat(sink.count()).isEqualTo(500);
    }

    @Test
    void showsWhatItRetries() throws Exception {
        CountDownLatch tried = new CountDownLatch(2);
        sink.before = batch -> {
            tried.countDown();
            throw new IOException("connection refused");
        };

        try (Bench bench = bench(new MemorySource(10, true), Settings.plain()).live()) {
            assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
            Bench.await(() -> bench.show("demo").detail().contains("connection refused"));

            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
            assertThat(bench.show("demo").detail()).isEqualTo("connection refused; trying again");
        }
    }
}
