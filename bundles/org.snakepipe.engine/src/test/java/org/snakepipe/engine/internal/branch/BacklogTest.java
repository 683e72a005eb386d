// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;

class BacklogTest {
    private static final long MUCH = 64L << 20;

    @TempDir
    private Path data;

    private Backlog backlog() {
        return backlog(MUCH);
    }

    private Backlog backlog(long mostBytes) {
        Backlog backlog = new Backlog(data.resolve("spool"), mostBytes);
        backlog.load();
        return backlog;
    }

    private static List<Record> numbers(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(number -> Record.of(Map.of("n", number)))
                .toList();
    }

    private static List<Record> large(long number) {
        return List.of(Record.of(Map.of("n", number, "text", "x".repeat(1 << 19))));
    }

    private static List<Long> drain(Backlog backlog) throws Exception {
        List<Long> all = new ArrayList<>();
        Backlog.Waiting waiting;
        while ((waiting = backlog.first(0)) != null) {
            waiting.records().forEach(record -> all.add((Long) record.value().get("n")));
            backlog.done();
        }
        return all;
    }

    @Test
    void touchesNoDiskForWhatIsTakenSoon() throws Exception {
        Backlog backlog = backlog();
        backlog.offer(numbers(0, 10));

        assertThat(drain(backlog)).hasSize(10);
        backlog.secure();

        assertThat(data.resolve("spool")).doesNotExist();
    }

    @Test
    void keepsTheOrderThroughDiskAndMemory() throws Exception {
        Backlog backlog = backlog();
        backlog.offer(numbers(0, 10));
        assertThat(backlog.first(0).records()).hasSize(10);
        backlog.offer(numbers(10, 20));
        backlog.secure();
        backlog.offer(numbers(20, 30));
        backlog.secure();
        backlog.offer(numbers(30, 40));

        assertThat(backlog.records()).isEqualTo(40);
        assertThat(drain(backlog))
                .containsExactlyElementsOf(LongStream.range(0, 40).boxed().toList());
        assertThat(backlog.records()).isZero();
    }

    @Test
    void hasEverythingAfterACrashThatWasSecured() throws Exception {
        Backlog crashed = backlog();
        crashed.offer(numbers(0, 10));
        crashed.first(0);
        crashed.offer(numbers(10, 20));
        crashed.secure();
        crashed.offer(numbers(20, 30));

        assertThat(drain(backlog()))
                .as("what the sink had in hand, too")
                .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
    }

    @Test
    void putsOnTheDiskWhatIsTooMuchForTheMemory() throws Exception {
        Backlog backlog = backlog();
        for (long number = 0; number < 20; number++) {
            backlog.offer(large(number));
        }

        assertThat(backlog.bytes()).isGreaterThan(8 << 19);
        assertThat(drain(backlog))
                .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
    }

    @Test
    void dropsTheOldestInMemoryWhenTheDiskCannotBeWritten() throws Exception {
        Files.createFile(data.resolve("spool"));
        Backlog backlog = backlog();
        for (long number = 0; number < 20; number++) {
            backlog.offer(large(number));
        }

        assertThat(backlog.trouble()).startsWith("the spool cannot be written: ");
        assertThat(backlog.dropped()).isBetween(10L, 19L);
        assertThat(backlog.records()).isEqualTo(20 - backlog.dropped());

        Files.delete(data.resolve("spool"));
        long dropped = backlog.dropped();
        backlog.secure();
        assertThat(backlog.trouble()).isEmpty();
        assertThat(drain(backlog))
                .containsExactlyElementsOf(LongStream.range(dropped, 20).boxed().toList());
    }

    /** The disk becomes full in the middle of a batch: the segments are of eight thousand bytes, and the third cannot be made. */
    @Test
    void doesNotWriteTwiceWhatWasWrittenOfABatch() throws Exception {
        Backlog backlog = backlog(64_000);
        Path third = Files.createDirectories(data.resolve("spool/000000000003.spool/x"));
        backlog.offer(numbers(0, 1_200));
        backlog.secure();
        assertThat(backlog.trouble()).startsWith("the spool cannot be written: ");
        assertThat(backlog.records()).isEqualTo(1_200);
        Files.delete(third);
        Files.delete(third.getParent());
        backlog.secure();

        assertThat(backlog.trouble()).isEmpty();
        assertThat(backlog.records()).isEqualTo(1_200);
        assertThat(drain(backlog))
                .containsExactlyElementsOf(LongStream.range(0, 1_200).boxed().toList());
    }

