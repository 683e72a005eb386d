// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Candidate;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.Plan;
import org.snakepipe.control.Recorder;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;

/** What is asked of the rollout instead of saving a file. */
class ConfigManagerTest {
    private static final String A = "snakepipe.demo~a";
    private static final String ENVIRONMENT = "environments/dev/environment.cfg";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    private Path data;

    private RolloutBench bench;

    @BeforeEach
    void boot() throws InterruptedException, IOException {
        bench = new RolloutBench(data)
                .saved(DEMO, "size = 1\nmood = fine\n")
                .saved(ENVIRONMENT, "description = tests\n");
        bench.boot();
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    private ReloadResult change(String path, String text) throws Exception {
        return bench.service.apply(Map.of(path, Optional.of(text)), ANN).get();
    }

    private static List<String> codes(ReloadResult result) {
        return result.problems().stream().map(Problem::code).toList();
    }

    @Test
    void aChangeIsAppliedWrittenAndHasAnAuthor() throws Exception {
        ReloadResult result = change(DEMO, "size = 2\nmood = fine\n");

        assertThat(result.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(result.changes()).containsExactly(A + ": size 1 -> 2");
        assertThat(result.reverse()).containsExactly(A + ": size 2 -> 1");
        assertThat(result.previous()).isEqualTo(result.generation() - 1);
        assertThat(bench.values(A)).containsEntry("size", 2);
        assertThat(bench.config.resolve(DEMO)).hasContent("size = 2\nmood = fine\n");
        assertThat(bench.snapshot.current().author()).isEqualTo("ann");
        assertThat(bench.snapshot
                        .explain(ConfigId.parse(A), "size")
                        .orElseThrow()
                        .raw())
                .isEqualTo("2");

        bench.next();
        assertThat(bench.file(DEMO, "size = 2\nmood = fine\n").change().status())
                .as("the watch hears of it later, and it is no other change")
                .isEqualTo(ReloadResult.Status.UNCHANGED);
    }

    @Test
    void whoWatchesIsToldWhatWasWritten() throws Exception {
        change(DEMO, "size = 2\nmood = bad\n");
        assertThat(bench.written).as("it was put back").isEmpty();

        change(DEMO, "size = 2\n");

        assertThat(bench.written.get(ChangeSet.Root.CONFIG)).isEqualTo(Map.of(DEMO, Digests.of("size = 2\n")));
    }

    @Test
    void aBadChangeLeavesTheFileAsItIsAndNothingHeld() throws Exception {
        ReloadResult result = change(DEMO, "size = 101\n");

        assertThat(result.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(result.problems().toString()).contains("size = 101 is above the maximum 100");
        assertThat(result.held()).isEmpty();
        assertThat(bench.config.resolve(DEMO)).hasContent("size = 1\nmood = fine\n");
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void aChangeThatDoesNotComeUpIsPutBack() throws Exception {
        String other = "base/snakepipe.demo~b.cfg";
        ReloadResult result = bench.service
                .apply(Map.of(DEMO, Optional.empty(), other, Optional.of("mood = bad\n")), ANN)
                .get();

        assertThat(result.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(result.held()).isEmpty();
        assertThat(bench.config.resolve(DEMO)).hasContent("size = 1\nmood = fine\n");
        assertThat(bench.config.resolve(other)).doesNotExist();
        assertThat(bench.values(A)).containsEntry("size", 1);
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    /** Who watches the files saw them in between, and tells it when all is over. */
    @Test
    void whatWasPutBackIsNoChangeOfSomebody() throws Exception {
        String other = "base/snakepipe.demo~b.cfg";
        bench.service
                .apply(Map.of(DEMO, Optional.empty(), other, Optional.of("mood = bad\n")), ANN)
                .get();
        bench.next();

        bench.gone(DEMO).file(other, "mood = bad\n").tell();
        ReloadResult next = bench.saved("base/snakepipe.demo~c.cfg", "size = 3\nmood = fine\n")
                .change();

        assertThat(next.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(next.changes()).singleElement().asString().contains("demo~c");
        assertThat(bench.values(A)).containsEntry("size", 1);
        assertThat(bench.values("snakepipe.demo~b")).isNull();

        ReloadResult again = bench.saved(other, "mood = bad\n").change();
        assertThat(again.status()).as("somebody saves just that").isEqualTo(ReloadResult.Status.ROLLED_BACK);
    }

    @Test
    void aChangeOfAFileThatIsAnotherOneMeanwhileIsRefused() throws Exception {
        bench.write(DEMO, "size = 50\n");

        assertThat(codes(change(DEMO, "size = 2\n"))).containsExactly("file.moved");
        assertThat(bench.config.resolve(DEMO)).hasContent("size = 50\n");
    }

    @Test
    void aChangeBeforeItsDirectoryHasBeenReadIsRefused() throws Exception {
        try (RolloutBench late = new RolloutBench(data.resolve("late")).missing()) {
            late.boot();
            // It has come just now, and the watch has not told yet.
            late.write("base/other.cfg", "description = x\n");

            ReloadResult early = late.service
                    .apply(Map.of(DEMO, Optional.of("size = 2\n")), ANN)
                    .get();

            assertThat(early.status()).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(codes(early)).contains("file.unread");
            assertThat(early.problems().toString()).contains(DEMO).contains("NoSuchFileException");
            assertThat(late.config.resolve(DEMO)).doesNotExist();

            late.next();
            late.file("base/other.cfg", "description = x\n").change();
            assertThat(late.service
                            .apply(Map.of(DEMO, Optional.of("size = 2\n")), ANN)
                            .get()
                            .status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(late.values(A)).containsEntry("size", 2);
        }
    }

    @Test
    void aPathThatLeadsElsewhereIsRefused() throws Exception {
        assertThat(codes(change("../x.cfg", "size = 2\n"))).containsExactly("file.unwritable");
        assertThat(data.resolve("x.cfg")).doesNotExist();
    }

    @Test
    void aDirectoryThatCannotBeWrittenRefusesTheChange() throws Exception {
        Files.writeString(bench.config.resolve("block"), "a file");

        ReloadResult result = change("block/x.cfg", "description = x\n");

        assertThat(result.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(codes(result)).contains("file.unwritable");
    }

    @Test
    void aPlanTellsWhatWouldHappenAndTouchesNothing() throws Exception {
        Path other = Files.createDirectories(data.resolve("other"));
        Files.createDirectories(other.resolve("base"));
        Files.writeString(other.resolve(DEMO), "size = 3\nmood = fine\ntoken = canary\n");
        Candidate candidate =
                bench.service.load("dev", Optional.of(other), SOON).get();

        Plan plan = bench.service.plan(Optional.of(candidate), SOON).get();

        assertThat(plan.lines()).containsExactly(A + ": size 1 -> 3, token changed");
        assertThat(plan.changes().get(0).keys().get("size")).isEqualTo(new Plan.Values("1", "3"));
        assertThat(plan.toString()).doesNotContain("canary");
        assertThat(plan.base()).isEqualTo(bench.snapshot.generation());
        assertThat(bench.values(A)).containsEntry("size", 1);

        ReloadResult applied =
                bench.service.apply(plan.hash().substring(0, 8), ANN).get();
        assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values(A)).containsEntry("size", 3);
        assertThat(bench.config.resolve(DEMO)).hasContent("size = 3\nmood = fine\ntoken = canary\n");
    }

    @Test
    void aPlanOfADirectoryLeavesNotesAndLeftoversAsTheyLie() throws Exception {
        bench.saved("README.md", "what this is\n")
                .saved("base/old.cfg.bak", "size = 9\n")
                .change();
        Path other = Files.createDirectories(data.resolve("other/base"));
        Files.writeString(other.resolve("snakepipe.demo~a.cfg"), "size = 3\n");
        Files.writeString(data.resolve("other/README.md"), "what that is\n");
        Candidate candidate = bench.service
                .load("dev", Optional.of(data.resolve("other")), SOON)
                .get();

        Plan plan = bench.service.plan(Optional.of(candidate), SOON).get();
        ReloadResult applied = bench.service.apply(plan.hash(), ANN).get();

        assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.config.resolve(DEMO)).hasContent("size = 3\n");
        assertThat(bench.config.resolve("README.md")).hasContent("what this is\n");
        assertThat(bench.config.resolve("base/old.cfg.bak")).hasContent("size = 9\n");
    }

    @Test
    void aPlanWhoseBaseHasMovedIsRefused() throws Exception {
        Path other = Files.createDirectories(data.resolve("other/base"));
        Files.writeString(other.resolve("snakepipe.demo~a.cfg"), "size = 3\n");
        Candidate candidate = bench.service
                .load("dev", Optional.of(data.resolve("other")), SOON)
                .get();
        Plan plan = bench.service.plan(Optional.of(candidate), SOON).get();
        bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();

        assertThat(codes(bench.service.apply(plan.hash(), ANN).get())).containsExactly("plan.moved");
        assertThat(codes(bench.service.apply("0000000", ANN).get())).containsExactly("plan.unknown");
        assertThat(bench.values(A)).containsEntry("size", 1);
    }

    @Test
    void aPlanOfAnotherEnvironmentIsRefused() {
        CompletableFuture<Plan> plan =
                bench.service.plan(Optional.of(new Candidate("prod", Optional.empty(), Map.of())), SOON);

        assertThatThrownBy(plan::get)
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prod");
    }

    @Test
    void aCandidateIsCheckedWithoutBeingApplied() throws Exception {
        Candidate now = bench.service.load("dev", Optional.empty(), SOON).get();
        assertThat(now.files()).containsOnlyKeys(DEMO, ENVIRONMENT);
        assertThat(bench.service.validate(now, SOON).get().isValid()).isTrue();

        Candidate bad = new Candidate(
                "dev", Optional.empty(), Map.of(DEMO, Digests.content("size = 0\n".getBytes(StandardCharsets.UTF_8))));
        assertThat(bench.service.validate(bad, SOON).get().problems().toString())
                .contains("below the minimum 1");
        assertThatThrownBy(() -> bench.service
                        .load("dev", Optional.of(data.resolve("nowhere")), SOON)
                        .get())
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void goesBackAndHoldsWhatDiffersUntilItChangesOrIsRetried() throws Exception {
        long first = bench.snapshot.generation();
        bench.file(DEMO, "size = 2\n")
                .file("base/snakepipe.demo~b.cfg", "size = 4\n")
                .change();

        ReloadResult back = bench.service.rollback(first, ANN).get();

        assertThat(back.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(back.generation()).isEqualTo(first + 2);
        assertThat(back.held()).containsExactly(DEMO, "base/snakepipe.demo~b.cfg");
        assertThat(bench.values(A)).containsEntry("size", 1);
        assertThat(bench.values("snakepipe.demo~b")).isNull();
        assertThat(bench.snapshot.unapplied())
                .extracting(UnappliedFile::state)
                .containsOnly(UnappliedFile.State.ROLLED_BACK);
        bench.next();

        bench.file("base/snakepipe.demo~c.cfg", "size = 5\n").change();
        assertThat(bench.values(A)).as("another change does not bring it back").containsEntry("size", 1);

        bench.service.retry(Optional.of(DEMO), ANN).get();
        assertThat(bench.values(A)).containsEntry("size", 2);
        bench.next();
        bench.file("base/snakepipe.demo~b.cfg", "size = 6\n").change();
        assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 6);
        assertThat(bench.snapshot.history()).hasSizeGreaterThan(4);
    }

    @Test
    void whatIsHeldAfterARollbackIsHeldOverARestartJarsToo() throws Exception {
        long first = bench.snapshot.generation();
        bench.jar("extra.jar", "extra").change();
        bench.saved("base/snakepipe.extra~x.cfg", "size = 4\n").change();
        bench.service.rollback(first, ANN).get();
        assertThat(bench.bundles.installed).isEmpty();
        bench.close();

        try (RolloutBench again = new RolloutBench(data)
                .jar("extra.jar", "extra")
                .file(DEMO, "size = 1\nmood = fine\n")
                .file("base/snakepipe.extra~x.cfg", "size = 4\n")) {
            again.boot();
            assertThat(again.bundles.installed).isEmpty();
            assertThat(again.values("snakepipe.extra~x")).isNull();
            assertThat(again.snapshot.unapplied())
                    .extracting(UnappliedFile::path)
                    .containsExactly("base/snakepipe.extra~x.cfg", "deploy/extra.jar");

            again.service.retry(Optional.empty(), ANN).get();
            assertThat(again.values("snakepipe.extra~x")).containsEntry("size", 4);
        }
    }

    @Test
    void whatIsHeldByARollbackToWhatIsInForceIsHeldOverARestart() throws Exception {
        bench.admin.broken = "snakepipe.demo";
        bench.file(DEMO, "size = 2\n").change();
        bench.admin.broken = "";
        ReloadResult back =
                bench.service.rollback(bench.snapshot.generation(), ANN).get();
        assertThat(back.status()).isEqualTo(ReloadResult.Status.UNCHANGED);
        assertThat(back.held()).containsExactly(DEMO);
        bench.close();

        try (RolloutBench again = new RolloutBench(data).file(DEMO, "size = 2\n")) {
            assertThat(again.boot().held()).containsExactly(DEMO);
            assertThat(again.values(A)).containsEntry("size", 1);
            assertThat(again.snapshot.unapplied())
                    .singleElement()
                    .satisfies(file -> assertThat(file.state()).isEqualTo(UnappliedFile.State.ROLLED_BACK));
        }
    }

    @Test
    void goesBackToAJarWhoseFileIsGone() throws Exception {
        bench.jar("extra.jar", "extra").change();
        bench.file("base/snakepipe.extra~x.cfg", "size = 4\n").change();
        long with = bench.snapshot.generation();
        bench.goneJar("extra.jar").change();
        assertThat(bench.values("snakepipe.extra~x")).isNull();

        bench.service.rollback(with, ANN).get();
        bench.next();
        bench.file(DEMO, "size = 9\n").change();

        assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 4);
    }

    @Test
    void theLastFiftyGenerationsCanBeGoneBackTo() throws Exception {
        long first = bench.snapshot.generation();
        for (int size = 2; size <= 52; size++) {
            bench.file(DEMO, "size = " + size + "\n").change();
        }
        long now = first + 51;
        assertThat(bench.snapshot.history()).hasSize(50);
        bench.close();

        try (RolloutBench next = new RolloutBench(data).file(DEMO, "size = 52\n")) {
            next.boot();

            assertThat(next.snapshot.history()).hasSize(50);
            assertThat(next.snapshot.history().get(0).number()).isEqualTo(now);
            assertThat(codes(next.service.rollback(now - 50, ANN).get())).containsExactly("generation.unknown");
            assertThat(next.service.rollback(now - 49, ANN).get().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(next.values(A)).containsEntry("size", 3);
        }
    }

    @Test
    void aRollbackThatWritesHoldsNothing() throws Exception {
        long first = bench.snapshot.generation();
        bench.saved(DEMO, "size = 2\n").change();

        ReloadResult back = bench.service.rollback(first, ANN.writing()).get();

        assertThat(back.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.config.resolve(DEMO)).hasContent("size = 1\nmood = fine\n");
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    @Test
    void aRollbackThatDoesNotComeUpHoldsNothing() throws Exception {
        long first = bench.snapshot.generation();
        bench.file(DEMO, "size = 2\n").change();
        AtomicBoolean forward = new AtomicBoolean(true);
        bench.admin.step = step -> {
            if (step.equals("publish")) {
                bench.admin.dead = forward.getAndSet(false) ? "snakepipe.demo" : "";
            }
        };

        ReloadResult back = bench.service.rollback(first, ANN).get();

        assertThat(back.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(bench.values(A)).containsEntry("size", 2);
        assertThat(bench.snapshot.unapplied()).isEmpty();
        assertThat(codes(bench.service.rollback(4711, ANN).get())).containsExactly("generation.unknown");
    }

    @Test
    void retryNamesWhatIsNotHeld() throws Exception {
        assertThat(codes(bench.service
                        .retry(Optional.of("base/nothing.cfg"), ANN)
                        .get()))
                .containsExactly("file.notheld");
    }

    @Test
    void inAProtectedEnvironmentAChangeWaitsUntilItIsConfirmed() throws Exception {
        bench.file(ENVIRONMENT, "protected = true\n").change();

        ReloadResult pending = bench.file(DEMO, "size = 2\nmood = fine\n").change();

        assertThat(pending.status()).isEqualTo(ReloadResult.Status.PENDING);
        assertThat(pending.waiting()).containsExactly(DEMO);
        assertThat(pending.changes()).containsExactly(A + ": size 1 -> 2");
        assertThat(bench.values(A)).containsEntry("size", 1);
        Plan plan = bench.snapshot.pending().orElseThrow();
        assertThat(pending.hash()).contains(plan.hash());

        ReloadResult applied = bench.service.apply(plan.hash(), ANN).get();
        assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values(A)).containsEntry("size", 2);
        assertThat(bench.snapshot.pending()).isEmpty();
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    @Test
    void whatWaitsForAConfirmationWaitsOverARestartWithTheSameHash() throws Exception {
        bench.file(ENVIRONMENT, "protected = true\n").change();
        bench.jar("extra.jar", "extra").change();
        bench.file(DEMO, "size = 2\n").change();
        Plan before = bench.snapshot.pending().orElseThrow();
        bench.close();

        try (RolloutBench again = new RolloutBench(data)
                .jar("extra.jar", "extra")
                .file(ENVIRONMENT, "protected = true\n")
                .file(DEMO, "size = 2\n")) {
            again.boot();
            assertThat(again.next().status()).isEqualTo(ReloadResult.Status.PENDING);

            assertThat(again.values(A)).containsEntry("size", 1);
            assertThat(again.bundles.installed).isEmpty();
            Plan after = again.snapshot.pending().orElseThrow();
            assertThat(after.hash()).isEqualTo(before.hash());
            assertThat(after.expires()).isEqualTo(before.expires());

            again.service.apply(after.hash(), ANN).get();
            assertThat(again.values(A)).containsEntry("size", 2);
        }
    }

    @Test
    void aConfirmationComesTooLateAfterAWeek() throws Exception {
        bench.file(ENVIRONMENT, "protected = true\n").change();
        bench.file(DEMO, "size = 2\n").change();
        Plan plan = bench.snapshot.pending().orElseThrow();
        bench.later(Confirmation.TIME);

        assertThat(codes(bench.service.apply(plan.hash(), ANN).get())).containsExactly("plan.expired");
        assertThat(bench.values(A)).containsEntry("size", 1);
    }

    @Test
    void toLiftTheProtectionHasToBeConfirmedAlsoWhenNothingElseChanges() throws Exception {
        bench.file(ENVIRONMENT, "protected = true\n").change();

        ReloadResult lifted = bench.file(ENVIRONMENT, "protected = false\n").change();

        assertThat(lifted.status()).isEqualTo(ReloadResult.Status.PENDING);
        assertThat(codes(lifted)).containsExactly("environment.unprotected");
        Plan plan = bench.service.plan(Optional.empty(), SOON).get();
        assertThat(plan.expires()).isPresent();
        assertThat(plan.problems()).extracting(Problem::code).contains("environment.unprotected");
        assertThat(bench.file(DEMO, "size = 2\nmood = fine\n").change().status())
                .isEqualTo(ReloadResult.Status.PENDING);
        bench.close();

        try (RolloutBench again =
                new RolloutBench(data).file(DEMO, "size = 1\nmood = fine\n").file(ENVIRONMENT, "protected = false\n")) {
            again.boot();
            ReloadResult pending = again.next();
            assertThat(pending.status()).as("nor does a restart lift it").isEqualTo(ReloadResult.Status.PENDING);

            again.service.apply(pending.hash().orElseThrow(), ANN).get();
            again.next();
            assertThat(again.file(DEMO, "size = 3\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
        }
    }

    @Test
    void theTimeToConfirmRunsFromWhenAPlanFirstWaited() throws Exception {
        bench.file(ENVIRONMENT, "protected = true\n").change();
        bench.file(DEMO, "size = 2\n").change();
        Plan first = bench.snapshot.pending().orElseThrow();
        bench.later(Duration.ofDays(2));

        bench.file(DEMO, "size = 3\n").change();
        bench.file(DEMO, "size = 1\nmood = fine\n").change();
        assertThat(bench.snapshot.pending()).isEmpty();
        bench.file(DEMO, "size = 2\n").change();

        Plan again = bench.snapshot.pending().orElseThrow();
        assertThat(again.hash()).isEqualTo(first.hash());
        assertThat(again.expires()).isEqualTo(first.expires());
        bench.later(Confirmation.TIME);
        bench.file(DEMO, "size = 3\n").change();
        bench.file(DEMO, "size = 2\n").change();
        assertThat(bench.snapshot.pending().orElseThrow().expires().orElseThrow())
                .as("one whose time is over is asked for anew")
                .isAfter(bench.now());
    }

    @Test
    void nothingComesIntoForceByItselfWhereNobodyKnowsWhatWasConfirmed() throws Exception {
        bench.file(ENVIRONMENT, "protected = true\n").change();
        long confirmed = bench.snapshot.generation();
        bench.close();
        Files.writeString(data.resolve("last-good/dev.json"), "{");
        try (RolloutBench next =
                new RolloutBench(data).file(DEMO, "size = 9\n").file(ENVIRONMENT, "protected = true\n")) {
            next.boot();
            assertThat(next.next().status()).isEqualTo(ReloadResult.Status.PENDING);
            assertThat(next.values(A))
                    .as("its generation is a copy, and stands in for it")
                    .containsEntry("size", 1);
        }
        Files.writeString(data.resolve("last-good/dev.json"), "{");
        try (Stream<Path> kept = Files.list(data.resolve("generations/dev"))) {
            for (Path one : kept.toList()) {
                Files.writeString(one, "{");
            }
        }
        for (int start = 0; start < 2; start++) {
            try (RolloutBench next =
                    new RolloutBench(data).saved(DEMO, "size = 9\n").saved(ENVIRONMENT, "protected = true\n")) {
                next.boot();
                ReloadResult pending = next.next();

                assertThat(pending.status()).isEqualTo(ReloadResult.Status.PENDING);
                assertThat(next.values(A)).isNull();
                assertThat(next.snapshot.problems()).extracting(Problem::code).contains("lastgood.lost");
                assertThat(next.service.plan(Optional.empty(), SOON).get().expires())
                        .isPresent();
                assertThat(codes(next.service
                                .apply(Map.of(DEMO, Optional.of("size = 8\n")), ANN)
                                .get()))
                        .containsExactly("lastgood.lost");
                assertThat(codes(next.service
                                .rollback(next.snapshot.generation(), ANN)
                                .get()))
                        .containsExactly("generation.unknown");
                assertThat(data.resolve("last-good/dev.json")).hasContent("{");
                next.next();
                next.next();
                if (start == 1) {
                    ReloadResult applied = next.service
                            .apply(pending.hash().orElseThrow(), ANN)
                            .get();
                    assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
                    assertThat(applied.generation()).isGreaterThan(confirmed);
                    assertThat(next.snapshot.problems()).isEmpty();
                    next.next();
                    assertThat(next.file(DEMO, "size = 7\n").change().status()).isEqualTo(ReloadResult.Status.PENDING);
                }
            }
        }
    }

    @Test
    void autoApplyNeedsNoConfirmation() throws InterruptedException {
        bench.file(ENVIRONMENT, "protected = true\nauto.apply = true\n").change();

        assertThat(bench.file(DEMO, "size = 2\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
    }

    @Test
    void aSecretOfAProtectedEnvironmentGoesLiveAloneWhileFilesWait() throws Exception {
        Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("t", "one"));
        bench.providers.add(new RolloutBench.MapSecrets(secrets));
        bench.file(DEMO, "size = 1\ntoken = $[secret:t]\n").change();
        bench.file(ENVIRONMENT, "protected = true\n").change();
        bench.file(DEMO, "size = 2\ntoken = $[secret:t]\n").change();
        Object before = bench.values(A).get("snakepipe.fingerprint");

        secrets.put("t", "two");
        assertThat(bench.secretsChanged().changes()).containsExactly(A + ": the value of a secret changed");

        assertThat(bench.values(A)).containsEntry("size", 1);
        assertThat(bench.values(A).get("snakepipe.fingerprint")).isNotEqualTo(before);
        assertThat(bench.next().status()).isEqualTo(ReloadResult.Status.PENDING);
    }

    @Test
    void whatIsCancelledBeforeItBeginsTouchesNothing() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        bench.recorders.add(new Waiting(entered, leave));
        CompletableFuture<ReloadResult> first = bench.service.apply(Map.of(DEMO, Optional.of("size = 2\n")), ANN);
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<ReloadResult> second = bench.service.apply(Map.of(DEMO, Optional.of("size = 3\n")), ANN);
        CompletableFuture<ReloadResult> third =
                bench.service.apply(Map.of(DEMO, Optional.of("size = 4\n")), ANN.within(Duration.ofMillis(1)));
        assertThat(second.cancel(true)).isTrue();
        assertThatThrownBy(third::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(TimeoutException.class);
        assertThat(first.cancel(true))
                .as("what has begun is brought to its end")
                .isFalse();
        leave.countDown();

        assertThat(first.get().status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.service.retry(Optional.empty(), ANN).get().status()).isEqualTo(ReloadResult.Status.UNCHANGED);
        assertThat(bench.values(A)).containsEntry("size", 2);
        assertThatThrownBy(second::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void whatIsAskedForWhenTheRuntimeStopsIsGivenUp() {
        bench.close();

        assertThatThrownBy(() -> bench.service.retry(Optional.empty(), ANN).get())
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aRecorderThatCannotWriteRefusesTheChangeAndItIsTriedAgain() throws Exception {
        Waiting recorder = new Waiting(new CountDownLatch(0), new CountDownLatch(0));
        recorder.full = true;
        bench.recorders.add(recorder);

        ReloadResult refused = bench.file(DEMO, "size = 2\n").change();

        assertThat(refused.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(codes(refused)).containsExactly("recorder.failed");
        assertThat(bench.values(A)).containsEntry("size", 1);
        recorder.full = false;
        assertThat(bench.next().status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values(A)).containsEntry("size", 2);
    }

    @Test
    void aFileThatWasWrittenForAChangeThatNobodyEndedIsPutBack() throws Exception {
        bench.close();
        String other = "base/snakepipe.demo~b.cfg";
        String mine = "base/snakepipe.demo~c.cfg";
        Journal journal =
                new Journal(new Storage(), data, "dev", bench.config.toString(), Clock.systemUTC(), new Damage());
        journal.intend(new Journal.Intent(
                9,
                bench.snapshot.generation() + 1,
                "ann",
                "change",
                List.of(),
                Map.of(
                        DEMO,
                        Optional.of(Digests.content("size = 1\nmood = fine\n".getBytes(StandardCharsets.UTF_8))),
                        other,
                        Optional.empty(),
                        mine,
                        Optional.empty(),
                        Disk.jarPath("x.jar"),
                        Optional.empty()),
                Map.of(
                        DEMO,
                        Digests.of("size = 2\n"),
                        other,
                        Digests.of("size = 3\n"),
                        mine,
                        Digests.of("size = 4\n"),
                        Disk.jarPath("x.jar"),
                        Digests.of("a jar"))));
        Path half = Files.createDirectories(data.resolve("deploy")).resolve(".x.jar.new");
        Files.writeString(half, "a j");

        try (RolloutBench again = new RolloutBench(data)
                .saved(DEMO, "size = 2\n")
                .saved(other, "size = 3\n")
                .saved(mine, "size = 5\n")) {
            again.boot();

            assertThat(again.values(A)).containsEntry("size", 1);
            assertThat(again.values("snakepipe.demo~b")).isNull();
            assertThat(again.values("snakepipe.demo~c"))
                    .as("whoever changed it since")
                    .containsEntry("size", 5);
            assertThat(again.config.resolve(DEMO)).hasContent("size = 1\nmood = fine\n");
            assertThat(again.config.resolve(other)).doesNotExist();
            assertThat(half).as("what it had begun to write").doesNotExist();
        }
    }

    @Test
    void whatOneEnvironmentLeftInTheMiddleAnotherLeavesAlone() throws Exception {
        bench.close();
        Journal journal =
                new Journal(new Storage(), data, "dev", bench.config.toString(), Clock.systemUTC(), new Damage());
        journal.intend(new Journal.Intent(
                9,
                bench.snapshot.generation() + 1,
                "ann",
                "change",
                List.of(),
                Map.of(DEMO, Optional.of(Digests.content("size = 1\n".getBytes(StandardCharsets.UTF_8)))),
                Map.of(DEMO, Digests.of("size = 2\n"))));

        try (RolloutBench other = new RolloutBench(data, "prod")
                .saved(DEMO, "size = 2\n")
                .saved("environments/prod/environment.cfg", "description = prod\n")) {
            other.boot();
            assertThat(other.config.resolve(DEMO)).hasContent("size = 2\n");
            other.saved("base/snakepipe.demo~b.cfg", "size = 3\n").change();
        }
        try (RolloutBench again = new RolloutBench(data).saved(DEMO, "size = 2\n")) {
            again.boot();

            assertThat(again.values(A)).as("put back by who left it").containsEntry("size", 1);
            assertThat(again.config.resolve(DEMO)).hasContent("size = 1\n");
        }
    }

    @Test
    void whatCannotBePutBackIsNotForgotten() throws Exception {
        bench.close();
        Journal journal =
                new Journal(new Storage(), data, "dev", bench.config.toString(), Clock.systemUTC(), new Damage());
        journal.intend(new Journal.Intent(
                9,
                bench.snapshot.generation() + 1,
                "ann",
                "change",
                List.of(),
                Map.of(DEMO, Optional.of(Digests.content("size = 1\n".getBytes(StandardCharsets.UTF_8)))),
                Map.of(DEMO, Digests.of("size = 2\n"))));
        Path base = bench.config.resolve("base");
        Path away = Files.move(base, data.resolve("away"));
        Files.createSymbolicLink(base, away);
        byte[] lastGood = Files.readAllBytes(data.resolve("last-good/dev.json"));

        try (RolloutBench again = new RolloutBench(data).saved(DEMO, "size = 2\n")) {
            assertThat(codes(again.boot())).contains("file.unwritable");
            assertThat(Files.readAllBytes(data.resolve("last-good/dev.json"))).isEqualTo(lastGood);
        }
        Files.delete(base);
        Files.move(away, base);
        try (RolloutBench again = new RolloutBench(data).saved(DEMO, "size = 2\n")) {
            again.boot();
            assertThat(again.values(A)).containsEntry("size", 1);
            assertThat(again.config.resolve(DEMO)).hasContent("size = 1\n");
        }
    }

    @Test
    void whatWasWrittenInOneDirectoryIsNotPutBackInAnother() throws Exception {
        bench.close();
        Journal journal = new Journal(new Storage(), data, "dev", "/etc/elsewhere", Clock.systemUTC(), new Damage());
        journal.intend(new Journal.Intent(
                9,
                bench.snapshot.generation() + 1,
                "ann",
                "change",
                List.of(),
                Map.of(DEMO, Optional.empty()),
                Map.of(DEMO, Digests.of("size = 2\n"))));

        try (RolloutBench again = new RolloutBench(data).saved(DEMO, "size = 2\n")) {
            again.boot();

            assertThat(again.config.resolve(DEMO)).hasContent("size = 2\n");
        }
    }

    /** Says when it is asked, and waits. */
    private static final class Waiting implements Recorder {
        private final CountDownLatch entered;
        private final CountDownLatch leave;
        private volatile boolean full;

        Waiting(CountDownLatch entered, CountDownLatch leave) {
            this.entered = entered;
            this.leave = leave;
        }

        @Override
        public String name() {
            return "audit";
        }

        @Override
        public void intended(long epoch, String author, String cause, List<String> changes) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void ended(long epoch, ReloadResult result) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
        }
    }
}
