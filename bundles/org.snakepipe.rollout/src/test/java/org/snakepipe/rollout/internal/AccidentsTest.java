// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.ReloadResult;

/** A root that is missing, or empty at once, is an accident until somebody confirms that it was meant. */
class AccidentsTest {
    private static final ApplyOptions ANN = ApplyOptions.by("ann");
    private static final Set<String> JARS = Set.of("a.jar", "extra.jar");

    @TempDir
    private Path data;

    private final AtomicInteger confirmed = new AtomicInteger();

    private ReloadResult gone(RolloutBench bench, Set<String> paths) throws InterruptedException {
        bench.loop()
                .accident(
                        new ChangeSet(ChangeSet.Root.DEPLOY, false, Map.of(), paths, Map.of()),
                        confirmed::incrementAndGet);
        return bench.next();
    }

    private static RolloutBench running(Path data) throws InterruptedException {
        RolloutBench bench = new RolloutBench(data)
                .file(DEMO, "size = 1\n")
                .jar("a.jar", "a")
                .jar("extra.jar", "extra");
        bench.boot();
        return bench;
    }

    @Test
    void holdsAndNamesTheHashThatConfirmsIt() throws Exception {
        try (RolloutBench bench = running(data)) {
            ReloadResult told = gone(bench, JARS);

            assertThat(told.status()).isEqualTo(ReloadResult.Status.PENDING);
            assertThat(told.problems()).extracting(Problem::code).containsExactly("watch.accident");
            assertThat(told.problems().get(0).message())
                    .contains("apply " + told.hash().orElseThrow());
            assertThat(bench.service.current().plugins()).hasSize(2);
            bench.file(DEMO, "size = 2\n").change();
            assertThat(bench.service.problems().toString())
                    .as("it is named as long as it lasts")
                    .contains(told.hash().get());

            ReloadResult applied =
                    bench.service.apply(told.hash().get().substring(0, 8), ANN).get();

            assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(applied.author()).isEqualTo("ann");
            assertThat(bench.service.current().plugins()).isEmpty();
            assertThat(bench.service.problems()).isEmpty();
            assertThat(confirmed).hasValue(1);
        }
    }

    @Test
    void isForgottenWhenItIsOver() throws Exception {
        try (RolloutBench bench = running(data)) {
            String hash = gone(bench, JARS).hash().orElseThrow();
            gone(bench, Set.of());

            assertThat(bench.service.problems()).isEmpty();
            assertThat(bench.service.apply(hash, ANN).get().problems())
                    .extracting(Problem::code)
                    .containsExactly("plan.unknown");
            assertThat(confirmed).hasValue(0);
        }
    }

