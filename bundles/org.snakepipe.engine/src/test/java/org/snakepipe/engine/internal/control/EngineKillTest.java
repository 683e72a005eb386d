// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.settings.Ordering;

/**
 * A process with an engine is killed at random points, the start and the writing of a checkpoint among them. Its sink keeps
 * every number in a file of the run. The replay window of a run begins at the checkpoint that the one before left behind: what
 * is before it has been written, and is never written again. {@code -Plong} kills as often as the figures of the project ask for.
 */
class EngineKillTest {
    private static final int KILLS = Integer.getInteger("snakepipe.soak.kills", 4);
    private static final int MOST_RECORDS = 20_000;
    private static final int KEYS = 97;

    @TempDir
    private Path data;

    @ParameterizedTest
    @EnumSource(names = {"STRICT", "KEY"})
    void hasNoGapAndRepeatsOnlyWhatNoCheckpointHad(Ordering ordering) throws Exception {
        Random random = new Random(8);
        CheckpointFile checkpoints = new CheckpointFile(data.resolve("checkpoints"), "demo");
        BitSet seen = new BitSet();
        int from = 0;
        long repeated = 0;
        int longest = 0;
        for (int kill = 0; kill < share(ordering); kill++) {
            Path out = data.resolve("out-" + kill);
            // Every other one lives until a checkpoint has moved: the first comes after 200 ms, and many thousand
            // records.
            Checkpoint before = checkpoints.read();
            boolean early = kill % 2 == 0;
            long enough = (long) random.nextInt(MOST_RECORDS) * Long.BYTES;
            killWhen(out, ordering, () -> size(out) >= enough && (early || hasMoved(checkpoints, before)));

            List<Integer> written = numbers(out);
            assertInOrder(written, from, ordering);
            int again = (int) written.stream().filter(seen::get).count();
            written.forEach(seen::set);
            Checkpoint left = checkpoints.read();
            from = Integer.parseInt(left.position().offsets().getOrDefault(MemorySource.PARTITION, "0"));
            assertThat(left.total()).as("counted in the checkpoint").isEqualTo(from);
            assertThat(seen.nextClearBit(0))
                    .as("all before the checkpoint is written")
                    .isGreaterThanOrEqualTo(from);
            repeated += again;
            longest = Math.max(longest, again);
        }
        System.out.printf(
                "%d kills, %s: up to %,d, at the end at %,d, %,d written again, %,d at most after one kill%n",
                share(ordering), ordering, seen.length(), from, repeated, longest);
        assertThat(from).as("it came on from run to run").isPositive();
    }

    /** All kills together are as many as were asked for. */
    private static int share(Ordering ordering) {
        return ordering == Ordering.STRICT ? (KILLS + 1) / 2 : KILLS / 2;
    }

    /** Strictly: one after the other from the checkpoint on. By key: each key so, and nothing from before the checkpoint. */
    private static void assertInOrder(List<Integer> written, int from, Ordering ordering) {
        if (ordering == Ordering.STRICT) {
            assertThat(written)
                    .as("begins at the checkpoint, without a gap")
                    .isEqualTo(
                            IntStream.range(from, from + written.size()).boxed().toList());
            return;
        }
        int[] next = IntStream.range(0, KEYS)
                .map(key -> from + Math.floorMod(key - from, KEYS))
                .toArray();
        for (int number : written) {
            int key = number % KEYS;
            assertThat(number)
                    .as("of key %d, which begins at the checkpoint %d", key, from)
                    .isEqualTo(next[key]);
            next[key] += KEYS;
        }
    }

    private static boolean hasMoved(CheckpointFile checkpoints, Checkpoint before) {
        try {
            return !checkpoints.read().equals(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killWhen(Path out, Ordering ordering, BooleanSupplier due) throws Exception {
        Path log = data.resolve("log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        data.toString(),
                        out.toString(),
                        ordering.name())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Bench.await(() -> due.getAsBoolean() || !child.isAlive());
            assertThat(child.isAlive()).as(Files.readString(log)).isTrue();
        } finally {
            // SIGKILL, and not back before it is gone.
            child.destroyForcibly().onExit().join();
        }
    }

    /** What a process that was killed began to write and did not finish is no number. */
    private static List<Integer> numbers(Path out) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.exists(out) ? Files.readAllBytes(out) : new byte[0]);
        while (bytes.remaining() >= Long.BYTES) {
            numbers.add(Math.toIntExact(bytes.getLong()));
        }
        return numbers;
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** What is killed: counts into a file until the end of its days. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] arguments) throws Exception {
            FileChannel out =
                    FileChannel.open(Path.of(arguments[1]), StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
            MemorySink sink = new MemorySink();
            sink.before = batch -> {
                write(out, batch);
                sink.written.clear();
            };
            Bench bench = new Bench(Path.of(arguments[0]))
                    .define(Settings.SOURCE, "1", new MemorySource(Long.MAX_VALUE, false, Killed::record))
                    .define(Settings.SINK, "1", sink)
                    .pipeline(
                            "demo",
                            Settings.plain()
                                    .ordering(Ordering.valueOf(arguments[2]))
                                    .value());
            bench.live();
            new CountDownLatch(1).await();
        }

        private static Record record(long number) {
            return Record.of(Map.of("n", number)).withKey(Long.toString(number % KEYS));
        }

        /** Several workers at once, each batch in one piece. */
        private static synchronized void write(FileChannel out, List<Record> batch) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(batch.size() * Long.BYTES);
            batch.forEach(record -> bytes.putLong((Long) record.value().get("n")));
            bytes.flip();
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(false);
        }
    }
}
