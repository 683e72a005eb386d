// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;

/** What is not live is listed, with why and with what runs instead. */
class UnappliedTest {
    private static final String B = "base/snakepipe.demo~b.cfg";
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    private Path data;

    private RolloutBench bench;

    @BeforeEach
    void boot() throws InterruptedException {
        bench = new RolloutBench(data).file(DEMO, "size = 1\nmood = fine\n");
        bench.boot();
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    private UnappliedFile file(String path) {
        List<UnappliedFile> found = bench.snapshot.unapplied().stream()
                .filter(file -> file.path().equals(path))
                .toList();
        assertThat(found).as("%s in %s", path, bench.snapshot.unapplied()).hasSize(1);
        return found.get(0);
    }

    private String reason(String id) {
        return bench.snapshot.get(ConfigId.parse(id)).orElseThrow().reason();
    }

    @Test
    void aGoodFileThatCameWithABadOneIsListedAndGoesLiveWithTheNextChange() throws InterruptedException {
        ReloadResult bad =
                bench.file(DEMO, "size = 7\n").file(B, "size = none\n").change();

        assertThat(bad.waiting()).containsExactly(DEMO);
        assertThat(file(DEMO).state()).isEqualTo(UnappliedFile.State.WAITING);
        assertThat(file(DEMO).reason()).contains(B, "must be mended");
        assertThat(file(DEMO).replaced()).isTrue();
        assertThat(file(B).state()).isEqualTo(UnappliedFile.State.REJECTED);
        assertThat(file(B).replaced()).isFalse();
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);

        bench.file("base/snakepipe.demo~c.cfg", "size = 2\n").change();

        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 7);
        assertThat(bench.snapshot.unapplied()).extracting(UnappliedFile::path).containsExactly(B);
    }

    @Test
    void aRetryBringsWhatWaitsLiveBesideWhatIsBad() throws Exception {
        bench.file(DEMO, "size = 7\n").file(B, "size = none\n").change();

        ReloadResult result = bench.service.retry(Optional.empty(), ANN).get();

        assertThat(result.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(result.author()).isEqualTo("ann");
        assertThat(result.held()).containsExactly(B);
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 7);
    }

    @Test
    void aConfigurationWhoseEditIsNotLiveSaysThatItRunsOnAsItWas() throws InterruptedException {
        bench.file(DEMO, "size = 101\n").change();

        assertThat(bench.state("snakepipe.demo~a")).isEqualTo(ConfigState.State.PUBLISHED);
        assertThat(reason("snakepipe.demo~a"))
                .startsWith("runs on as it was: " + DEMO + ", rejected: size = 101 is above the maximum 100")
                .endsWith("what it was before stays in force");

        bench.file(DEMO, "size = 100\n").change();
        assertThat(reason("snakepipe.demo~a")).isEmpty();
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    @Test
    void whatWasNeverInForceSaysThatNothingOfItIs() throws InterruptedException {
        try (RolloutBench first = new RolloutBench(data.resolve("other")).file(DEMO, "size = 101\n")) {
            first.boot();

            assertThat(first.state("snakepipe.demo~a")).isEqualTo(ConfigState.State.HELD_OUT);
            assertThat(first.snapshot
                            .get(ConfigId.parse("snakepipe.demo~a"))
                            .orElseThrow()
                            .reason())
                    .contains("size = 101 is above the maximum 100");
        }
    }

    @Test
    void aSecretIsOnlyNamedWhenItMayBeWhy() throws InterruptedException {
        bench.file(DEMO, "size = 1\ntoken = works\n").change();

        bench.file(DEMO, "size = 2\nmood = bad\ntoken = works\n").change();
        assertThat(bench.snapshot.problems().toString()).contains("save it with another content");
        assertThat(bench.snapshot.problems().toString()).doesNotContain("secret");

        bench.file(DEMO, "size = 2\nmood = bad\ntoken = another\n").change();
        assertThat(bench.snapshot.problems().toString()).contains("or set the secret right");
    }

    @Test
    void aLineAboveAnErrorThatWasThereAnywayIsNoNewError() throws InterruptedException {
        Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("t", "x"));
        bench.providers.add(new RolloutBench.MapSecrets(secrets));
        bench.file(DEMO, "size = 1\ntoken = $[secret:t]\n").change();
        secrets.clear();
        bench.secretsChanged();

        ReloadResult moved =
                bench.file(DEMO, "# a comment\nsize = 1\ntoken = $[secret:t]\n").change();

        assertThat(moved.held()).isEmpty();
    }

    @Test
    void aJarThatIsNotInUseIsListed() throws InterruptedException {
        bench.jar("broken.jar", "damaged").change();

        assertThat(file("deploy/broken.jar").state()).isEqualTo(UnappliedFile.State.REJECTED);
        assertThat(file("deploy/broken.jar").reason()).isEqualTo("is damaged");
    }

    @Test
    void aFileThatCannotBeReadIsListed() throws InterruptedException {
        bench.unreadable(DEMO, "cannot be read: denied").change();

        assertThat(file(DEMO).state()).isEqualTo(UnappliedFile.State.UNREADABLE);
        assertThat(file(DEMO).replaced()).isTrue();
    }

    @Test
    void aFileThatDidNotComeUpIsTakenBackUntilItsContentChanges() throws InterruptedException {
        bench.file(DEMO, "mood = bad\n").change();

        assertThat(file(DEMO).state()).isEqualTo(UnappliedFile.State.TAKEN_BACK);
        assertThat(file(DEMO).replaced()).isTrue();
        assertThat(file(DEMO).reason())
                .contains(
                        "in no mood to start", "what was there before stays in force", "save it with another content");

        bench.file(DEMO, "mood = fine again\n").change();
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }
}
