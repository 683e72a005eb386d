// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;

/**
 * A backlog against a model, over random rows of what may happen to it: offers, a sink that takes or fails, checkpoints, a disk
 * that cannot be written, closing, and the death of the process, after which the next one opens the files as they were at that
 * moment. Nothing is lost that was secured and not dropped, everything that was offered is taken, waits, or was dropped and
 * counted, and the order is kept. A seed that fails is in the message. {@code -Plong} tries many more.
 */
class BacklogPropertyTest {
    private static final int RUNS = Integer.getInteger("snakepipe.backlog.runs", 8);
    private static final int STEPS = 120;
    private static final int MOST_BATCH = 400;
    private static final long SPOOL_BYTES = 64_000;
    /** So that some of what is offered goes through the disk although nobody secures it. */
    private static final int LARGE = 600_000;

    private static final int BLOCKED = 20;

    @TempDir
    private Path data;

    @Test
    void losesNothingAndKeepsTheOrderWhateverHappens() throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            try {
                new Life(data.resolve("run-" + seed), seed).live();
            } catch (AssertionError | Exception e) {
                throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** One row of events, and what must come of them. */
    private static final class Life {
        private final Path home;
        private final Random random;
        private final long mostBytes;
        private Path directory;
        private Backlog backlog;
        private int processes;
        private long offered;
        private boolean broken;
        /** All that is sure after a crash is behind this: numbers below it were secured. */
        private long secured;
        /** Taken by the sink, at least once. */
        private final TreeSet<Long> taken = new TreeSet<>();

        private List<Long> inHand = List.of();
        /** The last that was given out in this process. */
        private long last = -1;

        Life(Path home, long seed) throws IOException {
            this.home = Files.createDirectories(home);
            this.random = new Random(seed);
            this.mostBytes = seed % 3 == 0 ? 1L << 30 : SPOOL_BYTES;
            open(home.resolve("0"));
        }

        private void open(Path spool) {
            directory = spool;
            backlog = new Backlog(spool, mostBytes);
            if (random.nextBoolean()) {
                backlog.load();
            }
            inHand = List.of();
            last = -1;
        }

        void live() throws Exception {
            for (int step = 0; step < STEPS; step++) {
                step(random.nextInt(100));
                if (backlog.isLoaded()) {
                    assertAllIsSomewhere();
                }
            }
            mend();
            while (first()) {
                done();
            }
            assertAllIsSomewhere();
            assertThat(backlog.records()).isZero();
            assertThat(taken.size() + backlog.dropped())
                    .as("what is missing was dropped and counted")
                    .isGreaterThanOrEqualTo(offered);
            backlog.close();
        }

        private void step(int chance) throws Exception {
            if (chance < 40) {
                offer();
            } else if (chance < 60) {
                first();
            } else if (chance < 80) {
                done();
            } else if (chance < 90) {
                secure();
            } else if (chance < 93) {
                breakOrMend();
            } else if (chance < 96) {
                reopen();
            } else {
                die();
            }
        }

        private void offer() {
            int count = 1 + random.nextInt(MOST_BATCH);
            boolean large = random.nextInt(20) == 0;
            List<Record> batch = LongStream.range(offered, offered + count)
                    .mapToObj(number -> Record.of(Map.of("n", number)))
                    .toList();
            if (large && mostBytes > LARGE) {
                batch = List.of(Record.of(Map.of("n", offered, "text", "x".repeat(LARGE))));
            }
            assertThat(backlog.offer(batch)).isTrue();
            offered += batch.size();
        }

        /** What a sink fails with is given out again. */
        private boolean first() throws Exception {
            Backlog.Waiting waiting;
            try {
                waiting = backlog.first(0);
            } catch (IOException e) {
                assertThat(broken).as(e.getMessage()).isTrue();
                return false;
            }
            if (waiting == null) {
                return false;
            }
            List<Long> numbers = waiting.records().stream()
                    .map(record -> (Long) record.value().get("n"))
                    .toList();
            if (!inHand.isEmpty()) {
                assertThat(numbers).as("the same until it is done").isEqualTo(inHand);
                return true;
            }
            assertThat(numbers.get(0)).as("in order").isGreaterThan(last);
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
            inHand = numbers;
            last = numbers.get(numbers.size() - 1);
            return true;
        }

        private void done() {
            if (!inHand.isEmpty()) {
                taken.addAll(inHand);
                inHand = List.of();
                backlog.done();
            }
        }

        private void secure() {
            if (backlog.secure()) {
                secured = offered;
            } else {
                assertThat(broken).as(backlog.trouble()).isTrue();
            }
        }

        /** Directories are where the next segments would be made. */
        private void breakOrMend() throws IOException {
            if (broken) {
                mend();
            } else if (Files.isDirectory(directory)) {
                long highest = 0;
                try (var files = Files.newDirectoryStream(directory, "*.spool")) {
                    for (Path file : files) {
                        String name = file.getFileName().toString();
                        highest = Math.max(highest, Long.parseLong(name.substring(0, name.indexOf('.'))));
                    }
                }
                for (long number = highest + 1; number < highest + BLOCKED; number++) {
                    Files.createDirectories(directory.resolve(String.format("%012d.spool/x", number)));
                }
                broken = true;
            } else {
                Files.createDirectories(home);
                Files.createFile(directory);
                broken = true;
            }
        }

        private void mend() throws IOException {
            if (!broken) {
                return;
            }
            broken = false;
            if (Files.isRegularFile(directory)) {
                Files.delete(directory);
                return;
            }
            try (var files = Files.newDirectoryStream(directory, "*.spool")) {
                for (Path file : files) {
                    if (Files.isDirectory(file)) {
                        Files.delete(file.resolve("x"));
                        Files.delete(file);
                    }
                }
            }
        }

        /** An orderly end: what was in hand comes again. */
        private void reopen() throws IOException {
            mend();
            backlog.load();
            backlog.close();
            secured = offered;
            long dropped = backlog.dropped();
            open(directory);
            backlog.load();
            assertThat(backlog.dropped()).isEqualTo(dropped);
        }

        /** What the killed process still does must not reach the files of the next one. */
        private void die() throws IOException {
            mend();
            Path next = home.resolve(Integer.toString(++processes));
            if (Files.isDirectory(directory)) {
                copy(directory, next);
            }
            long before = secured;
            open(next);
            backlog.load();
            // What was not secured may be there or not; those behind it are numbered anew, so that none is missed.
            offered = Math.max(before, highest() + 1);
        }

        private long highest() throws IOException {
            Spool spool = new Spool(directory);
            long highest = -1;
            Path aside = home.resolve("look-" + processes);
            if (Files.isDirectory(directory)) {
                copy(directory, aside);
                spool = new Spool(aside);
            }
            Spool.Taken frame;
            while ((frame = spool.take()) != null) {
                for (Record record : frame.records()) {
                    highest = Math.max(highest, (Long) record.value().get("n"));
                }
            }
            spool.close();
            return Math.max(highest, taken.isEmpty() ? -1 : taken.last());
        }

        private static void copy(Path from, Path to) throws IOException {
            Files.createDirectories(to);
            try (var files = Files.newDirectoryStream(from)) {
                for (Path file : files) {
                    if (Files.isRegularFile(file)) {
                        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }

        /** Some may be taken and wait too: those come twice. */
        private void assertAllIsSomewhere() {
            List<Long> both = new ArrayList<>(taken);
            assertThat(both.size() + backlog.records() + backlog.dropped())
                    .as("taken %s, waiting %s, dropped %s", both.size(), backlog.records(), backlog.dropped())
                    .isGreaterThanOrEqualTo(offered);
        }
    }
}
