// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.ChangeSet;

/** The rules of settling, with a clock that only moves when told. */
class TreeTest {
    @TempDir
    Path directory;

    private long now = 1;
    private Tree tree;

    @BeforeEach
    void initialSet() throws IOException {
        tree = tree(true, Duration.ofSeconds(3), 1000);
    }

    private Tree tree(boolean recursive, Duration cap, long largest) throws IOException {
        Tree made = new Tree(
                new Tree.Root(
                        ChangeSet.Root.CONFIG,
                        directory.toRealPath(),
                        recursive,
                        new Allowance(largest, 5000, 200),
                        cap),
                () -> now,
                System::currentTimeMillis,
                (path, attributes) -> {});
        return made;
    }

    private Path write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void replace(String path, String text) throws IOException {
        Path beside = write("." + path + ".new", text);
        Files.move(beside, directory.resolve(path), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<ChangeSet> after(long millis) {
        now += Duration.ofMillis(millis).toNanos();
        return tree.step(false).set();
    }

    /** Looks as often as the tree asks for it, until it asks no more. */
    private List<ChangeSet> settle() {
        List<ChangeSet> sets = new ArrayList<>();
        long next = 0;
        for (int looks = 0; next != Tree.NEVER; looks++) {
            assertThat(looks).as("looks until it settles").isLessThan(100);
            now += next;
            Tree.Step step = tree.step(false);
            step.set().ifPresent(sets::add);
            next = step.next();
        }
        return sets;
    }

    private static Map<String, String> texts(ChangeSet set) {
        return set.changed().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new String(entry.getValue().bytes(), StandardCharsets.UTF_8)));
    }

