// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Plan;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;

/** What is asked about files that lie there and are bad, and about what is not there. */
class QuestionsTest {
    private static final String A = "snakepipe.demo~a";
    private static final String OTHER = "base/snakepipe.demo~b.cfg";
    private static final String WRONG = DEMO + ":2: size = 101 is above the maximum 100";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    private Path data;

    private RolloutBench bench;

    @BeforeEach
    void boot() throws InterruptedException, IOException {
        bench = new RolloutBench(data).saved(DEMO, "size = 1\nmood = fine\n");
        bench.boot();
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    private ReloadResult retry(String... path) throws Exception {
        return bench.service.retry(List.of(path).stream().findFirst(), ANN).get();
    }

    private ReloadResult last() {
        return bench.snapshot.lastResult().orElseThrow();
    }

    private RolloutBench bad() {
        return bench.file(DEMO, "mood = fine\nsize = 101\n");
    }

    @Test
    void aFileThatIsStillBadIsRejectedWhenItIsTriedAgain() throws Exception {
        bad().change();

        ReloadResult again = retry(DEMO);

        assertThat(again.status()).isEqualTo(Status.REJECTED);
        assertThat(again.problems().toString()).contains(WRONG);
        assertThat(retry().status()).isEqualTo(Status.REJECTED);
        assertThat(last().problems().toString()).contains(WRONG);
    }

    @Test
    void whatIsGoodComesIntoForceAndWhatIsBadIsNamedWhenAllIsTriedAgain() throws Exception {
        bad().file(OTHER, "size = 3\n").change();

        ReloadResult again = retry();

        assertThat(again.status()).isEqualTo(Status.APPLIED);
        assertThat(again.changes()).containsExactly("snakepipe.demo~b: new");
        assertThat(again.problems().toString()).contains(WRONG);
        assertThat(again.held()).containsExactly(DEMO);
    }

    @Test
    void whatIsGoodComesIntoForceAloneWhenItIsTriedAgain() throws Exception {
        bad().file(OTHER, "size = 3\n").change();

        assertThat(retry(OTHER).status()).isEqualTo(Status.APPLIED);
        assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 3);
    }

    @Test
    void whatCannotBeReadIsNamedWhenItIsTriedAgain() throws Exception {
        bench.unreadable(DEMO, "no permission").change();

        assertThat(retry(DEMO).status()).isEqualTo(Status.REJECTED);
        assertThat(retry().problems().toString()).contains(DEMO + ": no permission");
    }

    @Test
    void aPlanNamesWhatIsBadOfWhatLiesThere() throws Exception {
        bad().change();

        Plan plan = bench.service.plan(Optional.empty(), SOON).get();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.problems().toString()).contains(WRONG);
        assertThat(plan.problems()).anyMatch(Problem::isError);
        bench.unreadable(OTHER, "no permission").change();
        assertThat(bench.service.plan(Optional.empty(), SOON).get().problems().toString())
                .contains(OTHER + ": no permission");
    }

    @Test
    void aPlanOfNoDirectorySaysWhatIsAllowed() {
        Path nowhere = data.resolve("nowhere");

        assertThat(bench.service.load("dev", Optional.of(nowhere), SOON))
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining(
                        nowhere + " is no directory (allowed: one with files as those of the configuration"
                                + " directory, below base/, environments/ and local/)");
    }

    @Test
    void whatNamesNothingIsNotTheLastChange() throws Exception {
        ReloadResult applied = bench.file(DEMO, "size = 2\n").change();

        assertThat(retry("base/nothing.cfg").status()).isEqualTo(Status.REJECTED);
        assertThat(bench.service.apply("0123456789", ANN).get().status()).isEqualTo(Status.REJECTED);
        assertThat(bench.service.rollback(4711, ANN).get().status()).isEqualTo(Status.REJECTED);

        assertThat(last()).isEqualTo(applied);
    }

    @Test
    void whatTheStartCouldNotReadIsNamedUntilAChangeIsAcceptedAndNotOnlyUntilABadEdit() throws Exception {
        bench.close();
        Files.writeString(data.resolve("held/dev.json"), "{");
        bench = new RolloutBench(data).saved(DEMO, "size = 1\nmood = fine\n");
        bench.boot();

        bad().change();

        assertThat(bench.snapshot.problems())
                .extracting(Problem::code)
                .contains("store.damaged")
                .hasSizeGreaterThan(1);
        bench.file(DEMO, "size = 2\n").change();
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void whatChangesNothingDoesNotEndARejectionThatLasts() throws Exception {
        ReloadResult rejected = bad().change();
        bench.file("environments/dev/environment.cfg", "description = other\n").change();

        assertThat(last()).isEqualTo(rejected);

        bench.file(DEMO, "size = 1\nmood = fine\n").change();
        assertThat(last().status()).isEqualTo(Status.UNCHANGED);
        assertThat(bench.values(A)).containsEntry("size", 1);
    }
}
