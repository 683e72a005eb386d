// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private String adopted() throws IOException {
        return Files.readString(data.resolve("overrides/drift-" + A + ".json"));
    }

    private static List<String> codes(RolloutBench bench) {
        return bench.snapshot.problems().stream().map(Problem::code).toList();
    }

    @Test
    void whatIsAdoptedLaterAddsToWhatWasAdoptedBefore() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.ADOPT)) {
            written(bench, A, with(bench, "size", 66));

            ReloadResult second = written(bench, A, with(bench, "mood", "grim"));

            assertThat(second.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(A)).containsEntry("size", 66).containsEntry("mood", "grim");
            assertThat(adopted()).contains("size").contains("mood");
        }
    }

    @Test
    void whatIsWrittenAsTheFilesSayIsOverriddenNoLonger() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.ADOPT)) {
            Map<String, Object> before = bench.values(A);
            Map<String, Object> other = with(bench, "mood", "grim");
            other.put("size", 66);
            written(bench, A, other);

            written(bench, A, with(bench, "size", 1));

            assertThat(bench.values(A)).containsEntry("size", 1).containsEntry("mood", "grim");
            assertThat(adopted()).doesNotContain("size").contains("mood");

            written(bench, A, before);

            assertThat(bench.values(A)).isEqualTo(before);
            assertThat(data.resolve("overrides/drift-" + A + ".json")).doesNotExist();
        }
    }

    @Test
    void whatTheFilesNeedIsKeptOfWhatWasAdopted() throws Exception {
        String id = "snakepipe.strict~s";
        String path = "base/" + id + ".cfg";
        try (RolloutBench bench = new RolloutBench(data, DriftPolicy.ADOPT)) {
            bench.file(path, "size = 1\nneeded = x\n").boot();
            Map<String, Object> values = new TreeMap<>(bench.values(id));
            values.put("needed", "y");
            written(bench, id, values);
            bench.override("drift-" + id + ".json", Files.readString(data.resolve("overrides/drift-" + id + ".json")))
                    .file(path, "size = 1\n")
                    .settle();

            Map<String, Object> later = new TreeMap<>(bench.values(id));
            later.put("size", 2);
            ReloadResult second = written(bench, id, later);

            assertThat(second.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(id)).containsEntry("size", 2).containsEntry("needed", "y");
        }
    }

    @Test
    void whatCannotBeAdoptedIsWrittenBackAndTold() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.ADOPT)) {
            ReloadResult refused = written(bench, A, with(bench, "bogus", 1));
            ReloadResult told = bench.next();

            assertThat(refused.status()).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(bench.values(A)).doesNotContainKey("bogus").containsEntry("size", 1);
            assertThat(told.problems()).extracting(Problem::code).containsExactly("drift.refused");
            assertThat(told.problems().get(0).message())
                    .startsWith(
                            "somebody else than the rollout has written " + A + " (bogus), which cannot be adopted: ")
                    .contains("has been written back")
                    .contains("into a file");
            assertThat(data.resolve("overrides/drift-" + A + ".json")).doesNotExist();
            assertThat(codes(bench)).as("it is not in force").isEmpty();
        }
    }

    @Test
    void whatDoesNotComeUpWhenItIsAdoptedIsWrittenBackToo() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.ADOPT)) {
            ReloadResult taken = written(bench, A, with(bench, "mood", "bad"));
            ReloadResult told = bench.next();

            assertThat(taken.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
            assertThat(bench.values(A)).containsEntry("mood", "fine");
            assertThat(told.problems()).extracting(Problem::code).containsExactly("drift.refused");
            assertThat(told.problems().toString()).contains("in no mood to start");
        }
    }

    @Test
    void whatCannotBeAdoptedNorWrittenBackIsToldForAsLongAsThatIsSo() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.ADOPT)) {
            bench.admin.refusals = 1;
            written(bench, A, with(bench, "bogus", 1));
            bench.next();

            assertThat(bench.values(A)).containsKey("bogus");
            assertThat(codes(bench)).containsExactly("drift.refused");

            bench.service.retry(Optional.empty(), ApplyOptions.by("ann")).get();

            assertThat(bench.values(A)).doesNotContainKey("bogus");
            assertThat(codes(bench)).isEmpty();
        }
    }

    @Test
    void whatNoFileCouldSayIsWrittenBackInsteadOfAdopted() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.ADOPT)) {
            Map<String, Object> before = bench.values(A);

            ReloadResult result = written(bench, A, Map.of("size", 1, "mood", "fine"));

            assertThat(bench.values(A)).isEqualTo(before);
            assertThat(result.problems()).extracting(Problem::code).containsExactly("drift.reverted");
            assertThat(data.resolve("overrides/drift-" + A + ".json")).doesNotExist();
        }
    }

    @Test
    void whatIsAdoptedIsWrittenAsTheFilesGiveIt() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.ADOPT)) {
            written(bench, A, with(bench, "size", "1"));

            assertThat(bench.values(A)).containsEntry("size", 1);
        }
    }

    @Test
    void aFightIsToldForAsLongAsWhatOthersWroteIsInForce() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.REVERT)) {
            for (int time = 0; time < 4; time++) {
                assertThat(codes(bench)).isEmpty();
                written(bench, A, with(bench, "size", 66));
            }

            assertThat(bench.snapshot.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("drift.fight");
                assertThat(problem.isError()).isFalse();
                assertThat(problem.message()).contains(A).contains("left").contains("snakepipe retry");
            });

            bench.service.retry(Optional.empty(), ApplyOptions.by("ann")).get();

            assertThat(codes(bench)).isEmpty();
        }
    }

    @Test
    void aFightOverWhatNobodyConfiguresIsEndedTheSameWay() throws Exception {
        String stranger = "snakepipe.demo~stranger";
        try (RolloutBench bench = booted(DriftPolicy.REVERT)) {
            for (int time = 0; time < 4; time++) {
                written(bench, stranger, Map.of("size", 5));
            }
            assertThat(bench.values(stranger)).containsEntry("size", 5);
            assertThat(codes(bench)).containsExactly("drift.fight");

            bench.service.retry(Optional.empty(), ApplyOptions.by("ann")).get();

            assertThat(bench.values(stranger)).isNull();
            assertThat(codes(bench)).isEmpty();
        }
    }

    @Test
    void whatIsReportedIsToldUntilTheFilesSayTheSame() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.REPORT)) {
            written(bench, A, with(bench, "size", 66));
            bench.file("base/snakepipe.demo~z.cfg", "size = 5\n").change();

            assertThat(bench.snapshot.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("drift.found");
                assertThat(problem.message()).contains(A).contains("left").contains("into a file");
            });

            bench.file(DEMO, "size = 66\nmood = fine\n").change();

            assertThat(codes(bench)).isEmpty();
        }
    }

    @Test
    void whatOthersWriteAsItShouldBeAgainIsToldNoLonger() throws Exception {
        try (RolloutBench bench = booted(DriftPolicy.REPORT)) {
            Map<String, Object> before = bench.values(A);
            written(bench, A, with(bench, "size", 66));
            assertThat(codes(bench)).containsExactly("drift.found");

            ReloadResult again = written(bench, A, before);

            assertThat(again.problems()).isEmpty();
            assertThat(codes(bench)).isEmpty();
        }
    }

    @Test
    void whatNobodyConfiguresIsToldUntilItIsGone() throws Exception {
        String stranger = "snakepipe.demo~stranger";
        try (RolloutBench bench = booted(DriftPolicy.REPORT)) {
            written(bench, stranger, Map.of("size", 5));
            assertThat(bench.snapshot.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .contains(stranger)
                            .contains("no file configures")
                            .contains("left"));

            bench.admin.erase(stranger);
            bench.loop().drifted();
            bench.next();

            assertThat(codes(bench)).isEmpty();
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
