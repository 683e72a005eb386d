// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.SecretProvider;

class BootTest {
    private static final String ID = "snakepipe.demo~a";

    @TempDir
    private Path data;

    private void bootedWith(String text) throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, text)) {
            assertThat(bench.boot().problems()).isEmpty();
        }
    }

    @Test
    void publishesTheFirstGeneration() throws InterruptedException {
        try (RolloutBench bench =
                new RolloutBench(data).file(DEMO, "size = 3\n").jar("extra.jar", "extra")) {
            ReloadResult outcome = bench.boot();

            assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(outcome.generation()).isEqualTo(1);
            assertThat(outcome.changes()).containsExactly("1 configurations, 1 dropped jars");
            assertThat(bench.values(ID)).containsEntry("size", 3);
        }
    }

    @Test
    void keepsItsNumberWhenNothingChangedInBetween() throws InterruptedException {
        bootedWith("size = 3\n");

        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 3\n")) {
            assertThat(bench.boot().generation()).isEqualTo(1);
        }
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 4\n")) {
            assertThat(bench.boot().generation()).isEqualTo(2);
        }
    }

    @Test
    void takesTheLastGoodContentOfABadFile() throws InterruptedException {
        bootedWith("size = 3\n");

        try (RolloutBench bench =
                new RolloutBench(data).file(DEMO, "size = 300\n").file("base/snakepipe.demo~b.cfg", "size = 4\n")) {
            ReloadResult outcome = bench.boot();

            assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(outcome.problems().toString()).contains(DEMO + ":1: size = 300 is above the maximum 100");
            assertThat(outcome.held()).containsExactly(DEMO);
            assertThat(bench.values(ID)).containsEntry("size", 3);
            assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 4);
        }
    }

    @Test
    void leavesOutABadFileThatWasNeverGood() throws InterruptedException {
        try (RolloutBench bench =
                new RolloutBench(data).file(DEMO, "size = 300\n").file("base/snakepipe.demo~b.cfg", "size = 4\n")) {
            ReloadResult outcome = bench.boot();

            assertThat(outcome.problems()).hasSize(1);
            assertThat(bench.values(ID)).isNull();
            assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 4);
            assertThat(bench.snapshot.problems()).hasSize(1);

            assertThat(bench.file(DEMO, "size = 30\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void goesBackToTheLastGoodValuesOfWhatDoesNotComeUp() throws InterruptedException {
        bootedWith("mood = fine\n");

        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "mood = bad\n")) {
            ReloadResult outcome = bench.boot();

            assertThat(outcome.problems()).extracting(Problem::message).contains("in no mood to start");
            assertThat(bench.values(ID)).containsEntry("mood", "fine");
        }
    }

    @Test
    void takesTheLastGoodContentOfAFileThatCannotBeRead() throws InterruptedException {
        bootedWith("size = 3\n");

        try (RolloutBench bench = new RolloutBench(data).unreadable(DEMO, "cannot be read: denied")) {
            bench.boot();

            assertThat(bench.values(ID)).containsEntry("size", 3);
        }
    }

    @Test
    void theLayersBelowDoNotStandInForABadFile() throws InterruptedException {
        String bad = "environments/dev/snakepipe.demo~a.cfg";
        try (RolloutBench bench =
                new RolloutBench(data).file(DEMO, "size = 3\nmood = base\n").file(bad, "size = 0\nmood = guarded\n")) {
            assertThat(bench.boot().problems().toString()).contains(bad + ":1: size = 0 is below");
            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);

            assertThat(bench.file("base/snakepipe.demo~b.cfg", "size = 4\n")
                            .change()
                            .status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);

            assertThat(bench.file(bad, "size = 5\nmood = guarded\n").change().status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(ID)).containsEntry("size", 5).containsEntry("mood", "guarded");
        }
    }

    @Test
    void oneOfSeveralInAFileIsKeptOutAlone() throws InterruptedException {
        String two = "base/two.yaml";
        try (RolloutBench bench =
                new RolloutBench(data).file(two, "snakepipe.demo~a:\n  mood: bad\nsnakepipe.demo~y:\n  size: 5\n")) {
            bench.boot();
            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);

            assertThat(bench.file("base/snakepipe.demo~b.cfg", "size = 4\n")
                            .change()
                            .status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);
            assertThat(bench.values("snakepipe.demo~y")).containsEntry("size", 5);

            bench.file(two, "snakepipe.demo~a:\n  mood: fine\nsnakepipe.demo~y:\n  size: 5\n")
                    .change();
            assertThat(bench.values(ID)).containsEntry("mood", "fine");
        }
    }

    @Test
    void whatRanGoesOnWhenABadFileComesWhileNobodyRuns() throws InterruptedException {
        bootedWith("size = 3\n");

        try (RolloutBench bench = new RolloutBench(data)
                .file(DEMO, "size = 3\n")
                .file("environments/dev/snakepipe.demo~a.cfg", "size = 0\n")) {
            bench.boot();

            assertThat(bench.values(ID)).containsEntry("size", 3);
        }
    }

    @Test
    void aBadVariableHoldsOutItsConfigurationAndStopsNobodyElse() throws InterruptedException {
        Map<String, String> variables = Map.of("SNAKE_PIPE_DEMO_A__SIZE", "many");
        try (RolloutBench bench = new RolloutBench(data, "dev", variables).file(DEMO, "mood = fine\n")) {
            assertThat(bench.boot().problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .contains("SNAKE_PIPE_DEMO_A__SIZE: size = many is not an integer"));
            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);

            ReloadResult outcome =
                    bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();

            assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 4);
            assertThat(bench.snapshot.problems()).hasSize(1);
        }
    }

    @Test
    void whatDidNotComeUpDoesNotStopLaterChanges() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "mood = bad\n")) {
            bench.boot();

            ReloadResult outcome =
                    bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();

            assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.snapshot.problems().toString()).contains("in no mood to start", "or restart");
            assertThat(bench.file(DEMO, "mood = fine\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void leavesOutWhatNeverCameUp() throws InterruptedException {
        try (RolloutBench bench =
                new RolloutBench(data).file(DEMO, "mood = bad\n").file("base/snakepipe.demo~b.cfg", "size = 4\n")) {
            bench.boot();

            assertThat(bench.values(ID)).isNull();
            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);
            assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 4);
        }
    }

    @Test
    void holdsWhatWasRolledBackBeforeTheRestart() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "mood = fine\n")) {
            bench.boot();
            bench.file(DEMO, "mood = bad\n").change();
        }

        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "mood = bad\n")) {
            ReloadResult outcome = bench.boot();

            assertThat(outcome.held()).containsExactly(DEMO);
            assertThat(bench.values(ID)).containsEntry("mood", "fine");
        }
    }

    @Test
    void whatOneEnvironmentHoldsAnotherTries() throws InterruptedException {
        String layer = "environments/prod/snakepipe.demo~a.cfg";
        try (RolloutBench bench = new RolloutBench(data, "staging")
                .file("environments/prod/environment.cfg", "description = prod\n")
                .file("environments/staging/environment.cfg", "extends = prod\n")
                .file(DEMO, "size = 1\n")
                .file(layer, "mood = fine\n")) {
            bench.boot();
            bench.admin.broken = "snakepipe.demo";
            assertThat(bench.file(layer, "mood = guarded\n").change().held()).containsExactly(layer);
        }

        try (RolloutBench bench = new RolloutBench(data, "prod")
                .file("environments/prod/environment.cfg", "description = prod\n")
                .file(DEMO, "size = 1\n")
                .file(layer, "mood = guarded\n")) {
            assertThat(bench.boot().held()).isEmpty();

            assertThat(bench.values(ID)).containsEntry("mood", "guarded");
        }
    }

    @Test
    void nothingIsHeldWhenNobodyKnowsWhatWasThereBefore() throws InterruptedException, IOException {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "mood = fine\n")) {
            bench.boot();
            bench.file("environments/dev/snakepipe.demo~a.cfg", "mood = bad\n").change();
        }
        damage();

        try (RolloutBench bench = new RolloutBench(data)
                .file(DEMO, "mood = fine\n")
                .file("environments/dev/snakepipe.demo~a.cfg", "mood = bad\n")) {
            bench.boot();

            assertThat(bench.state(ID)).as("base does not stand in for it").isEqualTo(ConfigState.State.HELD_OUT);
        }
    }

    /** Nothing tells any more what was there: neither last good, nor the generations before. */
    private void damage() throws IOException {
        Files.writeString(data.resolve("last-good/dev.json"), "{");
        try (Stream<Path> kept = Files.list(data.resolve("generations/dev"))) {
            for (Path one : kept.toList()) {
                Files.writeString(one, "{");
            }
        }
    }

    @Test
    void itsGenerationStandsInForALastGoodThatIsDamaged() throws InterruptedException, IOException {
        bootedWith("size = 3\n");
        Files.writeString(data.resolve("last-good/dev.json"), "");

        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 300\n")) {
            bench.boot();
            assertThat(bench.values(ID)).containsEntry("size", 3);
        }
    }

    @Test
    void whatIsRememberedIsForItsOwnerAloneAlsoWhatWasNot() throws Exception {
        assumeTrue(data.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "mood = fine\n")) {
            bench.boot();
            bench.file(DEMO, "mood = bad\n").change();
        }
        for (int start = 0; start < 2; start++) {
            for (String name : List.of("last-good", "generations", "held", "journal")) {
                try (Stream<Path> all = Files.walk(data.resolve(name))) {
                    for (Path path : all.toList()) {
                        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                                .as("%s", path)
                                .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
            try (RolloutBench bench = new RolloutBench(data).file(DEMO, "mood = fine\n")) {
                bench.boot();
            }
        }
    }

    @Test
    void whatWasHeldForASecretIsTriedAgainAtTheNextStart() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 1\ntoken = t\n")) {
            bench.boot();
            bench.admin.broken = "snakepipe.demo";
            assertThat(bench.file(DEMO, "size = 2\ntoken = t\n").change().held())
                    .containsExactly(DEMO);
        }

        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 2\ntoken = t\n")) {
            assertThat(bench.boot().held()).isEmpty();
            assertThat(bench.values(ID)).containsEntry("size", 2);
        }
    }

    @Test
    void whatIsStartedFindsItsConfigurationsAndWhatDoesNotStartLeavesNone() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data)
                .jar("bad.jar", "extra, does not start")
                .file("base/snakepipe.extra~x.cfg", "size = 4\n")) {
            List<String> found = new ArrayList<>();
            bench.bundles.step = step -> {
                if (step.equals("start")) {
                    found.add(bench.admin.published.keySet().toString());
                }
            };
            bench.boot();

            assertThat(found.get(0)).contains("snakepipe.extra~x");
            assertThat(bench.values("snakepipe.extra~x")).isNull();
            assertThat(bench.bundles.rejected).containsOnlyKeys("bad.jar");
        }
    }

    @Test
    void startsWithoutJarsThatDoNot() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data)
                .jar("bad.jar", "does not start")
                .jar("worse.jar", "unresolvable")
                .jar("extra.jar", "extra")
                .file("base/snakepipe.extra~x.cfg", "size = 4\n")) {
            bench.boot();

            assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 4);
            assertThat(bench.bundles.rejected).containsOnlyKeys("bad.jar", "worse.jar");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"damaged", "unresolvable", "does not start"})
    void startsWhatAJarWasWhenItHasBecomeBad(String bad) throws InterruptedException {
        FakeBundles bundles;
        try (RolloutBench bench =
                new RolloutBench(data).jar("extra.jar", "extra").file("base/snakepipe.extra~x.cfg", "size = 4\n")) {
            bench.boot();
            bundles = bench.bundles;
        }

        try (RolloutBench bench =
                new RolloutBench(data).jar("extra.jar", bad).file("base/snakepipe.extra~x.cfg", "size = 4\n")) {
            bench.bundles.remember(bundles);
            assertThat(bench.boot().problems().toString()).contains("deploy/extra.jar: is " + bad);

            assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 4);
            assertThat(bench.snapshot.problems().toString()).contains("deploy/extra.jar: is " + bad);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"format\":9}", "{\"format\":1,\"config\":\"/etc/config\",\"files\":{\"a\":1}}"
            })
    void passesOverWhatItRememberedWhenThatIsDamaged(String damage) throws InterruptedException, IOException {
        bootedWith("size = 3\n");
        Files.writeString(data.resolve("last-good/dev.json"), damage);
        Files.writeString(data.resolve("held/dev.json"), damage);
        Files.writeString(data.resolve("journal/dev.json"), damage);

        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 4\n")) {
            assertThat(bench.boot().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(ID)).containsEntry("size", 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"last-good", "held", "journal"})
    void whatCannotBeReadIsInTheStatusWithWhatToDo(String what) throws InterruptedException, IOException {
        bootedWith("size = 3\n");
        Path file = data.resolve(what).resolve("dev.json");
        Files.writeString(file, "{");

        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 4\n")) {
            bench.boot();

            assertThat(bench.snapshot.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("store.damaged");
                assertThat(problem.message())
                        .startsWith(file + " cannot be read")
                        .containsPattern("go back|written anew");
            });
            bench.file(DEMO, "size = 5\n").change();
            assertThat(bench.snapshot.problems()).as("until the next change").isEmpty();
        }
        bootedWith("size = 5\n");
    }

    @Test
    void bootsOnAFullDiskAndSaysSo() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 4\n")) {
            bench.full = path -> true;
            ReloadResult outcome = bench.boot();

            assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(outcome.problems().toString()).contains("cannot be remembered as last good");
            assertThat(bench.values(ID)).containsEntry("size", 4);
        }
    }

    @Test
    void anEnvironmentThatIsNotThereIsNamedWithThoseThatAre() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data, "prdo").file(DEMO, "size = 4\n")) {
            ReloadResult outcome = bench.boot();

            assertThat(outcome.problems().toString()).contains("prdo").contains("dev");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/dev/environment.cfg|extnds = prod",
                "environments/dev/environment.cfg|extends = prd",
                "environments/dev/environment.cfg|extends = dev",
                "environments/dev/properties.cfg|host = \\u12",
                "dev.yaml|snakepipe.demo~a: [",
                "environments/dev/more.json|{",
                "data/overrides/load.json|{"
            })
    void nothingStandsInForWhatNobodyCanRead(String bad) throws InterruptedException {
        String path = bad.substring(0, bad.indexOf('|'));
        String text = bad.substring(bad.indexOf('|') + 1) + "\n";
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 3\nmood = base\n")) {
            boolean override = path.startsWith("data/overrides/");
            if (override) {
                bench.override("load.json", text);
            } else {
                bench.file(path, text);
            }
            ReloadResult outcome = bench.boot();

            assertThat(outcome.problems().toString()).contains(path);
            assertThat(outcome.problems().toString()).doesNotContain("there is no environment 'dev'");
            assertThat(bench.values(ID)).isNull();
            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);

            bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();
            assertThat(bench.admin.published).isEmpty();
        }
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 3\nmood = base\n")) {
            boolean override = path.startsWith("data/overrides/");
            if (override) {
                bench.override("load.json", text);
            } else {
                bench.file(path, text);
            }
            bench.boot();
            assertThat(bench.values(ID)).as("not at the second start either").isNull();

            if (override) {
                bench.goneOverride("load.json");
            } else if (path.endsWith("environment.cfg")) {
                bench.file(path, "description = mended\n");
            } else {
                bench.gone(path);
            }
            assertThat(bench.change().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(ID)).containsEntry("mood", "base");
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void whatRanGoesOnWhenAFileComesThatNobodyCanReadAndWhatIsNewWaits() throws InterruptedException {
        bootedWith("size = 3\n");
        for (int start = 0; start < 2; start++) {
            try (RolloutBench bench = new RolloutBench(data)
                    .file(DEMO, "size = 4\n")
                    .file("base/snakepipe.demo~b.cfg", "size = 5\n")
                    .file("dev.yaml", "snakepipe.demo~b: [\n")) {
                bench.boot();

                assertThat(bench.values(ID)).containsEntry("size", 4);
                assertThat(bench.state("snakepipe.demo~b")).isEqualTo(ConfigState.State.HELD_OUT);
            }
        }
    }

    @Test
    void oneBadEntryOfAFlatFileIsKeptOutAlone() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data)
                .file("base.yaml", "snakepipe.demo~a:\n  size: 300\nsnakepipe.demo~y:\n  size: 5\n")
                .file("dev.yaml", "snakepipe.demo~y:\n  mood: dev\n")) {
            ReloadResult outcome = bench.boot();

            assertThat(outcome.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .contains("base.yaml:2: size = 300 is above the maximum 100"));
            assertThat(outcome.held()).isEmpty();
            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);
            assertThat(bench.values("snakepipe.demo~y"))
                    .containsEntry("size", 5)
                    .containsEntry("mood", "dev");

            assertThat(bench.file("dev.yaml", "snakepipe.demo~y:\n  mood: better\n")
                            .change()
                            .status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values("snakepipe.demo~y")).containsEntry("mood", "better");
        }
    }

    @Test
    void nothingComesUpWithoutADirectoryThatNobodyCouldEverRead() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data)
                .file(DEMO, "size = 3\n")
                .unreadable("environments/dev/snakepipe.demo~a.cfg", "cannot be read: denied")) {
            assertThat(bench.boot().problems().toString()).contains("snakepipe.demo~a.cfg: cannot be read: denied");

            assertThat(bench.state(ID)).isEqualTo(ConfigState.State.HELD_OUT);
        }
    }

    @Test
    void whatDidNotComeUpIsTriedAgainWhenWhatItNamesIsAnother() throws InterruptedException {
        String user = "base/snakepipe.user~u.cfg";
        try (RolloutBench bench =
                new RolloutBench(data).file(DEMO, "size = 3\n").file(user, "demo = snakepipe.demo~a\n")) {
            bench.admin.broken = "snakepipe.user";
            bench.boot();
            assertThat(bench.state("snakepipe.user~u")).isEqualTo(ConfigState.State.HELD_OUT);
            bench.admin.broken = "";

            bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();
            assertThat(bench.state("snakepipe.user~u")).isEqualTo(ConfigState.State.HELD_OUT);

            bench.file(DEMO, "size = 4\n").change();
            assertThat(bench.values("snakepipe.user~u")).isNotNull();
        }
    }

    @Test
    void theDeletionOfWhatItStandsOnIsTakenBack() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data)
                .file("environments/prod/environment.cfg", "description = prod\n")
                .file("environments/dev/environment.cfg", "extends = prod\n")
                .file(DEMO, "size = 3\n")
                .file("environments/prod/snakepipe.demo~a.cfg", "size = 4\n")) {
            bench.boot();
            assertThat(bench.values(ID)).containsEntry("size", 4);
        }

        try (RolloutBench bench = new RolloutBench(data)
                .file("environments/dev/environment.cfg", "extends = prod\n")
                .file(DEMO, "size = 3\n")) {
            assertThat(bench.boot().problems().toString()).contains("there is no environment prod");
            assertThat(bench.values(ID)).containsEntry("size", 4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"environments/dev/properties.cfg|size = \\u12", "environments/dev/environment.cfg|extends = prd"
            })
    void whatEverybodyStandsOnGoesBackToWhatItWas(String bad) throws InterruptedException {
        String path = bad.substring(0, bad.indexOf('|'));
        try (RolloutBench bench = new RolloutBench(data)
                .file("base/properties.cfg", "size = 1\n")
                .file("environments/prod/environment.cfg", "description = prod\n")
                .file("environments/prod/properties.cfg", "size = 2\n")
                .file("environments/dev/environment.cfg", "extends = prod\n")
                .file("environments/dev/properties.cfg", "size = 3\n")
                .file("environments/prod/snakepipe.demo~a.cfg", "mood = prod\n")
                .file(DEMO, "size = $[prop:size]\n")) {
            assertThat(bench.boot().problems()).isEmpty();
        }

        for (int start = 0; start < 2; start++) {
            try (RolloutBench bench = new RolloutBench(data)
                    .file("base/properties.cfg", "size = 1\n")
                    .file("environments/prod/environment.cfg", "description = prod\n")
                    .file("environments/prod/properties.cfg", "size = 2\n")
                    .file("environments/dev/environment.cfg", "extends = prod\n")
                    .file("environments/dev/properties.cfg", "size = 3\n")
                    .file("environments/prod/snakepipe.demo~a.cfg", "mood = prod\n")
                    .file(DEMO, "size = $[prop:size]\n")
                    .file(path, bad.substring(bad.indexOf('|') + 1) + "\n")) {
                assertThat(bench.boot().held()).containsExactly(path);

                assertThat(bench.values(ID)).containsEntry("size", 3).containsEntry("mood", "prod");
            }
        }
    }

    @Test
    void anEnvironmentWhoseFilesAreGoneIsWhatItWas() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data, "prod")
                .file("environments/prod/environment.cfg", "description = prod\n")
                .file("environments/prod/snakepipe.demo~a.cfg", "size = 3\n")
                .file(DEMO, "size = 1\n")) {
            assertThat(bench.boot().problems()).isEmpty();
        }
        for (int start = 0; start < 2; start++) {
            try (RolloutBench bench = new RolloutBench(data, "prod").file(DEMO, "size = 1\n")) {
                assertThat(bench.boot().problems().toString()).contains("there is no environment 'prod'");

                assertThat(bench.values(ID)).containsEntry("size", 3);
            }
        }
    }

    @Test
    void appliesAnewWhatAProcessLeftInTheMiddle() throws InterruptedException, IOException {
        bootedWith("size = 3\n");
        Files.writeString(
                data.resolve("journal/dev.json"),
                "{\"state\":\"intended\",\"config\":\"" + data.resolve("config") + "\"}",
                StandardCharsets.UTF_8);

        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 5\n")) {
            bench.boot();
            assertThat(bench.values(ID)).containsEntry("size", 5);
            assertThat(Files.readString(data.resolve("journal/dev.json"))).contains("applied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "barrier", "look"})
    void whatThePlatformThrowsIsToldAndLaterChangesComeIntoForce(String where) throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 3\n")) {
            bench.admin.step = step -> {
                if (step.equals(where)) {
                    throw new IllegalStateException("canary");
                }
            };
            ReloadResult boot = bench.boot();
            assertThat(boot.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.snapshot.problems()).extracting(Problem::code).containsExactly("rollout.unexpected");
            assertThat(bench.snapshot.problems().toString()).doesNotContain("canary");
            bench.admin.step = step -> {};

            ReloadResult next =
                    bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();

            assertThat(next.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(ID)).containsEntry("size", 3);
            assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 4);
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void whatPassesByItselfIsNotInTheStatusOfWhatRuns() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data).file(DEMO, "size = 3\n")) {
            AtomicBoolean thrown = new AtomicBoolean();
            bench.admin.step = step -> {
                if (step.equals("look") && thrown.compareAndSet(false, true)) {
                    throw new IllegalStateException("once");
                }
            };
            bench.boot();

            assertThat(thrown).isTrue();
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void aStartThatCannotBeBroughtToItsEndIsToldInTheStatusAndToWhoAsks() throws Exception {
        try (RolloutBench bench =
                new RolloutBench(data).file(DEMO, "size = 3\n").jar("extra.jar", "extra")) {
            bench.bundles.step = step -> {
                if (step.equals("commit")) {
                    throw new IllegalStateException("canary");
                }
            };

            ReloadResult boot = bench.boot();

            assertThat(boot.status()).isEqualTo(ReloadResult.Status.FAILED);
            assertThat(boot.problems()).extracting(Problem::code).containsExactly("start.failed");
            assertThat(bench.snapshot.problems().toString())
                    .contains("nothing that is saved comes into force", "restart")
                    .doesNotContain("canary");
            assertThat(bench.snapshot.lastResult()).contains(boot);
            assertThatThrownBy(() -> bench.service
                            .retry(Optional.empty(), ApplyOptions.by("ann"))
                            .get())
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("the start failed");
        }
    }

    @Test
    void whatIsConfiguredNoLongerGoesWhenOnlyTheRolloutStartsAnew() throws InterruptedException {
        String server = "base/com.example.server.cfg";
        Map<ConfigId, Map<String, Object>> published;
        try (RolloutBench bench = new RolloutBench(data)
                .file(DEMO, "size = 3\n")
                .file("base/snakepipe.demo~b.cfg", "size = 4\n")
                .file(server, "size = 5\n")) {
            bench.boot();
            published = Map.copyOf(bench.admin.published);
        }
        assertThat(published).hasSize(3);
        try (RolloutBench again = new RolloutBench(data).file(DEMO, "size = 3\n")) {
            again.admin.published.putAll(published);
            again.admin.published.put(ConfigId.parse("com.example.foreign"), Map.of("size", 6));

            again.boot();

            assertThat(again.admin.published.keySet())
                    .extracting(ConfigId::toString)
                    .containsExactly("com.example.foreign", ID);
            assertThat(again.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void aProviderOfSecretsThatThrowsHoldsOutItsConfigurationAndStopsNobodyElse() throws InterruptedException {
        try (RolloutBench bench = new RolloutBench(data)
                .file(DEMO, "size = 3\ntoken = $[secret:api.token]\n")
                .file("base/snakepipe.demo~b.cfg", "size = 4\n")) {
            bench.providers.add(new SecretProvider() {
                @Override
                public String name() {
                    return "a safe";
                }

                @Override
                public Optional<String> secret(String name) {
                    throw new IllegalStateException("canary");
                }

                @Override
                public Collection<String> names() {
                    throw new IllegalStateException("canary");
                }
            });

            ReloadResult boot = bench.boot();

            assertThat(boot.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(ID)).isNull();
            assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 4);
            assertThat(bench.snapshot.problems().toString())
                    .contains("a safe", "java.lang.IllegalStateException")
                    .doesNotContain("canary");
        }
    }
}