    @Test
    void oneThatDoesNotComeIntoForceIsStillOne() throws Exception {
        try (RolloutBench bench = running(data)) {
            String hash = gone(bench, JARS).hash().orElseThrow();
            bench.full = path -> true;

            assertThat(bench.service.apply(hash, ANN).get().status()).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(confirmed).hasValue(0);
            bench.full = path -> false;

            assertThat(bench.service.apply(hash, ANN).get().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(confirmed).hasValue(1);
        }
    }

    private static RolloutBench withSix(RolloutBench bench) {
        for (int file = 0; file < 5; file++) {
            bench.file("base/snakepipe.demo~f" + file + ".cfg", "size = " + (file + 1) + "\n");
        }
        return bench;
    }

    private String lastGood() throws IOException {
        return Files.readString(data.resolve("last-good/dev.json"));
    }

    private static String hash(RolloutBench bench) {
        Problem accident = bench.snapshot.problems().stream()
                .filter(problem -> problem.code().equals("watch.accident"))
                .findFirst()
                .orElseThrow();
        return accident.message().replaceAll(".*snakepipe apply ([0-9a-f]{16}).*", "$1");
    }

    @Test
    void aStartThatFindsEverythingGoneComesUpWithLastGoodAndWaits() throws Exception {
        try (RolloutBench bench = withSix(new RolloutBench(data))) {
            bench.boot();
        }
        String before = lastGood();
        for (int start = 0; start < 2; start++) {
            try (RolloutBench bench = new RolloutBench(data).empty()) {
                bench.boot();

                assertThat(bench.values("snakepipe.demo~f4")).containsEntry("size", 5);
                assertThat(bench.snapshot.problems())
                        .extracting(Problem::code)
                        .as("said once")
                        .containsExactly("watch.accident");
                assertThat(lastGood()).isEqualTo(before);
            }
        }
        try (RolloutBench bench = new RolloutBench(data).empty()) {
            bench.boot();
            bench.jar("extra.jar", "extra").change();
            assertThat(bench.values("snakepipe.demo~f4"))
                    .as("whatever else changes")
                    .containsEntry("size", 5);

            ReloadResult applied = bench.service.apply(hash(bench), ANN).get();

            assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values("snakepipe.demo~f4")).isNull();
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesBackAfterSuchAStartIsWhatItWas(boolean missing) throws Exception {
        try (RolloutBench bench = withSix(new RolloutBench(data))) {
            bench.boot();
        }
        try (RolloutBench bench = missing ? new RolloutBench(data).missing() : new RolloutBench(data).empty()) {
            bench.boot();
            withSix(bench).file("base/snakepipe.demo~f0.cfg", "size = 9\n");
            bench.file("environments/dev/environment.cfg", "description = tests\n");

            ReloadResult result = missing ? bench.returned() : bench.change();

            assertThat(result.changes()).containsExactly("snakepipe.demo~f0: size 1 -> 9");
            assertThat(bench.snapshot.problems()).isEmpty();
            assertThat(bench.snapshot.unapplied()).isEmpty();
        }
    }

    /** As a volume that fills slowly. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesBackInBurstsTakesNothingAwayThatIsNotBackYet(boolean missing) throws Exception {
        try (RolloutBench bench = withSix(new RolloutBench(data))) {
            bench.boot();
        }
        try (RolloutBench bench = missing ? new RolloutBench(data).missing() : new RolloutBench(data).empty()) {
            bench.boot();
            String all = hash(bench);
            bench.file("base/snakepipe.demo~f0.cfg", "size = 9\n");

            ReloadResult first = missing ? bench.returned() : bench.change();

            assertThat(first.changes()).containsExactly("snakepipe.demo~f0: size 1 -> 9");
            assertThat(bench.values("snakepipe.demo~f4")).containsEntry("size", 5);
            assertThat(bench.snapshot.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .startsWith("5 files of config/ are not back yet: their last content stays in force"));
            assertThat(bench.service.apply(all, ANN).get().problems())
                    .as("it is no longer what it was")
                    .extracting(Problem::code)
                    .containsExactly("plan.unknown");
            bench.next();

            bench.file("base/snakepipe.demo~f1.cfg", "size = 2\n")
                    .file("environments/dev/environment.cfg", "description = tests\n")
                    .change();
            ReloadResult confirmed = bench.service.apply(hash(bench), ANN).get();

            assertThat(confirmed.status()).as("%s", confirmed).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values("snakepipe.demo~f4")).isNull();
            assertThat(bench.values("snakepipe.demo~f0")).containsEntry("size", 9);
            assertThat(bench.values("snakepipe.demo~f1")).containsEntry("size", 2);
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void aDirectoryThatIsMissingAtTheStartIsOneHoweverFewFilesItHad() throws Exception {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 1\n")) {
            bench.boot();
        }
        String before = lastGood();
        try (RolloutBench bench = new RolloutBench(data).missing()) {
            bench.boot();

            assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
            assertThat(bench.snapshot.problems()).extracting(Problem::code).containsExactly("watch.accident");
            assertThat(lastGood()).isEqualTo(before);
            assertThat(bench.service.apply(hash(bench), ANN).get().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values("snakepipe.demo~a")).isNull();
        }
    }

    @Test
    void withoutLastGoodTheStartSaysThatTheDirectoryIsMissingAndTakesItWhenItComes() throws Exception {
        try (RolloutBench bench = new RolloutBench(data).missing()) {
            assertThat(bench.boot().problems().toString())
                    .contains("config/: /config cannot be listed", "it is read as soon as it is there");
            assertThat(bench.snapshot.unapplied())
                    .singleElement()
                    .satisfies(file -> assertThat(file.reason()).containsOnlyOnce("it is read as soon as"));

            bench.file(DEMO, "size = 1\n").file("environments/dev/environment.cfg", "description = tests\n");
            assertThat(bench.returned().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void jarsThatAreGoneAtTheStartGoOn() throws Exception {
        try (RolloutBench bench = new RolloutBench(data)) {
            for (int jar = 0; jar < 5; jar++) {
                bench.jar(jar + ".jar", "extra " + jar);
            }
            bench.boot();
        }
        try (RolloutBench bench = new RolloutBench(data)) {
            for (int jar = 0; jar < 5; jar++) {
                // As the staged copies that are kept over a restart.
                bench.bundles.stage(jar + ".jar", Digests.content(("extra " + jar).getBytes(StandardCharsets.UTF_8)));
            }
            bench.boot();

            assertThat(bench.bundles.installed).hasSize(5);
            bench.service.apply(hash(bench), ANN).get();
            assertThat(bench.bundles.installed).isEmpty();
        }
    }

    @Test
    void whatIsHeldIsHeldWhenItComesBack() throws Exception {
        try (RolloutBench bench = withSix(new RolloutBench(data))) {
            bench.boot();
            bench.file("base/snakepipe.demo~f0.cfg", "mood = bad\n").change();
        }
        try (RolloutBench bench = new RolloutBench(data).empty()) {
            bench.boot();
            withSix(bench).file("base/snakepipe.demo~f0.cfg", "mood = bad\n");
            ReloadResult back = bench.file("environments/dev/environment.cfg", "description = tests\n")
                    .change();

            assertThat(back.held()).containsExactly("base/snakepipe.demo~f0.cfg");
            assertThat(bench.snapshot.problems()).extracting(Problem::code).containsExactly("file.held");
            assertThat(bench.values("snakepipe.demo~f0")).containsEntry("size", 1);
        }
    }

    @Test
    void nothingIsWrittenIntoWhatIsGone() throws Exception {
        try (RolloutBench bench = new RolloutBench(data).saved(DEMO, "size = 1\n")) {
            bench.boot();
            Files.move(bench.config, data.resolve("away"));
            bench.loop()
                    .accident(
                            new ChangeSet(ChangeSet.Root.CONFIG, false, Map.of(), Set.of(DEMO), Map.of()),
                            confirmed::incrementAndGet);
            String hash = bench.next().hash().orElseThrow();

            ReloadResult refused = bench.service
                    .apply(Map.of(DEMO, Optional.of("size = 2\n")), ANN)
                    .get();

            assertThat(refused.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .startsWith("nothing is written while config/ is gone")
                            .contains("apply " + hash));
            assertThat(bench.config).doesNotExist();
        }
    }
}
