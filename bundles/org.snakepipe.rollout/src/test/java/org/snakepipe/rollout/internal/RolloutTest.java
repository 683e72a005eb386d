// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.House;
import org.snakepipe.control.Participant;
import org.snakepipe.control.ReloadResult;

class RolloutTest {
    private static final String ID = "snakepipe.demo~a";

    @TempDir
    private Path data;

    private RolloutBench bench;

    @BeforeEach
    void boot() throws InterruptedException {
        bench = new RolloutBench(data).file(DEMO, "size = 1\nmood = fine\n");
        assertThat(bench.boot().status()).isEqualTo(ReloadResult.Status.APPLIED);
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    @Test
    void bringsAChangeIntoForceAndSaysWhatChanged() throws InterruptedException {
        ReloadResult outcome =
                bench.file(DEMO, "size = 2\nmood = fine\ntoken = abc\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(outcome.generation()).isEqualTo(outcome.previous() + 1);
        assertThat(outcome.cause()).isEqualTo("config/" + DEMO);
        assertThat(outcome.changes()).containsExactly(ID + ": size 1 -> 2, token changed");
        assertThat(outcome.phases()).containsKeys("stage", "validate", "journal", "hold", "publish", "settle", "look");
        assertThat(bench.values(ID))
                .containsEntry("size", 2)
                .containsEntry("token", "abc")
                .containsKey(House.FINGERPRINT);
        assertThat(bench.snapshot.generation()).isEqualTo(outcome.generation());
        assertThat(bench.snapshot.lastResult()).contains(outcome);
        assertThat(bench.snapshot.list().toString()).doesNotContain("abc");
    }

    @Test
    void passwordsInsideOfValuesAreHidden() throws InterruptedException {
        String url = "jdbc:x://host/db?user=me&password=";
        bench.file(DEMO, "mood = " + url + "canary1\nsize = 1\n").change();

        ReloadResult other =
                bench.file(DEMO, "mood = " + url + "canary2\nsize = 2\n").change();
        assertThat(other.changes()).containsExactly(ID + ": mood changed, size 1 -> 2");
        ReloadResult moved =
                bench.file(DEMO, "mood = ftp://me:canary3@host/dir\nsize = 2\n").change();
        assertThat(moved.changes()).containsExactly(ID + ": mood " + url + "<set> -> ftp://me:<set>@host/dir");
        assertThat(other + "" + moved + moved.reverse()).doesNotContain("canary");
    }

    @Test
    void saysUnchangedWhenOnlyTheTextChanged() throws InterruptedException {
        ReloadResult outcome =
                bench.file(DEMO, "# a comment\nsize = 1\nmood = fine\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.UNCHANGED);
        assertThat(bench.snapshot.lastResult().orElseThrow().cause()).isEqualTo("boot");
    }

    @Test
    void refusesABadValueWithItsPlaceAndGoesOnWithTheRest() throws InterruptedException {
        ReloadResult bad = bench.file(DEMO, "mood = fine\nsize = 101\n").change();

        assertThat(bad.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(bad.problems().toString()).contains(DEMO + ":2: size = 101 is above the maximum 100");
        assertThat(bad.held()).containsExactly(DEMO);
        assertThat(bench.values(ID)).containsEntry("size", 1);
        assertThat(bench.snapshot.problems()).isNotEmpty();

        ReloadResult other =
                bench.file("base/snakepipe.demo~b.cfg", "size = 5\n").change();
        assertThat(other.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(other.changes()).containsExactly("snakepipe.demo~b: new");
        assertThat(other.held()).containsExactly(DEMO);
        assertThat(bench.values(ID)).containsEntry("size", 1);

        ReloadResult mended = bench.file(DEMO, "mood = fine\nsize = 100\n").change();
        assertThat(mended.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(mended.held()).isEmpty();
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void aRejectedFileIsNamedUntilItIsMendedWhateverElseChanges() throws InterruptedException {
        bench.file(DEMO, "mood = fine\nsize = 101\n").change();
        bench.file("base/snakepipe.demo~b.cfg", "size = 5\n").change();

        assertThat(bench.snapshot.problems().toString()).contains(DEMO + ":2: size = 101 is above the maximum 100");
        assertThat(bench.gone("base/snakepipe.demo~b.cfg").change().problems()).isEmpty();
        assertThat(bench.snapshot.problems()).hasSize(1);
    }

    @Test
    void theLastOutcomeOfAMendedFileIsNotItsRejection() throws InterruptedException {
        bench.file(DEMO, "size = 101\n").change();
        bench.file(DEMO, "size = 1\nmood = fine\n").change();

        assertThat(bench.snapshot.lastResult().orElseThrow().status()).isEqualTo(ReloadResult.Status.UNCHANGED);
    }

    @Test
    void saysOfHeldFilesWhyAndHowToGoOn() throws InterruptedException {
        bench.file(DEMO, "size = 2\nmood = bad\n").change();
        bench.file("base/snakepipe.demo~b.cfg", "size = 5\n").change();

        assertThat(bench.snapshot.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        DEMO + ": in no mood to start",
                        DEMO + ": the file is held: its change was taken back, what was there before stays in force;"
                                + " save it with another content");
    }

    @Test
    void aFileThatCannotBeReadIsToldAndItsLastContentStays() throws InterruptedException {
        ReloadResult outcome = bench.unreadable(DEMO, "cannot be read: denied").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.problems()).hasToString("[" + DEMO + ": cannot be read: denied]");
        assertThat(bench.values(ID)).containsEntry("size", 1);
    }

    @Test
    void aNameWithLineBreaksIsOneLine() throws InterruptedException {
        ReloadResult result =
                bench.file("base/a\n\u001b[31mFATAL.cfg", "size = 1\n").change();

        assertThat(result.cause()).isEqualTo("config/base/a\\u000a\\u001b[31mFATAL.cfg");
        assertThat(result.problems().toString()).doesNotContain("\n", "\u001b");
        assertThat(bench.snapshot.unapplied().toString()).doesNotContain("\n", "\u001b");
        assertThat(bench.snapshot.problems().toString()).contains("\\u000a").doesNotContain("\n", "\u001b");
    }

    @Test
    void aBadJarIsToldAlsoBesideAGoodOne() throws InterruptedException {
        ReloadResult outcome =
                bench.jar("broken.jar", "damaged").jar("good.jar", "good").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(outcome.problems().toString()).contains("deploy/broken.jar: is damaged");
    }

    @Test
    void doesByItselfWhatItHadNoRoomFor() throws InterruptedException {
        bench.full = path -> true;
        assertThat(bench.file(DEMO, "size = 9\n").change().status()).isEqualTo(ReloadResult.Status.REJECTED);
        bench.full = path -> false;

        assertThat(bench.next().status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values(ID)).containsEntry("size", 9);
    }

    @Test
    void aMissingKeyIsToldWithTheFileItBelongsIn() throws InterruptedException {
        ReloadResult outcome = bench.file("base/snakepipe.strict~a.cfg", "size = 2\n")
                .file("local/snakepipe.strict~a.cfg", "size = 3\n")
                .change();

        assertThat(outcome.problems())
                .extracting(Problem::toString)
                .contains("base/snakepipe.strict~a.cfg: needed is required and missing; add 'needed ='");
        assertThat(outcome.held()).containsExactly("base/snakepipe.strict~a.cfg", "local/snakepipe.strict~a.cfg");
    }

    @Test
    void ofAFileThatCannotBeReadNoKeysAreMissed() throws InterruptedException {
        ReloadResult outcome = bench.file("base/snakepipe.strict~a.cfg", "")
                .file("local/snakepipe.strict~a.cfg", "size = 3\n")
                .change();

        assertThat(outcome.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("the file is empty"));
    }

    @Test
    void aMisspeltPidIsToldWithTheOneThatIsKnown() throws InterruptedException {
        ReloadResult outcome =
                bench.file("base/snakepipe.singel.cfg", "size = 3\n").change();

        assertThat(outcome.problems().toString())
                .contains("snakepipe.singel waits", "did you mean 'snakepipe.single'?");
    }

    @Test
    void saysWhenASavedValueIsHidden() throws InterruptedException {
        bench.file("local/snakepipe.demo~a.cfg", "size = 7\n").change();

        ReloadResult outcome = bench.file(DEMO, "size = 8\nmood = fine\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.UNCHANGED);
        assertThat(outcome.problems())
                .hasToString("[" + DEMO + ":1: no effect: size is set to 7 by local/snakepipe.demo~a.cfg:1, not to 8]");
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void twoFilesOfOneChangeComeTogetherOrNotAtAll() throws InterruptedException {
        ReloadResult bad = bench.file(DEMO, "size = 50\n")
                .file("base/snakepipe.demo~b.cfg", "size = none\n")
                .change();

        assertThat(bad.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(bench.values(ID)).as("nothing was touched").containsEntry("size", 1);
        assertThat(bad.held()).as("only the bad one is held").containsExactly("base/snakepipe.demo~b.cfg");

        ReloadResult mended =
                bench.file("base/snakepipe.demo~b.cfg", "size = 3\n").change();
        assertThat(mended.changes())
                .containsExactly(ID + ": mood fine -> (unset), size 1 -> 50", "snakepipe.demo~b: new");
    }

    @Test
    void takesBackWhatDoesNotComeUpAndHoldsIt() throws InterruptedException {
        ReloadResult bad = bench.file(DEMO, "size = 2\nmood = bad\n").change();

        assertThat(bad.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(bad.problems()).extracting(Problem::message).containsExactly("in no mood to start");
        assertThat(bad.generation()).isEqualTo(bad.previous());
        assertThat(bench.values(ID)).containsEntry("size", 1).containsEntry("mood", "fine");

        ReloadResult other =
                bench.file("base/snakepipe.demo~b.cfg", "size = 5\n").change();
        assertThat(other.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(other.held()).as("it is not tried again by itself").containsExactly(DEMO);

        assertThat(bench.file(DEMO, "size = 2\nmood = better\n").change().held())
                .isEmpty();
        assertThat(bench.values(ID)).containsEntry("mood", "better");
    }

    @Test
    void removesWhatIsGone() throws InterruptedException {
        ReloadResult outcome = bench.gone(DEMO).change();

        assertThat(outcome.changes()).containsExactly(ID + ": removed");
        assertThat(bench.admin.published).isEmpty();
    }

    @Test
    void aFileWithoutAPluginWaitsUntilThePluginComes() throws InterruptedException {
        ReloadResult early =
                bench.file("base/snakepipe.extra~x.cfg", "size = 4\n").change();
        assertThat(early.status()).isEqualTo(ReloadResult.Status.UNCHANGED);
        assertThat(bench.state("snakepipe.extra~x")).isEqualTo(ConfigState.State.WAITING);

        ReloadResult arrived = bench.jar("extra.jar", "extra").change();
        assertThat(arrived.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(arrived.changes()).containsExactly("deploy/extra.jar: new", "snakepipe.extra~x: new");
        assertThat(bench.bundles.steps).containsExactly("start extra.jar");
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 4);

        ReloadResult left = bench.goneJar("extra.jar").change();
        assertThat(left.changes()).containsExactly("deploy/extra.jar: removed", "snakepipe.extra~x: removed");
        assertThat(bench.state("snakepipe.extra~x")).isEqualTo(ConfigState.State.WAITING);
    }

    @Test
    void aRejectedFileIsTriedAgainWhenWhatItLackedComes() throws InterruptedException {
        bench.file("base/snakepipe.demo~b.cfg", "size = ${nowhere}\n")
                .file("base/snakepipe.single~x.cfg", "size = 1\n");
        ReloadResult bad = bench.change();
        assertThat(bad.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(bad.problems().toString()).contains("snakepipe.single~x has a name, but there is only one");

        ReloadResult gone = bench.gone("base/snakepipe.single~x.cfg").change();
        assertThat(gone.held()).doesNotContain("base/snakepipe.single~x.cfg");
    }

    @Test
    void refusesWhatBelongsToTheRuntimeAndNeedsANameOrNot() throws InterruptedException {
        assertThat(bench.file("base/snakepipe.rollout.barrier.cfg", "n = 1\n")
                        .change()
                        .problems()
                        .toString())
                .contains("belongs to the runtime");
        assertThat(bench.file("base/snakepipe.demo.cfg", "size = 1\n")
                        .change()
                        .problems()
                        .toString())
                .contains("snakepipe.demo needs a name, as there may be several: snakepipe.demo~NAME");
    }

    @Test
    void givesThirdPartiesTheirConfigurationAsItIs() throws InterruptedException {
        bench.file("base/com.example.server.cfg", "size = 8\n").change();

        assertThat(bench.values("com.example.server")).isEqualTo(Map.of("size", 8));
    }

    @Test
    void explainsJarsThatCannotBeUsedAndGoesOnWithoutThem() throws InterruptedException {
        ReloadResult outcome = bench.jar("broken.jar", "damaged")
                .jar("lonely.jar", "unresolvable")
                .jar("notes.txt", "notes")
                .jar("some.cfg", "size = 1")
                .jar("good.jar", "good")
                .change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(outcome.changes()).containsExactly("deploy/good.jar: new");
        assertThat(bench.bundles.rejected).containsOnlyKeys("broken.jar", "lonely.jar", "notes.txt", "some.cfg");
        assertThat(bench.bundles.rejected.get("some.cfg")).contains("configuration belongs into config/base/");
        assertThat(bench.snapshot.problems()).hasSize(4);

        bench.goneJar("broken.jar").goneJar("lonely.jar").goneJar("notes.txt").goneJar("some.cfg");
        bench.change();
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void aJarThatAloneIsBadIsRejected() throws InterruptedException {
        ReloadResult outcome = bench.jar("broken.jar", "damaged").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.problems()).hasToString("[deploy/broken.jar: is damaged]");
        assertThat(bench.jar("broken.jar", "mended").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
    }

    @Test
    void aJarThatLacksSomethingIsTriedAgainWhenAnotherComes() throws InterruptedException {
        ReloadResult alone = bench.jar("a.jar", "needs lib").change();
        assertThat(alone.problems()).hasToString("[deploy/a.jar: needs lib]");

        ReloadResult other = bench.jar("b.jar", "good").change();
        assertThat(other.changes()).containsExactly("deploy/b.jar: new");
        assertThat(other.problems()).isEmpty();

        ReloadResult complete = bench.jar("z.jar", "lib").change();
        assertThat(complete.changes()).containsExactly("deploy/a.jar: new", "deploy/z.jar: new");
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    @Test
    void jarsThatCannotBeResolvedAreLeftOutInOnePass() throws InterruptedException {
        bench.jar("a.jar", "good").change();
        bench.bundles.prepared.set(0);

        ReloadResult outcome = bench.jar("b.jar", "unresolvable b")
                .jar("c.jar", "unresolvable c")
                .jar("d.jar", "unresolvable d")
                .jar("e.jar", "lib")
                .change();

        assertThat(outcome.changes()).containsExactly("deploy/e.jar: new");
        assertThat(outcome.problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "deploy/b.jar: is unresolvable",
                        "deploy/c.jar: is unresolvable",
                        "deploy/d.jar: is unresolvable");
        assertThat(bench.bundles.prepared).hasValue(2);
    }

    @Test
    void aJarThatTheProductUsesGoesOnWhenItsFileIsGone() throws InterruptedException {
        bench.jar("lib.jar", "lib, used by the product").change();

        ReloadResult gone = bench.goneJar("lib.jar").jar("other.jar", "good").change();

        assertThat(gone.changes()).containsExactly("deploy/other.jar: new");
        assertThat(gone.problems()).extracting(Problem::toString).containsExactly("deploy/lib.jar: cannot go");
        assertThat(bench.snapshot.current().plugins()).containsOnlyKeys("lib.jar", "other.jar");
        assertThat(bench.jar("third.jar", "good too").change().changes()).containsExactly("deploy/third.jar: new");
        assertThat(bench.jar("lib.jar", "lib, used by the product").change().problems())
                .isEmpty();
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    @Test
    void aNewerJarDoesNotEndWhatTheProductUses() throws InterruptedException {
        bench.jar("lib.jar", "lib, used by the product").change();

        ReloadResult outcome =
                bench.jar("lib.jar", "newer").jar("other.jar", "good").change();

        assertThat(outcome.changes()).containsExactly("deploy/other.jar: new");
        assertThat(outcome.problems()).extracting(Problem::toString).containsExactly("deploy/lib.jar: cannot go");
        assertThat(bench.snapshot.current().plugins()).containsOnlyKeys("lib.jar", "other.jar");
    }

    @Test
    void takesBackAJarThatDoesNotStart() throws InterruptedException {
        bench.jar("plugin.jar", "good").change();

        ReloadResult outcome = bench.jar("plugin.jar", "does not start").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(outcome.problems().toString()).contains("deploy/plugin.jar: is does not start");
        assertThat(outcome.held()).containsExactly("deploy/plugin.jar");
        assertThat(bench.bundles.steps).containsExactly("start plugin.jar", "stop", "undo");
        assertThat(bench.bundles.rejected).containsKey("plugin.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"damaged", "unresolvable", "does not start"})
    void aBadJarInThePlaceOfAGoodOneDoesNotEndWhatRuns(String bad) throws InterruptedException {
        bench.jar("extra.jar", "extra").change();
        bench.file("base/snakepipe.extra~x.cfg", "size = 4\n").change();

        assertThat(bench.jar("extra.jar", bad).change().status()).isNotEqualTo(ReloadResult.Status.APPLIED);
        ReloadResult other = bench.file(DEMO, "size = 9\n").change();

        assertThat(other.changes()).containsExactly(ID + ": mood fine -> (unset), size 1 -> 9");
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 4);
        assertThat(bench.bundles.rejected).containsKey("extra.jar");
        assertThat(bench.goneJar("extra.jar").change().changes())
                .containsExactly("deploy/extra.jar: removed", "snakepipe.extra~x: removed");
    }

    @Test
    void aFileThatWasTakenBackIsTriedAgainWithAnotherPlugin() throws InterruptedException {
        String file = "base/snakepipe.extra~x.cfg";
        bench.jar("extra.jar", "extra").change();
        bench.admin.broken = "snakepipe.extra";
        assertThat(bench.file(file, "size = 4\n").change().held()).containsExactly(file);
        bench.admin.broken = "";

        assertThat(bench.file(DEMO, "size = 9\n").change().held()).containsExactly(file);
        ReloadResult mended = bench.jar("extra.jar", "extra, mended").change();

        assertThat(mended.held()).isEmpty();
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 4);
    }

    @Test
    void aConfigurationThatCannotBeDeliveredIsTakenBack() throws InterruptedException {
        bench.admin.refusals = 1;
        ReloadResult outcome = bench.file(DEMO, "size = 9\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(outcome.problems()).hasToString("[the dispatcher hangs]");
        assertThat(bench.values(ID)).containsEntry("size", 1);
    }

    @Test
    void saysWhenGoingBackDoesNotWorkEither() throws InterruptedException {
        bench.admin.refusals = 2;

        ReloadResult outcome = bench.file(DEMO, "size = 9\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.FAILED);
        assertThat(outcome.problems()).hasSize(2);
    }

    @Test
    void touchesNothingWhenItCannotWriteDownWhatItIsAboutToDo() throws InterruptedException {
        bench.full = path -> path.endsWith("journal/dev.json");
        ReloadResult outcome = bench.file(DEMO, "size = 9\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.problems().toString())
                .contains("the journal cannot be written (java.io.IOException: No space left on device)")
                .contains("nothing was changed: make room in the data directory");
        assertThat(bench.values(ID)).containsEntry("size", 1);

        bench.full = path -> false;
        assertThat(bench.file(DEMO, "size = 10\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
    }

    @Test
    void staysInForceAndWarnsWhenItCannotBeRemembered() throws InterruptedException {
        bench.full = path -> path.toString().contains("last-good");
        ReloadResult outcome = bench.file(DEMO, "size = 9\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isFalse();
            assertThat(problem.message()).contains("cannot be remembered as last good");
        });
        assertThat(bench.values(ID)).containsEntry("size", 9);
    }

    @Test
    void namesThePlaceOfTornFiles() throws InterruptedException {
        ReloadResult outcome = bench.file(DEMO, "size\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.problems().toString()).contains(DEMO + ":1");
        assertThat(bench.values(ID)).containsEntry("size", 1);
    }

    @Test
    void anotherSecretIsAChangeAndItsValueShowsNowhere() throws InterruptedException {
        Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("api.token", "canary-one"));
        bench.providers.add(new RolloutBench.MapSecrets(secrets));
        bench.file(DEMO, "size = 2\ntoken = $[secret:api.token]\n").change();
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("token", "$[secret:api.token]");
        Object before = bench.values("snakepipe.demo~a").get(House.FINGERPRINT);

        secrets.put("api.token", "canary-two");
        ReloadResult outcome = bench.secretsChanged();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(outcome.changes()).containsExactly("snakepipe.demo~a: the value of a secret changed");
        assertThat(bench.values("snakepipe.demo~a").get(House.FINGERPRINT)).isNotEqualTo(before);
        assertThat(outcome.toString() + bench.snapshot.list()).doesNotContain("canary");
    }

    @Test
    void aSecretThatDoesNotComeUpIsHeldAndStopsNobody() throws InterruptedException {
        Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("api.token", "good"));
        bench.providers.add(new RolloutBench.MapSecrets(secrets));
        bench.file(DEMO, "size = 2\ntoken = $[secret:api.token]\n").change();
        Object good = bench.values("snakepipe.demo~a").get(House.FINGERPRINT);

        secrets.put("api.token", "bad");
        bench.admin.broken = "snakepipe.demo";
        assertThat(bench.secretsChanged().status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(bench.values("snakepipe.demo~a")).containsEntry(House.FINGERPRINT, good);
        bench.admin.broken = "";

        assertThat(bench.file("base/snakepipe.demo~b.cfg", "size = 4\n")
                        .change()
                        .changes())
                .containsExactly("snakepipe.demo~b: new");
        assertThat(bench.snapshot.problems().toString()).contains("the new value of a secret", "in no mood to start");

        secrets.put("api.token", "better");
        assertThat(bench.secretsChanged().status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void saysThatAnEnvironmentElsewhereIsNotThisOne() throws InterruptedException {
        bench.file("environments/prod/environment.cfg", "description = prod\n").change();

        ReloadResult outcome = bench.file("environments/prod/snakepipe.demo~a.cfg", "size = 8\n")
                .change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.UNCHANGED);
        assertThat(outcome.problems().toString())
                .contains("environments/prod/snakepipe.demo~a.cfg: no effect:", "dev does not stand on it");
    }

    @Test
    void aSecretThatNobodyKnowsIsAnErrorWithSuggestions() throws InterruptedException {
        bench.providers.add(new RolloutBench.MapSecrets(Map.of("api.token", "canary")));

        ReloadResult outcome = bench.file(DEMO, "token = $[secret:api.tokn]\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.problems().toString())
                .contains(DEMO + ":1:", "there is no secret api.tokn", "did you mean '$[secret:api.token]'?");
    }

    @Test
    void anOverrideIsTheHighestLayerAndABadOneStopsNobody() throws InterruptedException {
        bench.file(DEMO, "size = 2\n").change();
        String override = "{\"id\": \"snakepipe.demo~a\", \"key\": \"size\", \"value\": %s,"
                + " \"author\": \"eve\", \"reason\": \"load\"}";

        ReloadResult applied =
                bench.override("load.json", String.format(override, "9")).change();
        assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 9);

        ReloadResult rejected =
                bench.override("load.json", String.format(override, "900")).change();
        assertThat(rejected.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(rejected.problems().toString()).contains("data/overrides/load.json:1", "size = 900 is above");
        assertThat(bench.file("base/snakepipe.demo~b.cfg", "size = 4\n")
                        .change()
                        .status())
                .isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 9);
    }

    @Test
    void suggestsWhatOtherEnvironmentsUse() throws InterruptedException {
        bench.file("environments/prod/environment.cfg", "description = prod\n")
                .file("environments/prod/snakepipe.demo~a.cfg", "size = 42\n")
                .change();

        ReloadResult outcome = bench.file(DEMO, "size = much\n").change();

        assertThat(outcome.problems().toString()).contains(DEMO + ":1: size = much is not an integer", "'42'");
    }

    @Test
    void aReferenceToWhatNobodyConfiguresIsAnError() throws InterruptedException {
        bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();

        ReloadResult outcome = bench.file("base/snakepipe.user~u.cfg", "demo = snakepipe.demo~bb\n")
                .change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.problems().toString())
                .contains("base/snakepipe.user~u.cfg:1:", "snakepipe.demo~bb", "did you mean 'snakepipe.demo~b'?");
    }

    @Test
    void oneFileMayConfigureSeveral() throws InterruptedException {
        bench.file("base/pipeline.yaml", "snakepipe.demo~x:\n  size: 5\nsnakepipe.demo~y:\n  size: 6\n")
                .change();
        assertThat(bench.values("snakepipe.demo~x")).containsEntry("size", 5);
        assertThat(bench.values("snakepipe.demo~y")).containsEntry("size", 6);

        ReloadResult outcome = bench.file(
                        "base/pipeline.yaml", "snakepipe.demo~x:\n  size: 5\nsnakepipe.demo~y:\n  size: 600\n")
                .change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.problems().toString()).contains("base/pipeline.yaml:4: size = 600 is above");
        assertThat(outcome.held()).containsExactly("base/pipeline.yaml");
        assertThat(bench.values("snakepipe.demo~y")).containsEntry("size", 6);
    }

    private String overrideForAnHour(String id, String key, String value) {
        return "{\"id\": \"" + id + "\", \"key\": \"" + key + "\", \"value\": \"" + value
                + "\", \"author\": \"eve\", \"reason\": \"load\", \"expiry\": \""
                + bench.now().plus(Duration.ofHours(1)) + "\"}";
    }

    @Test
    void anOverrideEndsByItself() throws InterruptedException {
        bench.override("size.json", overrideForAnHour(ID, "size", "9")).change();
        assertThat(bench.values(ID)).containsEntry("size", 9);

        bench.after(Duration.ofHours(1).minusSeconds(1));
        ReloadResult ended = bench.next();

        assertThat(ended.cause()).isEqualTo("an override ended");
        assertThat(ended.changes()).containsExactly(ID + ": size 9 -> 1");
    }

    @Test
    void anOverrideEndsAlsoAfterABadEditOfIt() throws InterruptedException {
        bench.override("size.json", overrideForAnHour(ID, "size", "9")).change();
        bench.after(Duration.ofHours(1).minusSeconds(2));
        assertThat(bench.override("size.json", "{").change().status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(bench.values(ID)).containsEntry("size", 9);

        assertThat(bench.next().cause()).isEqualTo("an override ended");
        assertThat(bench.values(ID)).containsEntry("size", 1);
    }

    @Test
    void anOverrideThatEndsIsTakenBackOnceWhenWhatIsBelowDoesNotComeUp() throws InterruptedException {
        bench.override("mood.json", overrideForAnHour(ID, "mood", "fine")).change();
        bench.file(DEMO, "size = 2\nmood = bad\n").change();
        assertThat(bench.values(ID)).containsEntry("size", 2).containsEntry("mood", "fine");

        ReloadResult ended = bench.after(Duration.ofHours(2));
        assertThat(ended.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);

        ReloadResult other =
                bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();
        assertThat(other.cause()).isEqualTo("config/base/snakepipe.demo~b.cfg");
        assertThat(other.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(other.held()).isEmpty();
        assertThat(bench.values(ID)).as("it goes on as it was").containsEntry("mood", "fine");
        assertThat(bench.snapshot.problems().toString()).contains("without a change of its files", "in no mood to");
        bench.isQuiet();

        assertThat(bench.file(DEMO, "size = 2\nmood = better\n").change().status())
                .isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values(ID)).containsEntry("mood", "better");
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void anOverrideThatEndsKeepsWhatIsInForceWhenWhatIsBelowIsWrong() throws InterruptedException {
        bench.override("needed.json", overrideForAnHour("snakepipe.strict~a", "needed", "yes"))
                .change();
        bench.file("base/snakepipe.strict~a.cfg", "size = 2\n").change();
        assertThat(bench.values("snakepipe.strict~a")).containsEntry("needed", "yes");

        ReloadResult ended = bench.after(Duration.ofHours(2));
        assertThat(ended.problems().toString()).contains("needed is required and missing");

        assertThat(bench.file("base/snakepipe.demo~b.cfg", "size = 4\n")
                        .change()
                        .status())
                .isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values("snakepipe.strict~a")).containsEntry("needed", "yes");
        bench.isQuiet();
    }

    @Test
    void aSecretThatIsGoneHoldsItsConfigurationAndStopsNobody() throws InterruptedException {
        Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("api.token", "good"));
        bench.providers.add(new RolloutBench.MapSecrets(secrets));
        bench.file(DEMO, "size = 2\ntoken = $[secret:api.token]\n").change();
        secrets.remove("api.token");

        ReloadResult other =
                bench.file("base/snakepipe.demo~b.cfg", "size = 4\n").change();

        assertThat(other.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(other.held()).isEmpty();
        assertThat(other.changes()).containsExactly("snakepipe.demo~b: new");
        assertThat(bench.values(ID)).containsEntry("size", 2);
        assertThat(bench.snapshot.problems().toString()).contains("there is no secret api.token");

        secrets.put("api.token", "other");
        assertThat(bench.secretsChanged().changes()).containsExactly(ID + ": the value of a secret changed");
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void aFileThatWasTakenBackForASecretIsTriedAgainWithAnother() throws InterruptedException {
        Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("api.token", "good"));
        bench.providers.add(new RolloutBench.MapSecrets(secrets));
        bench.file(DEMO, "size = 2\ntoken = $[secret:api.token]\n").change();
        secrets.put("api.token", "wrong");
        bench.admin.broken = "snakepipe.demo";
        assertThat(bench.file(DEMO, "size = 3\ntoken = $[secret:api.token]\n")
                        .change()
                        .held())
                .containsExactly(DEMO);
        bench.admin.broken = "";

        secrets.put("api.token", "right");
        ReloadResult mended = bench.secretsChanged();

        assertThat(mended.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(mended.held()).isEmpty();
        assertThat(bench.values(ID)).containsEntry("size", 3);
    }

    @Test
    void aPluginThatDoesNotTakeWhatIsConfiguredIsRejectedAndNoFile() throws InterruptedException {
        bench.jar("extra.jar", "extra").change();
        bench.file("base/snakepipe.extra~x.cfg", "size = 4\n").change();

        ReloadResult outcome = bench.jar("extra.jar", "extra, stricter").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.held()).containsExactly("deploy/extra.jar");
        assertThat(outcome.problems().toString()).contains("deploy/extra.jar", "size = 4 is above the maximum 3");
        assertThat(bench.file(DEMO, "size = 9\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 4);
    }

    @Test
    void whatDoesNotComeUpForAnotherFileIsNotSaidOfItsOwn() throws InterruptedException {
        String user = "base/snakepipe.user~u.cfg";
        bench.file(user, "demo = snakepipe.demo~a\n").change();
        Picky picky = new Picky(ConfigId.parse("snakepipe.user~u"));
        bench.loop().arrived(picky);
        picky.settled.await();

        picky.refuses = true;
        ReloadResult outcome = bench.file(DEMO, "size = 9\nmood = fine\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(outcome.held()).containsExactly(DEMO);
        assertThat(outcome.problems()).hasToString("[snakepipe.user~u: cannot use it]");
    }

    @Test
    void warningsOfAChangeThatIsTakenBackAreSaidToo() throws InterruptedException {
        ReloadResult outcome = bench.file(DEMO, "size = 2\nmood = bad\n")
                .file("base/notes.xyz", "what is this\n")
                .change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(outcome.problems().toString()).contains("base/notes.xyz: the file is not read");
    }

    @Test
    void nothingShowsOfWhatWaitsForItsPlugin() throws InterruptedException {
        bench.file("base/snakepipe.nobody~n.cfg", "password = canary\n").change();

        assertThat(bench.state("snakepipe.nobody~n")).isEqualTo(ConfigState.State.WAITING);
        assertThat(bench.snapshot.list().toString()).doesNotContain("canary").contains("password");
    }

    @Test
    void aKeyThatSomebodyTakesAwayIsMissingThere() throws InterruptedException {
        ReloadResult outcome = bench.file("base/snakepipe.strict~a.cfg", "needed = yes\n")
                .file("local/snakepipe.strict~a.cfg", "size = 3\nneeded = $[unset]\n")
                .change();

        assertThat(outcome.problems().toString())
                .contains("local/snakepipe.strict~a.cfg:2: needed is required and missing");
    }

    /** Refuses one configuration, if it is told to. */
    private static final class Picky implements Participant {
        final CountDownLatch settled = new CountDownLatch(1);
        volatile boolean refuses;
        private final ConfigId id;
        private boolean refused;

        Picky(ConfigId id) {
            this.id = id;
        }

        @Override
        public String name() {
            return "picky";
        }

        @Override
        public void hold(long epoch) {}

        @Override
        public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
            boolean now = refuses && !refused;
            refused |= now;
            settled.countDown();
            return now
                    ? List.of(Problem.error("picky.refused", "cannot use it")
                            .id(id)
                            .build())
                    : List.of();
        }

        @Override
        public void release(long epoch) {}
    }
}
