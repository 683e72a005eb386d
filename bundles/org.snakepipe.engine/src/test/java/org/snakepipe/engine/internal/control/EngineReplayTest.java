// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.QuarantinedRecord;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.Ordering;

/** What comes out of a quarantine again: how much at once, and what becomes of what is rejected once more. */
class EngineReplayTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();
    private volatile LongPredicate bad = number -> false;

    private Bench bench(Source source, Settings settings) {
        sink.before = batch -> reject(batch, bad);
        return new Bench(data)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", settings.value());
    }

    /** Writes the others, as a sink does that knows what it rejects. */
    private void reject(List<Record> batch, LongPredicate which) throws RejectedRecords {
        List<Record> rejects =
                batch.stream().filter(record -> which.test(number(record))).toList();
        if (!rejects.isEmpty()) {
            synchronized (sink.written) {
                batch.stream().filter(record -> !which.test(number(record))).forEach(sink.written::add);
            }
            throw new RejectedRecords(
                    rejects.stream().map(record -> new Rejection(record, "bad")).toList());
        }
    }

    private static Settings keeping(int batch, long queueRecords, long quarantineBytes) {
        return Settings.plain()
                .ordering(Ordering.STRICT)
                .onError("quarantine")
                .tempo(batch, 1, 0, 0)
                .limits(new Limits(
                        1L << 20,
                        queueRecords,
                        1L << 20,
                        Duration.ofMillis(1),
                        Duration.ofMillis(20),
                        quarantineBytes));
    }

    private static long number(Record record) {
        return (Long) record.value().get("n");
    }

    private static List<Long> numbers(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    private static List<String> ids(Bench bench) throws IOException {
        return bench.desk.quarantine("demo").stream().map(QuarantinedRecord::id).toList();
    }

    private long quarantineBytes() throws IOException {
        try (var files = Files.list(data.resolve("quarantine/demo"))) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    @Test
    void whatIsRejectedAgainNeedsNoRoomBesideItself() throws Exception {
        bad = number -> number < 5;
        MemorySource source = new MemorySource(10, false);
        try (Bench bench = bench(source, keeping(10, 1_000, 1L << 20)).live()) {
            Bench.await(() -> bench.show("demo").total() == 10);
            List<String> first = ids(bench);
            long bytes = quarantineBytes();
            bench.hold();
            bench.pipeline("demo", keeping(10, 1_000, bytes + 10).value()).live();

            for (int turn = 0; turn < 3; turn++) {
                assertThat(bench.desk.replay("demo", List.of(), LONG)).isEqualTo(5);
            }

            assertThat(ids(bench)).hasSize(5).doesNotContainAnyElementsOf(first);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.RUNNING);
            assertThat(bench.show("demo").gauges().quarantined()).isEqualTo(5);
            bad = number -> false;
            assertThat(bench.desk.replay("demo", List.of(), LONG)).isEqualTo(5);
        }
        assertThat(sink.numbers()).containsExactlyInAnyOrderElementsOf(numbers(10));
    }

    @Test
    void whatCannotBeKeptAgainStaysAsItWasAndHoldsNobodyUp() throws Exception {
        bad = number -> number == 3;
        MemorySource source = new MemorySource(20, false);
        try (Bench bench = bench(source, keeping(1, 1_000, 1L << 20)).live()) {
            Bench.await(() -> bench.show("demo").total() == 20);
            List<String> before = ids(bench);
            bench.hold();
            bench.pipeline("demo", keeping(1, 1_000, 10).value()).live();
            sink.before = batch -> {
                throw new RejectedRecords(batch.get(0), "a reason that is much longer than the one before it was");
            };

            assertThatThrownBy(() -> bench.desk.replay("demo", List.of(), LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "1 record stays in the quarantine as it was: rejected again, and the quarantine ")
                    .hasMessageContaining("is full");

            assertThat(ids(bench)).isEqualTo(before);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.RUNNING);
            sink.before = batch -> {};
            assertThat(bench.desk.replay("demo", List.of(), LONG)).isEqualTo(1);
        }
        assertThat(sink.numbers()).containsExactlyInAnyOrderElementsOf(numbers(20));
    }

    /** The batch that waits for room holds the only worker, and the queue is full behind it. */
    @Test
    void makesRoomThoughTheOnlyWorkerWaitsForIt() throws Exception {
        bad = number -> number < 6;
        try (Bench bench = bench(new MemorySource(20, true), keeping(1, 2, 300)).live()) {
            Bench.await(() -> bench.show("demo").detail().contains("is full"));
            bad = number -> false;

            Bench.await(() -> replayed(bench) && bench.show("demo").state() == PipelineState.FINISHED);
            Bench.await(() -> replayed(bench) && sink.count() == 20);
        }
        assertThat(sink.numbers()).containsExactlyInAnyOrderElementsOf(numbers(20));
    }

    private static boolean replayed(Bench bench) {
        try {
            bench.desk.replay("demo", List.of(), LONG);
            return true;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sendsNoMoreAtOnceThanABatchMayHave() throws Exception {
        bad = number -> true;
        try (Bench bench =
                bench(new MemorySource(50, false), keeping(50, 1_000, 1L << 20)).live()) {
            Bench.await(() -> bench.show("demo").gauges().quarantined() == 50);
            bad = number -> false;
            bench.hold();
            bench.pipeline("demo", keeping(7, 1_000, 1L << 20).value()).live();

            assertThat(bench.desk.replay("demo", List.of(), LONG)).isEqualTo(50);

            assertThat(sink.sizes)
                    .hasSize(8)
                    .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(7));
            assertThat(sink.numbers()).as("in the order they were kept in").isEqualTo(numbers(50));
        }
    }

    @Test
    void countsAsOnItsWayAndNotAsReadOnceMore() throws Exception {
        bad = number -> true;
        try (Bench bench =
                bench(new MemorySource(50, false), keeping(50, 1_000, 1L << 20)).live()) {
            Bench.await(() -> bench.show("demo").gauges().quarantined() == 50);
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            sink.before = batch -> {
                writing.countDown();
                goOn.await();
            };

            assertThat(bench.desk.replay("demo", List.of(), Duration.ZERO)).isZero();
            assertThat(writing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(bench.show("demo").inFlight()).isEqualTo(50);
            assertThat(bench.show("demo").gauges().bytesInFlight()).isPositive();

            goOn.countDown();
            Bench.await(() -> bench.show("demo").gauges().quarantined() == 0);
            Bench.await(() -> bench.show("demo").inFlight() == 0);
            assertThat(bench.show("demo").total()).isEqualTo(50);
        }
    }

    @Test
    void replaysWhatCanBeReadThoughAFileIsDamaged() throws Exception {
        bad = number -> number < 3;
        try (Bench bench =
                bench(new MemorySource(10, false), keeping(1, 1_000, 1L << 20)).live()) {
            Bench.await(() -> bench.show("demo").total() == 10);
            Path file = data.resolve("quarantine/demo/000000000002.rejected");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
            bad = number -> false;

            assertThat(ids(bench)).containsExactly("1.1", "3.1");
            assertThat(bench.desk.replay("demo", List.of(), LONG)).isEqualTo(2);
            assertThat(bench.show("demo").gauges().quarantined()).isEqualTo(1);
            assertThatThrownBy(() -> bench.desk.replay("demo", List.of("2.1"), LONG))
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("it is damaged");
        }
        assertThat(sink.numbers()).hasSize(9).doesNotContain(1L);
    }

    @Test
    void hasNothingToDoWhenNothingIsKept() throws Exception {
        try (Bench bench =
                bench(new MemorySource(10, false), keeping(1, 1_000, 1L << 20)).live()) {
            assertThat(bench.desk.replay("demo", List.of(), LONG)).isZero();
        }
    }

    /** What waits in the lanes was accepted under a line that had the sink. */
    @Test
    void sendsNothingThroughALineThatHasLostThePartThatRejectedIt() throws Exception {
        String other = "snakepipe.sink.memory~other";
        MemorySink second = new MemorySink();
        second.before = batch -> reject(batch, number -> number == 2);
        bad = number -> number == 1;
        Settings one = keeping(1, 1_000, 1L << 20);
        Settings two = one.route(Settings.SOURCE, List.of(), List.of(Settings.SINK, other));
        try (Bench bench = bench(new MemorySource(10, false), two)
                .define(other, "1", second)
                .live()) {
            Bench.await(() -> bench.show("demo").total() == 10);
            assertThat(ids(bench)).hasSize(2);
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            second.before = batch -> {
                writing.countDown();
                goOn.await();
            };
            CompletableFuture<Integer> first = replaying(bench, ids(bench).get(1));
            assertThat(writing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Integer> next = replaying(bench, ids(bench).get(0));
            Bench.await(() -> bench.show("demo").inFlight() == 2);
            bench.hold();
            bench.pipeline(
                            "demo",
                            one.route(Settings.SOURCE, List.of(), List.of(other))
                                    .value())
                    .live();
            goOn.countDown();

            assertThat(first.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
            assertThatThrownBy(() -> next.get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasMessageContaining(Settings.SINK + " is no transform or sink of the pipeline any more");
            assertThat(ids(bench)).containsExactly("1.1");
        }
        assertThat(second.numbers()).as("each once").containsExactlyInAnyOrderElementsOf(numbers(10));
    }

    private static CompletableFuture<Integer> replaying(Bench bench, String id) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return bench.desk.replay("demo", List.of(id), LONG);
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }
}
