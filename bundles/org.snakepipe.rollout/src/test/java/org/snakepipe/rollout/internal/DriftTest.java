// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ReloadResult;

/** What happens when somebody else writes a configuration. */
class DriftTest {
    private static final String A = "snakepipe.demo~a";

    @TempDir
    private Path data;

    private RolloutBench booted(DriftPolicy policy) throws InterruptedException {
        RolloutBench bench = new RolloutBench(data, policy).file(DEMO, "size = 1\nmood = fine\n");
        bench.boot();
        return bench;
    }

    private static ReloadResult written(RolloutBench bench, String pid, Map<String, Object> values)
            throws InterruptedException {
        bench.admin.write(pid, values);
        bench.loop().drifted();
        return bench.next();
    }

    private static Map<String, Object> with(RolloutBench bench, String key, Object value) {
        Map<String, Object> values = new TreeMap<>(bench.values(A));
        values.put(key, value);
        return values;
    }

    @Test
    void isWrittenBackAndTold() throws InterruptedException {
        try (RolloutBench bench = booted(DriftPolicy.REVERT)) {
            ReloadResult result = written(bench, A, with(bench, "size", 66));

            assertThat(bench.values(A)).containsEntry("size", 1);
            assertThat(result.problems()).extracting(Problem::code).containsExactly("drift.reverted");
            assertThat(result.generation()).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeWrittenBackIsNotSaidToBe() throws InterruptedException {
        try (RolloutBench bench = booted(DriftPolicy.REVERT)) {
            bench.admin.refusals = 1;

            ReloadResult result = written(bench, A, with(bench, "size", 66));

            assertThat(bench.values(A)).containsEntry("size", 66);
            assertThat(result.problems()).extracting(Problem::code).contains("publish.failed");
            assertThat(result.problems().toString()).doesNotContain("has been written back");
            assertThat(bench.file("base/snakepipe.demo~z.cfg", "size = 5\n")
                            .change()
                            .status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(A)).as("comes with the next change").containsEntry("size", 1);
        }
    }

    @Test
    void whatIsOfOursAndNobodyConfiguresIsDeletedAndOthersAreLeftAlone() throws InterruptedException {
        try (RolloutBench bench = booted(DriftPolicy.REVERT)) {
            bench.admin.write("com.example.other", Map.of("x", 1));
            written(bench, "snakepipe.demo~stranger", Map.of("size", 5));

            assertThat(bench.values("snakepipe.demo~stranger")).isNull();
            assertThat(bench.values("com.example.other")).containsEntry("x", 1);
        }
    }

    @Test
    void whatIsWrittenAgainAndAgainIsLeftAndTold() throws InterruptedException {
        try (RolloutBench bench = booted(DriftPolicy.REVERT)) {
            for (int time = 0; time < 3; time++) {
                written(bench, A, with(bench, "size", 66));
                assertThat(bench.values(A)).containsEntry("size", 1);
            }

            ReloadResult fourth = written(bench, A, with(bench, "size", 66));

            assertThat(bench.values(A)).containsEntry("size", 66);
            assertThat(fourth.problems()).extracting(Problem::code).containsExactly("drift.fight");
        }
    }

    @Test
    void afterAFightItIsWrittenOverWhenSomebodyAsks() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.REVERT)) {
            for (int time = 0; time < 4; time++) {
                written(bench, A, with(bench, "size", 66));
            }
            assertThat(bench.values(A)).containsEntry("size", 66);

            bench.service.retry(Optional.empty(), ApplyOptions.by("ann")).get();

            assertThat(bench.values(A)).containsEntry("size", 1);
        }
    }

    @Test
    void isReportedAndStays() throws InterruptedException {
        try (RolloutBench bench = booted(DriftPolicy.REPORT)) {
            ReloadResult result = written(bench, A, with(bench, "size", 66));

            assertThat(bench.values(A)).containsEntry("size", 66);
            assertThat(result.problems()).extracting(Problem::code).containsExactly("drift.found");
        }
    }

    @Test
    void becomesAnOverride() throws InterruptedException {
        try (RolloutBench bench = booted(DriftPolicy.ADOPT)) {
            ReloadResult result = written(bench, A, with(bench, "size", 66));

            assertThat(result.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(result.author()).isEqualTo("drift");
            assertThat(bench.values(A)).containsEntry("size", 66);
            assertThat(bench.snapshot
                            .explain(ConfigId.parse(A), "size")
                            .orElseThrow()
                            .origin()
                            .toString())
                    .contains("data/overrides/drift-" + A);
            assertThat(data.resolve("overrides/drift-" + A + ".json")).exists();
        }
    }

    @Test
    void whatIsAsItShouldBeIsNoDrift() throws InterruptedException {
        try (RolloutBench bench = booted(DriftPolicy.REVERT)) {
            bench.admin.write(A, new TreeMap<>(bench.values(A)));
            bench.loop().drifted();

            assertThat(bench.file(DEMO, "size = 2\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
            bench.isQuiet();
        }
    }

    @Test
    void aPolicyThatThereIsNotIsNamed() {
        assertThat(DriftPolicy.of("Adopt")).isEqualTo(DriftPolicy.ADOPT);
        assertThatThrownBy(() -> DriftPolicy.of("shrug")).hasMessageContaining("revert, report, adopt");
    }
}
