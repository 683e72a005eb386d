// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ReloadResult;

/**
 * Whatever goes wrong, what is in force is one generation, whole: the old one or the new one. Two configurations are always
 * changed together; a probe looks at them whenever it is told to act. {@code -Plong} makes many more edits.
 */
class FaultsTest {
    private static final int EDITS = Integer.getInteger("snakepipe.edits", 400);
    private static final String B = "base/snakepipe.demo~b.cfg";
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    private Path data;

    private static String size(Object size) {
        return "size = " + size + "\nmood = fine\n";
    }

    private static RolloutBench both(RolloutBench bench, Object size) {
        return bench.file(DEMO, size(size)).file(B, size(size));
    }

    private static Object whole(RolloutBench bench) {
        Object a = bench.values("snakepipe.demo~a").get("size");
        assertThat(bench.values("snakepipe.demo~b").get("size"))
                .as("no half of a change")
                .isEqualTo(a);
        return a;
    }

    @Test
    void aProbeSeesNoInvalidValueAndNoHalfOfAChange() throws InterruptedException {
        Random random = new Random(7);
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            bench.boot();
            PairProbe probe = new PairProbe(bench.admin);
            bench.loop().arrived(probe);
            int applied = 0;
            Object expected = 1;
            for (int edit = 0; edit < EDITS; edit++) {
                int size = 1 + random.nextInt(100);
                String bad = switch (random.nextInt(8)) {
                    case 0 -> "size = 0\n";
                    case 1 -> "size = many\n";
                    case 2 -> "size\n";
                    case 3 -> "size = " + size + "\nmood = bad\n";
                    default -> "";
                };
                bench.file(DEMO, size(size) + "# " + edit + "\n")
                        .file(B, bad.isEmpty() ? size(size) : bad + "# " + edit + "\n");
                ReloadResult result = bench.change();
                // Each bad content is another: the same one again would be held, as nobody has changed it.
                boolean good = bad.isEmpty();
                if (good) {
                    assertThat(result.status()).isIn(ReloadResult.Status.APPLIED, ReloadResult.Status.UNCHANGED);
                    expected = size;
                    applied++;
                } else {
                    assertThat(result.status()).isIn(ReloadResult.Status.REJECTED, ReloadResult.Status.ROLLED_BACK);
                }
                assertThat(whole(bench)).isEqualTo(expected);
            }
            assertThat(applied).isGreaterThan(EDITS / 4);
            assertThat(probe.wrong).isEmpty();
        }
    }

    @Test
    void theDiskIsFullAtEachWriteInTurn() throws Exception {
        for (int failing = 0; ; failing++) {
            Path home = data.resolve("at" + failing);
            AtomicInteger left = new AtomicInteger(failing);
            Object before;
            try (RolloutBench bench = new RolloutBench(home)
                    .saved(DEMO, size(1))
                    .saved(B, size(1))
                    .saved("environments/dev/environment.cfg", "description = tests\n")) {
                bench.boot();
                bench.full = path -> left.getAndDecrement() == 0;
                bench.service
                        .apply(Map.of(DEMO, Optional.of(size(2)), B, Optional.of(size(2))), ANN)
                        .get();
                before = whole(bench);
                assertThat(before).isIn(1, 2);
                assertThat(bench.config.resolve(DEMO)).hasContent(size(before));
                assertThat(bench.config.resolve(B)).hasContent(size(before));
            }
            try (RolloutBench again = restarted(home)) {
                again.boot();
                assertThat(whole(again)).as("after a restart").isEqualTo(before);
            }
            if (left.get() >= 0) {
                assertThat(failing).as("writes of a change").isGreaterThan(3);
                return;
            }
        }
    }

    private static RolloutBench restarted(Path home) throws IOException {
        RolloutBench bench = new RolloutBench(home);
        for (String path : List.of(DEMO, B)) {
            bench.file(path, Files.readString(bench.config.resolve(path)));
        }
        return bench;
    }

    @Test
    void aDataDirectoryThatCannotBeWrittenLetsNothingChangeAndNothingStop() throws InterruptedException {
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            bench.full = path -> true;
            assertThat(bench.boot().status()).isEqualTo(ReloadResult.Status.APPLIED);

            assertThat(both(bench, 2).change().status()).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(whole(bench)).isEqualTo(1);
            assertThat(bench.snapshot.unapplied()).hasSize(2);
        }
    }

    @Test
    void whatCameIntoForceStaysSoAfterARestartAlthoughTheDiskIsFullFromThenOn() throws Exception {
        AtomicInteger left = new AtomicInteger(1);
        try (RolloutBench bench = new RolloutBench(data).saved(DEMO, size(1)).saved(B, size(1))) {
            bench.boot();
            bench.full = path -> path.startsWith(data) && left.getAndDecrement() <= 0;
            ReloadResult result = bench.service
                    .apply(Map.of(DEMO, Optional.of(size(2)), B, Optional.of(size(2))), ANN)
                    .get();
            assertThat(result.status()).as("%s", result).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(result.problems().toString()).contains("cannot be remembered");
            assertThat(left).hasNegativeValue();
        }
        try (RolloutBench again = restarted(data)) {
            again.boot();
            assertThat(whole(again)).isEqualTo(2);
        }
    }

    @Test
    void whereNothingCanBeDeletedEitherItIsSaidThatARestartTakesItBack() throws Exception {
        AtomicInteger left = new AtomicInteger(1);
        try (RolloutBench bench = new RolloutBench(data).saved(DEMO, size(1)).saved(B, size(1))) {
            bench.boot();
            bench.full = path -> path.startsWith(data) && left.getAndDecrement() <= 0;
            bench.readOnly = true;
            ReloadResult result = bench.service
                    .apply(Map.of(DEMO, Optional.of(size(2)), B, Optional.of(size(2))), ANN)
                    .get();
            assertThat(result.status()).as("%s", result).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(result.problems().toString()).contains("a restart puts the files of this change back");
        }
        try (RolloutBench again = restarted(data)) {
            again.boot();
            assertThat(whole(again)).isEqualTo(1);
        }
    }

    @Test
    void aPluginThatWasStoppedBeforeIsPassedOverUnchecked() throws Exception {
        try (RolloutBench bench = new RolloutBench(data).saved(DEMO, size(1)).saved(B, size(1))) {
            bench.boot();
            bench.bundles.stopped.put("snakepipe.demo", "org.example.demo");
            Map<String, Optional<String>> change = Map.of(DEMO, Optional.of(size(2)), B, Optional.of(size(2)));

            assertThat(bench.service.apply(change, ANN).get().status()).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(bench.service.apply(change, ANN.withoutChecks()).get().status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(whole(bench)).isEqualTo(2);
        }
    }

    @Test
    void aJarThatComesWithWhatWasStoppedBeforeIsNotToBlame() throws Exception {
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            bench.boot();
            bench.bundles.stopped.put("snakepipe.demo", "org.example.demo");

            ReloadResult result = both(bench, 2).jar("y.jar", "good").changeTogether();

            assertThat(result.status()).as("%s", result).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(result.problems().toString()).contains("somebody has stopped its bundle");
            assertThat(result.held()).containsExactlyInAnyOrder(DEMO, B);
            assertThat(bench.jar("z.jar", "good too").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.bundles.installed).as("also the first").hasSize(2);
        }
    }

    @Test
    void aPluginThatIsStoppedInTheMiddleTakesTheChangeBack() throws Exception {
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            PairProbe stopping = new PairProbe(bench.admin) {
                @Override
                public void hold(long epoch) {
                    super.hold(epoch);
                    if (ready) {
                        bench.bundles.stopped.put("snakepipe.demo", "org.example.demo");
                    }
                }
            };
            bench.loop().arrived(stopping);
            bench.boot();
            stopping.ready = true;

            ReloadResult result = both(bench, 2).change();

            assertThat(result.status()).as("%s", result).isEqualTo(ReloadResult.Status.ROLLED_BACK);
            assertThat(result.problems().toString())
                    .contains("~a cannot come up, as somebody has stopped its bundle org.example.demo: start it");
            assertThat(whole(bench)).isEqualTo(1);

            stopping.ready = false;
            bench.bundles.stopped.clear();
            assertThat(bench.service.retry(Optional.empty(), ANN).get().status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(whole(bench)).isEqualTo(2);
            assertThat(stopping.wrong).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-400, 400})
    void aClockThatJumpsChangesNothing(long days) throws Exception {
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            bench.boot();
            long first = bench.snapshot.generation();
            bench.later(Duration.ofDays(days));

            assertThat(both(bench, 2).change().status()).isEqualTo(ReloadResult.Status.APPLIED);
            bench.later(Duration.ofDays(-2 * days));
            assertThat(both(bench, 3).change().status()).isEqualTo(ReloadResult.Status.APPLIED);

            assertThat(bench.snapshot.generation()).isEqualTo(first + 2);
            assertThat(bench.snapshot.history().get(0).number()).isEqualTo(first + 2);
            assertThat(bench.service.rollback(first, ANN).get().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(whole(bench)).isEqualTo(1);
        }
    }

    @Test
    void aParticipantThatDisappearsInTheMiddleTakesTheChangeBack() throws InterruptedException {
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            PairProbe leaving = new PairProbe(bench.admin) {
                @Override
                public void hold(long epoch) {
                    super.hold(epoch);
                    if (ready) {
                        bench.loop().left(this);
                    }
                }
            };
            PairProbe probe = new PairProbe(bench.admin);
            bench.loop().arrived(probe);
            bench.loop().arrived(leaving);
            bench.boot();
            leaving.ready = true;

            ReloadResult result = both(bench, 2).change();

            assertThat(result.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
            assertThat(result.problems())
                    .extracting(Problem::message)
                    .containsExactly("the participant probe left during the change, which is tried again by itself");
            assertThat(result.held()).as("no file is to blame").isEmpty();

            assertThat(bench.next().status()).as("tried again by itself").isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(whole(bench)).isEqualTo(2);
            assertThat(probe.wrong).isEmpty();
        }
    }

    @Test
    void aParticipantThatDisappearsDuringTheStartLeavesNoErrorBehind() throws InterruptedException {
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            PairProbe leaving = new PairProbe(bench.admin) {
                @Override
                public void hold(long epoch) {
                    super.hold(epoch);
                    bench.loop().left(this);
                }
            };
            bench.loop().arrived(leaving);

            ReloadResult result = bench.boot();

            assertThat(leaving.calls).startsWith("hold").doesNotContain("settle");
            assertThat(result.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.snapshot.problems()).isEmpty();
            assertThat(whole(bench)).isEqualTo(1);
        }
    }

    @Test
    void aParticipantThatDisappearsWhileItSettlesTakesTheChangeBack() throws InterruptedException {
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            PairProbe leaving = new PairProbe(bench.admin) {
                @Override
                public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
                    if (ready) {
                        bench.loop().left(this);
                    }
                    return super.settle(epoch, wanted, deadline);
                }
            };
            bench.loop().arrived(leaving);
            bench.boot();
            leaving.ready = true;

            ReloadResult result = both(bench, 2).change();

            assertThat(result.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
            assertThat(result.problems()).extracting(Problem::code).containsExactly("participant.gone");
            assertThat(result.held()).as("no file is to blame").isEmpty();
            assertThat(bench.next().status()).as("tried again by itself").isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(whole(bench)).isEqualTo(2);
        }
    }

    @Test
    void aParticipantThatComesInTheMiddleTakesTheChangeBackAndIsSettledBeforeItIsReleased() throws Exception {
        try (RolloutBench bench = both(new RolloutBench(data), 1)) {
            PairProbe late = new PairProbe(bench.admin);
            PairProbe first = new PairProbe(bench.admin) {
                @Override
                public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
                    if (ready && late.calls.isEmpty()) {
                        bench.loop().arrived(late);
                    }
                    return super.settle(epoch, wanted, deadline);
                }
            };
            bench.loop().arrived(first);
            bench.boot();
            first.ready = true;

            ReloadResult result = both(bench, 2).change();

            assertThat(result.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
            assertThat(result.problems()).extracting(Problem::code).containsExactly("participant.came");
            assertThat(late.calls).startsWith("settle", "release");
            assertThat(bench.next().status()).as("tried again by itself").isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(whole(bench)).isEqualTo(2);
            assertThat(late.wrong).isEmpty();
            assertThat(first.wrong).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "another environment", "another directory", "a later product", "no JSON"})
    void lastGoodThatIsNotOursIsPassedOver(String what) throws Exception {
        try (RolloutBench bench = both(new RolloutBench(data), 3)) {
            bench.boot();
        }
        Path lastGood = data.resolve("last-good/dev.json");
        String text = Files.readString(lastGood);
        String damaged = switch (what) {
            case "truncated" -> text.substring(0, text.length() / 2);
            case "another environment" -> text.replace("\"environment\" : \"dev\"", "\"environment\" : \"prod\"");
            case "another directory" -> text.replace("/config\"", "/elsewhere\"");
            case "a later product" -> text.replace("\"format\" : 2", "\"format\" : 3");
            default -> "x";
        };
        assertThat(damaged).isNotEqualTo(text);
        Files.writeString(lastGood, damaged);
        // Its generation, which is a copy, would stand in for it.
        Files.writeString(data.resolve("generations/dev/1.json"), damaged);

        try (RolloutBench again = new RolloutBench(data).file(DEMO, size(0)).file(B, size(5))) {
            assertThat(again.boot().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(again.values("snakepipe.demo~a"))
                    .as("nothing is made up")
                    .isNull();
            assertThat(again.values("snakepipe.demo~b")).containsEntry("size", 5);
        }
    }

    @Test
    void lastGoodOfTheProductBeforeIsUsed() throws Exception {
        try (RolloutBench bench = both(new RolloutBench(data), 3)) {
            bench.boot();
        }
        Path lastGood = data.resolve("last-good/dev.json");
        List<String> first = RolloutBench.ofTheProductBefore(Files.readAllLines(lastGood));
        Files.write(lastGood, first, StandardCharsets.UTF_8);

        try (RolloutBench again = new RolloutBench(data).file(DEMO, size(0)).file(B, size(3))) {
            again.boot();
            assertThat(whole(again)).isEqualTo(3);
        }
    }
}