    @Test
    void theFirstSetComesEvenWhenThereIsNothing() {
        List<ChangeSet> sets = settle();

        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).initial()).isTrue();
        assertThat(sets.get(0).changed()).isEmpty();
        assertThat(settle()).isEmpty();
    }

    @Test
    void filesThatHaveRestedForSecondsCountAtTheFirstLook() throws IOException {
        write("base/a.cfg", "x");
        long later = System.currentTimeMillis() + 10_000;
        tree = new Tree(
                new Tree.Root(
                        ChangeSet.Root.CONFIG,
                        directory.toRealPath(),
                        true,
                        new Allowance(1000, 5000, 200),
                        Duration.ofSeconds(3)),
                () -> now,
                () -> later,
                (path, attributes) -> {});

        Tree.Step step = tree.step(false);

        assertThat(texts(step.set().orElseThrow())).containsExactly(Map.entry("base/a.cfg", "x"));
    }

    @Test
    void aNewFileCountsAfterATenthOfASecond() throws IOException {
        settle();
        write("a.cfg", "x");

        assertThat(after(0)).isEmpty();
        assertThat(after(99)).isEmpty();
        assertThat(texts(after(1).orElseThrow())).containsExactly(Map.entry("a.cfg", "x"));
    }

    @Test
    void aFilePutInPlaceOfAnotherCountsSooner() throws IOException {
        write("a.cfg", "x");
        settle();
        replace("a.cfg", "longer");

        assertThat(after(0)).isEmpty();
        assertThat(after(29)).isEmpty();
        assertThat(texts(after(1).orElseThrow())).containsExactly(Map.entry("a.cfg", "longer"));
    }

    @Test
    void aWriteInTwoHalvesIsOneChange() throws IOException {
        Path file = write("a.cfg", "old");
        settle();
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write("first half,".getBytes(StandardCharsets.UTF_8));
            assertThat(after(0)).isEmpty();
            assertThat(after(90)).isEmpty();
            out.write(" second half".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(after(20)).isEmpty();
        assertThat(after(90)).isEmpty();

        assertThat(texts(after(10).orElseThrow())).containsExactly(Map.entry("a.cfg", "first half, second half"));
    }

    @Test
    void anEmptiedFileGetsHalfASecondToBeFilled() throws IOException {
        Path file = write("a.cfg", "old value");
        settle();
        Files.writeString(file, "");
        assertThat(after(0)).isEmpty();
        assertThat(after(499)).isEmpty();
        Files.writeString(file, "new value, longer");
        assertThat(after(0)).isEmpty();

        assertThat(texts(after(100).orElseThrow())).containsEntry("a.cfg", "new value, longer");
    }

    @Test
    void aShrunkFileCountsAfterHalfASecond() throws IOException {
        Path file = write("a.cfg", "a long value");
        settle();
        Files.writeString(file, "short");

        assertThat(after(0)).isEmpty();
        assertThat(after(499)).isEmpty();
        assertThat(texts(after(1).orElseThrow())).containsEntry("a.cfg", "short");
    }

    @Test
    void theSameSizeAndTimeAreNoticed() throws IOException {
        Path file = write("a.cfg", "abc");
        settle();
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "xyz");
        Files.setLastModifiedTime(file, time);

        assertThat(texts(settle().get(0))).containsExactly(Map.entry("a.cfg", "xyz"));
    }

    @Test
    void aTouchIsNoChange() throws IOException {
        Path file = write("a.cfg", "abc");
        settle();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThat(settle()).isEmpty();
    }

    /** The command has what it wrote in force; nobody else tells it that somebody went back to what was there before. */
    @Test
    void whatWasThereBeforeACommandWroteIsNewsWhenItComesBack() throws IOException {
        write("a.cfg", "before");
        write("b.cfg", "before");
        settle();
        replace("a.cfg", "written");
        Files.delete(directory.resolve("b.cfg"));
        tree.wrote(Map.of("a.cfg", sha256("written"), "b.cfg", ""));
        replace("a.cfg", "before");
        write("b.cfg", "before");

        assertThat(texts(settle().get(0)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a.cfg", "before", "b.cfg", "before"));
        assertThat(settle()).isEmpty();
    }

    @Test
    void whatWasWrittenByCommandAndSeenIsNoNews() throws IOException {
        write("a.cfg", "before");
        settle();
        replace("a.cfg", "written");
        settle();
        tree.wrote(Map.of("a.cfg", sha256("written"), "new.cfg", sha256("x")));

        assertThat(settle()).isEmpty();
        assertThat(tree.step(true).set()).isEmpty();
    }

    @Test
    void manyFilesAreOneSet() throws IOException {
        settle();
        for (int i = 0; i < 50; i++) {
            write("base/" + i + ".cfg", "x");
            assertThat(after(10)).isEmpty();
        }

        assertThat(settle())
                .singleElement()
                .satisfies(set -> assertThat(set.changed()).hasSize(50));
    }

    @Test
    void aSetDoesNotWaitForEverForARestlessFile() throws IOException {
        settle();
        write("calm.cfg", "x");
        Path restless = write("restless.cfg", "0");
        Optional<ChangeSet> set = Optional.empty();
        int rounds = 0;
        while (set.isEmpty()) {
            Files.writeString(restless, "x".repeat(++rounds));
            set = after(50);
            assertThat(rounds).isLessThan(100);
        }

        assertThat(rounds * 50).isBetween(900, 1000);
        assertThat(set.get().changed()).containsOnlyKeys("calm.cfg");
    }

    /** As a log that somebody keeps there. */
    @Test
    void whoHasBeenRestlessForLongHoldsUpOthersForHalfASecond() throws IOException {
        Path restless = write("restless.cfg", "0");
        settle();
        for (int write = 1; write < 60; write++) {
            Files.writeString(restless, "x".repeat(write));
            assertThat(after(20)).isEmpty();
        }
        write("calm.cfg", "x");
        Optional<ChangeSet> set = Optional.empty();
        int millis = 0;
        for (int write = 60; set.isEmpty() && write < 200; write++) {
            Files.writeString(restless, "x".repeat(write));
            set = after(20);
            millis += 20;
        }

        assertThat(set.orElseThrow().changed()).containsOnlyKeys("calm.cfg");
        assertThat(millis).isBetween(500, 540);
    }

    /** So what lies still for a second is delivered, however busy the rest is, and before somebody replaces it. */
    @Test
    void whatRestsDoesNotWaitForFilesThatAreWrittenAgainAndAgain() throws IOException {
        write("still.cfg", "x");
        write("busy0.cfg", "0");
        write("busy1.cfg", "0");
        settle();
        replace("still.cfg", "y");

        List<ChangeSet> sets = new ArrayList<>();
        int millis = 0;
        for (int edit = 1; sets.isEmpty() && edit < 200; edit++) {
            // There is always one that does not rest, and each has rested when it is written again.
            replace("busy" + edit % 2 + ".cfg", "edit " + edit);
            after(0).ifPresent(sets::add);
            after(20).ifPresent(sets::add);
            millis += 20;
        }

        assertThat(texts(sets.get(0))).containsEntry("still.cfg", "y");
        assertThat(millis).isBetween(500, 600);
    }

    @Test
    void filesThatAreWrittenOnceEachAreOneSetHoweverMany() throws IOException {
        settle();
        for (int file = 0; file < 100; file++) {
            write("new" + file + ".cfg", "x");
            assertThat(after(0)).isEmpty();
            assertThat(after(20)).isEmpty();
        }

        assertThat(texts(after(80).orElseThrow())).hasSize(100);
    }

    @Test
    void whereEachFileCountsForItselfNobodyWaitsForOthers() throws IOException {
        tree = tree(false, Duration.ZERO, 1000);
        settle();
        write("done.jar", "x");
        after(0);
        write("slow.jar", "x");
        write("below/deep.jar", "x");

        assertThat(after(100).orElseThrow().changed()).containsOnlyKeys("done.jar");
        assertThat(settle().get(0).changed()).containsOnlyKeys("slow.jar");
    }

    @Test
    void aGoneFileIsGoneAndARenamedOneIsBoth() throws IOException {
        write("a.cfg", "x");
        write("b.cfg", "y");
        settle();
        Files.move(directory.resolve("a.cfg"), directory.resolve("c.cfg"));

        ChangeSet set = settle().get(0);

        assertThat(set.gone()).containsExactly("a.cfg");
        assertThat(texts(set)).containsExactly(Map.entry("c.cfg", "x"));
    }

    @Test
    void allFilesGoneAtOnceIsAnAccident() throws IOException {
        for (int i = 0; i < 5; i++) {
            write(i + ".cfg", "x");
        }
        settle();
        for (int i = 0; i < 5; i++) {
            Files.delete(directory.resolve(i + ".cfg"));
        }

        assertThat(settle()).isEmpty();
        assertThat(tree.accident()).contains("all 5 files of").contains("are gone at once");

        write("0.cfg", "x");
        assertThat(settle().get(0).gone()).hasSize(4);
        assertThat(tree.accident()).isEmpty();
    }

    /** As a volume that fills slowly. */
    @Test
    void whatComesBackInBurstsTakesNothingAwayThatIsNotBackYet() throws IOException {
        for (int i = 0; i < 5; i++) {
            write(i + ".cfg", "x");
        }
        settle();
        for (int i = 0; i < 5; i++) {
            Files.delete(directory.resolve(i + ".cfg"));
        }
        settle();

        for (int i = 0; i < 4; i++) {
            write(i + ".cfg", "y" + i);
            assertThat(after(0)).isEmpty();
            assertThat(after(4_000)).as("it may not be all").isEmpty();
            assertThat(tree.accident()).isNotEmpty();
        }
        write("4.cfg", "x");

        assertThat(settle()).singleElement().satisfies(set -> {
            assertThat(set.gone()).isEmpty();
            assertThat(set.changed()).containsOnlyKeys("0.cfg", "1.cfg", "2.cfg", "3.cfg");
        });
        assertThat(tree.accident()).isEmpty();
    }

    @Test
    void aFewFilesOfARootThatWasAwayAreNotGoneWhileItFills() throws IOException {
        write("a.cfg", "x");
        write("b.cfg", "x");
        settle();
        Path away = directory.resolveSibling(directory.getFileName() + "-filling");
        Files.move(directory, away);
        settle();

        Files.createDirectory(directory);
        assertThat(after(0)).isEmpty();
        assertThat(after(4_000)).as("a place for it to be mounted").isEmpty();
        Files.move(away.resolve("a.cfg"), directory.resolve("a.cfg"));
        Files.move(away.resolve("b.cfg"), directory.resolve("b.cfg"));

        assertThat(settle()).isEmpty();
        assertThat(tree.accident()).isEmpty();
    }

    @Test
    void whatCameBackMeanwhileIsNewWhenAnAccidentWasMeant() throws IOException {
        for (int i = 0; i < 5; i++) {
            write(i + ".cfg", "x");
        }
        settle();
        for (int i = 0; i < 5; i++) {
            Files.delete(directory.resolve(i + ".cfg"));
        }
        settle();

        write("0.cfg", "x");
        tree.confirm();

        List<ChangeSet> sets = settle();
        assertThat(sets).hasSize(2);
        assertThat(sets.get(0).gone()).as("what was confirmed").hasSize(5);
        assertThat(sets.get(1).changed()).containsOnlyKeys("0.cfg");
    }

    @Test
    void aMissingRootIsAnAccident() throws IOException {
        write("a.cfg", "x");
        settle();
        Path away = directory.resolveSibling(directory.getFileName() + "-away");
        Files.move(directory, away);

        assertThat(settle()).isEmpty();
        assertThat(tree.accident()).contains("cannot be listed");

        Files.move(away, directory);
        assertThat(settle()).isEmpty();
        assertThat(tree.accident()).isEmpty();
    }

    @Test
    void aRootThatIsMissingAtFirstIsToldOnceAndComesWholeWhenItIsThere() throws IOException {
        Path root = directory.toRealPath();
        Files.delete(directory);

        List<ChangeSet> sets = settle();

        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).initial()).isTrue();
        assertThat(sets.get(0).unreadable().get("")).contains(root.toString(), "it is read as soon as it is there");
        assertThat(settle()).isEmpty();
        write("base/a.cfg", "x");
        sets = settle();
        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).initial()).isTrue();
        assertThat(texts(sets.get(0))).containsExactly(Map.entry("base/a.cfg", "x"));
        assertThat(sets.get(0).unreadable()).isEmpty();
    }

    @Test
    void anAccidentThatWasMeantIsDeliveredAndWhatComesBackIsNew() throws IOException {
        for (int i = 0; i < 5; i++) {
            write(i + ".cfg", "x");
        }
        settle();
        Path away = directory.resolveSibling(directory.getFileName() + "-meant");
        Files.move(directory, away);
        assertThat(settle()).isEmpty();

        tree.confirm();
        assertThat(settle())
                .singleElement()
                .satisfies(set -> assertThat(set.gone()).hasSize(5));
        assertThat(tree.accident()).endsWith("it is read as soon as it is there");
        assertThat(settle()).as("once").isEmpty();

        Files.move(away, directory);
        assertThat(settle())
                .singleElement()
                .satisfies(set -> assertThat(set.changed()).hasSize(5));
    }

    @Test
    void whatWasMeantOfOneAccidentSaysNothingOfTheNext() throws IOException {
        for (int i = 0; i < 5; i++) {
            write(i + ".cfg", "x");
        }
        settle();
        Path away = directory.resolveSibling(directory.getFileName() + "-twice");
        Files.move(directory, away);
        settle();
        Files.move(away, directory);
        tree.confirm();
        settle();
        Files.move(directory, away);

        assertThat(settle()).isEmpty();
        assertThat(tree.accident()).contains("apply HASH");
    }

    @Test
    void deliveringAgainTellsEverything() throws IOException {
        write("a.cfg", "x");
        Path gone = write("b.cfg", "x");
        settle();
        Files.delete(gone);
        settle();
        tree.deliverAgain();

        ChangeSet set = settle().get(0);

        assertThat(set.initial()).isTrue();
        assertThat(texts(set)).containsExactly(Map.entry("a.cfg", "x"));
    }

    @Test
    void deliveringAgainForgetsNoAccident() throws IOException {
        write("a.cfg", "x");
        settle();
        tree.deliverAgain();
        Path away = directory.resolveSibling(directory.getFileName() + "-away");
        Files.move(directory, away);

        assertThat(settle()).isEmpty();
        assertThat(tree.accident()).contains("cannot be listed");
        Files.move(away, directory);
        assertThat(texts(settle().get(0))).containsExactly(Map.entry("a.cfg", "x"));
    }

    @Test
    void aRootBehindALinkThatIsSwitchedIsOneChange() throws IOException {
        write("rel/1/a.cfg", "one");
        write("rel/1/b.cfg", "one");
        write("rel/2/a.cfg", "two");
        write("rel/2/base/c.cfg", "two");
        Path link = Files.createSymbolicLink(directory.resolve("config"), Path.of("rel/1"));
        List<Path> seen = new ArrayList<>();
        tree = new Tree(
                new Tree.Root(ChangeSet.Root.CONFIG, link, true, new Allowance(1000, 5000, 200), Duration.ofSeconds(3)),
                () -> now,
                System::currentTimeMillis,
                (path, attributes) -> seen.add(path));
        settle();
        Path other = Files.createSymbolicLink(directory.resolve("other"), Path.of("rel/2"));
        Files.move(other, link, StandardCopyOption.ATOMIC_MOVE);
        seen.clear();

        List<ChangeSet> sets = settle();

        assertThat(sets).hasSize(1);
        assertThat(texts(sets.get(0))).containsOnly(Map.entry("a.cfg", "two"), Map.entry("base/c.cfg", "two"));
        assertThat(sets.get(0).gone()).containsExactly("b.cfg");
        Path real = directory.toRealPath();
        assertThat(seen)
                .as("what tells of further changes")
                .contains(directory, real.resolve("rel/2"), real.resolve("rel/2/base"))
                .doesNotContain(real.resolve("rel/1"));
    }

    @Test
    void aFileThatIsTooLargeIsReportedAndItsLastContentStays() throws IOException {
        Path file = write("a.cfg", "small");
        settle();
        Files.writeString(file, "x".repeat(1001));

        ChangeSet set = settle().get(0);

        assertThat(set.changed()).isEmpty();
        assertThat(set.gone()).isEmpty();
        assertThat(set.unreadable()).containsEntry("a.cfg", "has 1001 bytes (allowed: at most 1000)");
        assertThat(settle()).isEmpty();
        assertThat(tree.unreadable()).containsKey("a.cfg");
    }

    /** Else one dump would be in memory, and in every generation that is remembered. */
    @Test
    void whatNobodyReadsIsPassedOverWhenItIsTooLarge() throws IOException {
        settle();
        write("base/dump.md", "x".repeat(1001));
        write("base/old.tar.gz", "x".repeat(1001));
        write("elsewhere/data.json", "x".repeat(1001));
        write("base/a.cfg", "x");

        ChangeSet set = settle().get(0);

        assertThat(set.changed()).containsOnlyKeys("base/a.cfg");
        assertThat(set.unreadable()).isEmpty();
        assertThat(tree.passedOver())
                .containsOnlyKeys("base/dump.md", "base/old.tar.gz", "elsewhere/data.json")
                .containsEntry(
                        "base/dump.md", "has 1001 bytes (allowed: at most 1000). Nobody reads it: keep it elsewhere");
    }

    @Test
    void aNoteThatGrowsTooLargeIsNotGone() throws IOException {
        Path note = write("base/dump.md", "x");
        settle();
        Files.writeString(note, "x".repeat(1001));

        assertThat(settle()).isEmpty();
        assertThat(tree.passedOver()).containsOnlyKeys("base/dump.md");
        Files.delete(note);
        assertThat(settle().get(0).gone()).containsExactly("base/dump.md");
        assertThat(tree.passedOver()).isEmpty();
    }

    @Test
    void allTogetherHaveALimitAndWhatWasThereAndIsReadGoesFirst() throws IOException {
        for (int file = 0; file < 4; file++) {
            write("base/m" + file + ".cfg", "x".repeat(1000));
        }
        settle();
        write("base/a1.md", "x".repeat(600));
        write("base/a2.md", "x".repeat(401));
        write("base/a2.cfg", "x".repeat(900));
        write("base/z.cfg", "x".repeat(900));

        ChangeSet set = settle().get(0);

        assertThat(set.changed()).containsOnlyKeys("base/a1.md", "base/a2.cfg");
        assertThat(set.gone()).isEmpty();
        assertThat(set.unreadable())
                .containsOnly(Map.entry(
                        "base/z.cfg",
                        "has 900 bytes (allowed: at most 1000, and 5000 for all of its kind in config/ together)"));
        assertThat(tree.passedOver()).containsOnlyKeys("base/a2.md");
        Files.delete(directory.resolve("base/m0.cfg"));
        assertThat(settle().get(0).changed()).containsOnlyKeys("base/z.cfg");
    }

    /** As a link to the whole machine does. */
    @Test
    void aLinkThatLeadsToTooManyFilesIsLeftOutAndTheRestGoesOn() throws IOException {
        Path many = Files.createDirectories(directory.resolveSibling(directory.getFileName() + "-many/deep/er"));
        for (int file = 0; file < 201; file++) {
            Files.writeString(many.resolve(file + ".cfg"), "x");
        }
        write("base/a.cfg", "x");
        settle();
        Path link = Files.createSymbolicLink(directory.resolve("base/link"), many.getParent());
        write("base/b.cfg", "x");

        List<ChangeSet> sets = settle();

        assertThat(sets.stream().flatMap(set -> texts(set).keySet().stream())).containsExactly("base/b.cfg");
        assertThat(sets).allSatisfy(set -> assertThat(set.gone()).isEmpty());
        assertThat(tree.unreadable())
                .containsExactly(Map.entry(
                        "base/link",
                        "is not read: there are too many files in it, or behind its links (allowed: 200 in all below"
                                + " the root). Remove it, or the link"));
        Files.delete(link);
        settle();
        assertThat(tree.unreadable()).isEmpty();
    }

    @Test
    void whatHoldsTooManyIsGoneThroughAgainAfterAMinute() throws IOException {
        settle();
        for (int file = 0; file < 201; file++) {
            write("base/" + file + ".cfg", "x");
        }
        settle();
        assertThat(tree.unreadable()).containsOnlyKeys("base");
        Files.delete(directory.resolve("base/7.cfg"));
        Files.delete(directory.resolve("base/8.cfg"));
        assertThat(settle()).isEmpty();
        now += Duration.ofMinutes(1).toNanos();

        assertThat(settle().get(0).changed()).hasSize(199);
        assertThat(tree.unreadable()).isEmpty();
    }

    @Test
    void aRootThatItselfHoldsTooManyStaysAsItWas() throws IOException {
        write("0.cfg", "x");
        settle();
        for (int file = 0; file < 201; file++) {
            write(file + ".cfg", "y");
        }

        assertThat(settle()).isEmpty();
        assertThat(tree.accident())
                .contains("more than 200 files", directory.toRealPath().toString());
    }

    @Test
    void whatLiesTooDeepIsNotRead() throws IOException {
        settle();
        write("d/".repeat(33) + "a.cfg", "x");
        write("d/".repeat(32) + "b.cfg", "x");

        ChangeSet set = settle().get(0);

        assertThat(set.changed()).containsOnlyKeys("d/".repeat(32) + "b.cfg");
        assertThat(set.unreadable().values())
                .containsExactly("lies too deep, and is not read (allowed: 32 levels): move it up");
    }

    @Test
    void linksAreFollowedAndLoopsAreNot() throws IOException {
        settle();
        Path target = write("real/a.cfg", "x");
        Files.createSymbolicLink(directory.resolve("link.cfg"), target);
        Files.createSymbolicLink(directory.resolve("real/loop"), directory.toRealPath());
        Files.createSymbolicLink(directory.resolve("nowhere.cfg"), directory.resolve("nothing"));

        ChangeSet set = settle().get(0);

        assertThat(set.changed()).containsOnlyKeys("real/a.cfg", "link.cfg");
        assertThat(set.unreadable())
                .containsEntry("real/loop", "is a link to a directory above it")
                .containsEntry("nowhere.cfg", "is a link to nowhere: mend or remove it");
    }

    @Test
    void whatIsNoFileIsToldAndNotPassedOver() throws IOException, InterruptedException {
        tree = tree(false, Duration.ZERO, 1000);
        settle();
        Files.createDirectory(directory.resolve("sub"));
        Path pipe = directory.resolve("pipe.jar");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(settle().get(0).unreadable())
                .containsEntry("sub", "is a directory, and what lies in it does not count: move it up")
                .containsEntry("pipe.jar", "is neither a file nor a directory: remove it");
    }

    @Test
    void whatWasNoFileAndIsGoneIsToldToo() throws IOException, InterruptedException {
        settle();
        Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertThat(settle().get(0).unreadable()).containsOnlyKeys("pipe");
        assertThat(settle()).as("once").isEmpty();

        Files.delete(pipe);

        List<ChangeSet> sets = settle();
        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).unreadable()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsToldOnceAndAgainWhenItCan() throws IOException {
        tree = tree(true, Duration.ofSeconds(3), 3);
        write("a.cfg", "x");
        settle();
        write("a.cfg", "too long");
        List<ChangeSet> sets = new ArrayList<>();
        for (int look = 0; look < 250; look++) {
            after(40).ifPresent(sets::add);
            write("b" + look % 2 + ".cfg", "y" + look % 7);
        }
        assertThat(sets)
                .as("what nobody tried meanwhile is not mended")
                .allSatisfy(set -> assertThat(set.unreadable()).containsOnlyKeys("a.cfg"));
        assertThat(sets).isNotEmpty();

        write("a.cfg", "x");
        sets = settle();
        assertThat(sets.get(sets.size() - 1).unreadable()).isEmpty();
    }

    @Test
    void aNameThatIsNoTextIsTold() throws IOException, InterruptedException {
        settle();
        // No path of Java can be made of such bytes.
        String make = "printf x > \"$0/$(printf 'bad\\377.cfg')\"; mkdir \"$0/$(printf 'dir\\377')\"";
        assumeTrue(new ProcessBuilder("sh", "-c", make, directory.toString())
                        .start()
                        .waitFor()
                == 0);

        List<ChangeSet> sets = settle();

        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).unreadable()).hasSize(2);
        assertThat(sets.get(0).unreadable().values())
                .allSatisfy(reason -> assertThat(reason).startsWith("is not read: its name is not in the encoding"));
        assertThat(settle()).as("and nobody looks for it again and again").isEmpty();
    }

    @Test
    void aFileBehindALinkThatBreaksIsNotGone() throws IOException {
        Path target = Files.writeString(Files.createTempFile(directory.getParent(), "target", ".cfg"), "x");
        Files.createSymbolicLink(directory.resolve("link.cfg"), target);
        settle();
        Files.delete(target);

        ChangeSet set = settle().get(0);

        assertThat(set.gone()).isEmpty();
        assertThat(set.unreadable()).containsKey("link.cfg");
    }

    @Test
    void aConfigMapIsSwitchedAsOneSet() throws IOException {
        write("..v1/a.cfg", "one");
        write("..v1/b.cfg", "one");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..v1"));
        Files.createSymbolicLink(directory.resolve("a.cfg"), Path.of("..data/a.cfg"));
        Files.createSymbolicLink(directory.resolve("b.cfg"), Path.of("..data/b.cfg"));
        assertThat(texts(settle().get(0))).containsEntry("a.cfg", "one").hasSize(2);
        write("..v2/a.cfg", "two");
        write("..v2/b.cfg", "two");
        Files.createSymbolicLink(directory.resolve("..tmp"), Path.of("..v2"));
        Files.move(directory.resolve("..tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(settle())
                .singleElement()
                .satisfies(set -> assertThat(texts(set))
                        .containsExactlyInAnyOrderEntriesOf(Map.of("a.cfg", "two", "b.cfg", "two")));
    }

    @Test
    void whatEditorsLeaveIsPassedOver() throws IOException {
        settle();
        for (String name : List.of(".hidden.cfg", ".a.cfg.swp", "a.cfg~", "#a.cfg#", "4913", "a.tmp", "a.part")) {
            write(name, "x");
        }

        assertThat(settle()).isEmpty();
    }

    @Test
    void aSweepReadsWhatKeptItsStamp() throws IOException {
        write("a.cfg", "x");
        settle();

        assertThat(tree.step(true).set()).isEmpty();
    }

    @Test
    void startingOverDeliversEverythingAgain() throws IOException {
        write("a.cfg", "x");
        settle();
        tree.startOver();

        ChangeSet set = settle().get(0);

        assertThat(set.initial()).isTrue();
        assertThat(set.changed()).containsOnlyKeys("a.cfg");
    }

    /** What kubelet does: a hidden directory for each version, and one link that is moved from the old to the new. */
    @Test
    void followsTheLinksOfAKubernetesConfigMap() throws IOException {
        write("..2026_05_01_10_00_00.1/base.yaml", "p:\n  a: 1\n");
        write("..2026_05_01_10_00_00.1/prod.yaml", "p:\n  a: 2\n");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_05_01_10_00_00.1"));
        Files.createSymbolicLink(directory.resolve("base.yaml"), Path.of("..data/base.yaml"));
        Files.createSymbolicLink(directory.resolve("prod.yaml"), Path.of("..data/prod.yaml"));
        assertThat(texts(settle().get(0))).isEqualTo(Map.of("base.yaml", "p:\n  a: 1\n", "prod.yaml", "p:\n  a: 2\n"));

        write("..2026_05_01_11_00_00.2/base.yaml", "p:\n  a: 3\n");
        write("..2026_05_01_11_00_00.2/prod.yaml", "p:\n  a: 2\n");
        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_05_01_11_00_00.2"));
        Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(directory.resolve("..2026_05_01_10_00_00.1/base.yaml"));
        Files.delete(directory.resolve("..2026_05_01_10_00_00.1/prod.yaml"));
        Files.delete(directory.resolve("..2026_05_01_10_00_00.1"));

        List<ChangeSet> sets = settle();
        assertThat(sets).hasSize(1);
        assertThat(texts(sets.get(0))).isEqualTo(Map.of("base.yaml", "p:\n  a: 3\n"));
        assertThat(sets.get(0).gone()).isEmpty();
    }
}
