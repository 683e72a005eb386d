// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Plan;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;
import org.snakepipe.control.UnappliedFile;

/** What status says of a protected environment while files wait and others are bad. */
class ProtectedStatusTest {
    private static final String A = "snakepipe.demo~a";
    private static final String OTHER = "base/snakepipe.demo~b.cfg";
    private static final String USER = "base/snakepipe.user~u.cfg";
    private static final String GOOD = "size = 2\nmood = fine\n";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    private Path data;

    private RolloutBench bench;

    @BeforeEach
    void boot() throws InterruptedException, IOException {
        bench = new RolloutBench(data)
                .saved(DEMO, "size = 1\nmood = fine\n")
                .saved("environments/dev/environment.cfg", "protected = true\n");
        bench.boot();
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    private Plan pending() {
        return bench.snapshot.pending().orElseThrow();
    }

    private ReloadResult apply(String hash) throws Exception {
        return bench.service.apply(hash, ANN).get();
    }

    private String reason(String path) {
        return bench.snapshot.unapplied().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    private List<String> wrong() {
        return bench.snapshot.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void theHashThatIsNamedIsTheOneThatCanBeConfirmedAlsoWhenAFileBecomesBad() throws Exception {
        bench.file(DEMO, GOOD).file(OTHER, "size = 3\n").change();
        String before = pending().hash();

        ReloadResult bad = bench.file(OTHER, "size = 101\n").change();

        assertThat(bad.status()).isEqualTo(Status.REJECTED);
        String now = pending().hash();
        assertThat(now).isNotEqualTo(before);
        assertThat(pending().lines()).containsExactly(A + ": size 1 -> 2");
        assertThat(reason(DEMO)).contains("confirm it with apply " + now).doesNotContain("next change");
        assertThat(apply(now).status()).isEqualTo(Status.APPLIED);
        assertThat(bench.values(A)).containsEntry("size", 2);
        assertThat(bench.snapshot.pending()).isEmpty();
    }

    @Test
    void whatIsGoodOfASetCanBeConfirmedWithoutWhatIsBad() throws Exception {
        ReloadResult bad = bench.file(DEMO, GOOD).file(OTHER, "size = 101\n").change();

        assertThat(bad.status()).isEqualTo(Status.REJECTED);
        assertThat(bad.waiting()).containsExactly(DEMO);
        assertThat(reason(DEMO)).contains("apply " + pending().hash());
        assertThat(apply(pending().hash()).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void nothingIsOfferedThatCannotBeConfirmedBeforeAFileIsMended() throws Exception {
        bench.file(USER, "demo = snakepipe.demo~b\n").file(OTHER, "size = 3\n").change();

        ReloadResult bad = bench.file(OTHER, "mood = fine\nsize = 101\n").change();

        assertThat(bad.status()).isEqualTo(Status.REJECTED);
        assertThat(bench.snapshot.pending()).isEmpty();
        assertThat(reason(USER))
                .contains("nothing can be confirmed before " + OTHER + ":2 is mended")
                .doesNotContain("next change");
        bench.file(OTHER, "mood = fine\nsize = 10\n").change();
        assertThat(apply(pending().hash()).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void whatIsMendedIsNoLongerWrongWhileItWaits() throws Exception {
        bench.file(DEMO, "size = 2\nsize = 3\n").change();
        assertThat(wrong()).isNotEmpty();

        ReloadResult mended = bench.file(DEMO, GOOD).change();

        assertThat(mended.status()).isEqualTo(Status.PENDING);
        assertThat(wrong()).isEmpty();
    }

    @Test
    void whatWasMendedIsNoLongerWrongWhenSomebodyConfirmsAnotherPlan() throws Exception {
        String plan = bench.service.plan(Optional.empty(), SOON).get().hash();
        bench.file(DEMO, "size = 101\n").change();
        bench.file(DEMO, GOOD).change();

        ReloadResult moved = apply(plan);

        assertThat(moved.problems()).extracting(Problem::code).containsExactly("plan.moved");
        assertThat(moved.problems().toString()).contains(pending().hash());
        assertThat(wrong()).isEmpty();
    }

    @Test
    void whatDidNotComeUpDoesNotWaitForAConfirmation() throws Exception {
        bench.file(DEMO, "size = 2\nmood = bad\n").change();
        assertThat(apply(pending().hash()).status()).isEqualTo(Status.ROLLED_BACK);

        assertThat(bench.snapshot.pending()).isEmpty();
        assertThat(bench.snapshot.unapplied())
                .extracting(UnappliedFile::state)
                .containsExactly(UnappliedFile.State.TAKEN_BACK);
    }

    @Test
    void whatWaitsSaysWhyWhateverElseWasTried() throws Exception {
        bench.file(DEMO, GOOD).change();
        String before = reason(DEMO);

        ReloadResult other = bench.service
                .apply(Map.of(OTHER, Optional.of("mood = bad\n")), ANN)
                .get();

        assertThat(other.status()).isEqualTo(Status.ROLLED_BACK);
        assertThat(reason(DEMO)).isEqualTo(before);
        assertThat(apply(pending().hash()).status()).isEqualTo(Status.APPLIED);
    }
}