    @Test
    void ofABatchInHandNothingIsGivenOutAgainWhenOnlyAPartOfItCouldBeWritten() throws Exception {
        Backlog backlog = backlog(64_000);
        Files.createDirectories(data.resolve("spool/000000000003.spool/x"));
        backlog.offer(numbers(0, 1_200));
        backlog.first(0);
        backlog.offer(numbers(2_000, 2_010));
        backlog.secure();
        assertThat(backlog.records()).isEqualTo(1_210);

        backlog.done();
        assertThat(backlog.records()).isEqualTo(10);
        assertThat(drain(backlog))
                .containsExactlyElementsOf(
                        LongStream.range(2_000, 2_010).boxed().toList());
    }

    @Test
    void countsABatchInHandThatWasDrivenOutWhenItIsClosed() throws Exception {
        Backlog backlog = backlog(64_000);
        backlog.offer(numbers(0, 10));
        backlog.secure();
        assertThat(backlog.first(0).records()).hasSize(10);
        long offered = 10;
        while (backlog.dropped() == 0) {
            backlog.offer(numbers(offered, offered + 100));
            offered += 100;
            backlog.secure();
        }
        backlog.close();

        Backlog again = backlog(64_000);
        assertThat(again.records() + again.dropped()).isEqualTo(offered);
    }

    @Test
    void leavesNothingOfABatchInHandThatLiesInSeveralSegments() throws Exception {
        Backlog backlog = backlog(64_000);
        backlog.offer(numbers(0, 1_200));
        backlog.first(0);
        backlog.secure();
        backlog.done();
        backlog.offer(numbers(1_200, 1_210));
        backlog.secure();
        assertThat(drain(backlog)).hasSize(10);

        assertThat(backlog.bytes()).isZero();
        backlog.close();
        assertThat(backlog(64_000).records()).isZero();
    }

    @Test
    void givesOutOnceABatchWhoseBeginningIsOnTheDisk() throws Exception {
        Backlog backlog = backlog(64_000);
        Files.createDirectories(data.resolve("spool/000000000003.spool/x"));
        backlog.offer(numbers(0, 1_200));
        backlog.secure();

        assertThat(drain(backlog))
                .containsExactlyElementsOf(LongStream.range(0, 1_200).boxed().toList());
        assertThat(backlog.records()).isZero();
    }

    @Test
    void saysHowManyAreLostWhenItIsClosedAndCannotBeWritten() throws Exception {
        Files.createFile(data.resolve("spool"));
        Backlog backlog = backlog();
        backlog.offer(numbers(0, 10));

        assertThatThrownBy(backlog::close)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("10 records are lost: the spool cannot be written: ");
    }

    @Test
    void whoIsLeftBehindTouchesNoFileThatMayBeSomebodyElses() throws Exception {
        Backlog left = backlog();
        left.offer(numbers(0, 10));
        left.first(0);
        left.close();
        Backlog next = backlog();

        left.done();
        left.secure();

        assertThat(next.records()).isEqualTo(10);
        assertThat(drain(next)).hasSize(10);
    }

    @Test
    void takesWhatComesBeforeItHasReadWhatIsThere() throws Exception {
        Backlog first = backlog();
        first.offer(numbers(0, 10));
        first.close();

        Backlog second = new Backlog(data.resolve("spool"), MUCH);
        assertThat(second.offer(numbers(10, 20))).isTrue();
        assertThat(second.records()).isEqualTo(10);
        assertThat(drain(second))
                .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
    }

    @Test
    void takesNothingWhenItIsClosed() throws Exception {
        Backlog backlog = backlog();
        backlog.close();

        assertThat(backlog.offer(numbers(0, 10))).isFalse();
        assertThat(backlog.records()).isZero();
    }

    @Test
    void isNotTroubledByAnEmptyDirectory() throws IOException {
        Files.createDirectories(data.resolve("spool"));

        assertThat(backlog().trouble()).isEmpty();
    }
}
