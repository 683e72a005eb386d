// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Plan;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;
import org.snakepipe.control.UnappliedFile;

/** Jars that are registered with a command, and with the configuration that they need. */
class JarChangeTest {
    private static final String EXTRA = "base/snakepipe.extra~x.cfg";
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    private Path data;

    private RolloutBench bench;

    @BeforeEach
    void boot() throws Exception {
        bench = new RolloutBench(data);
        Files.createDirectories(bench.config);
        bench.boot();
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    @Test
    void aJarAndItsConfigurationComeTogether() throws Exception {
        ReloadResult result = change(Map.of(EXTRA, Optional.of("size = 3\n")), Map.of("extra.jar", jar("extra")));

        assertThat(result.status()).as("%s", result).isEqualTo(Status.APPLIED);
        assertThat(result.changes()).containsExactly("deploy/extra.jar: new", "snakepipe.extra~x: new");
        assertThat(deployed("extra.jar")).hasContent("extra");
        assertThat(bench.config.resolve(EXTRA)).hasContent("size = 3\n");

        bench.next();
        assertThat(bench.jar("extra.jar", "extra").change().status())
                .as("the watch hears of it later, and it is no other change")
                .isEqualTo(Status.UNCHANGED);
    }

    @Test
    void neitherComesWhenOneIsBad() throws Exception {
        ReloadResult stricter =
                change(Map.of(EXTRA, Optional.of("size = no number\n")), Map.of("extra.jar", jar("extra")));
        ReloadResult damaged = change(Map.of(EXTRA, Optional.of("size = 3\n")), Map.of("extra.jar", jar("damaged")));
        ReloadResult lonely = change(Map.of(), Map.of("extra.jar", jar("unresolvable")));

        assertThat(List.of(stricter, damaged, lonely))
                .extracting(ReloadResult::status)
                .containsOnly(Status.REJECTED);
        assertThat(lonely.problems())
                .extracting(Problem::toString)
                .containsExactly("deploy/extra.jar: is unresolvable");
        assertThat(deployed("extra.jar")).doesNotExist();
        assertThat(bench.config.resolve(EXTRA)).doesNotExist();
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    @Test
    void whatDoesNotStartIsPutBackAndNotHeld() throws Exception {
        change(Map.of(), Map.of("extra.jar", jar("extra")));

        ReloadResult result = change(Map.of(), Map.of("extra.jar", jar("extra, does not start")));

        assertThat(result.status()).isEqualTo(Status.ROLLED_BACK);
        assertThat(deployed("extra.jar")).hasContent("extra");
        assertThat(bench.snapshot.unapplied()).isEmpty();
        assertThat(bench.snapshot.current().plugins()).containsOnlyKeys("extra.jar");
        assertThat(change(Map.of(), Map.of("extra.jar", jar("extra, mended"))).status())
                .isEqualTo(Status.APPLIED);
    }

    @Test
    void whatCameToNothingIsForgotten() throws Exception {
        change(Map.of(), Map.of("extra.jar", jar("extra")));
        Map<String, String> before = Map.copyOf(bench.bundles.staged);

        for (String bad : List.of("extra, does not start", "extra, unresolvable")) {
            change(Map.of(), Map.of("extra.jar", jar(bad), "more.jar", jar("more")));

            assertThat(bench.bundles.staged).as(bad).isEqualTo(before);
        }
    }

    @Test
    void aJarThatIsTakenAwayIsDeleted() throws Exception {
        change(Map.of(EXTRA, Optional.of("size = 3\n")), Map.of("extra.jar", jar("extra")));

        ReloadResult result = change(Map.of(EXTRA, Optional.empty()), Map.of("extra.jar", Optional.empty()));

        assertThat(result.status()).as("%s", result).isEqualTo(Status.APPLIED);
        assertThat(result.changes()).containsExactly("deploy/extra.jar: removed", "snakepipe.extra~x: removed");
        assertThat(deployed("extra.jar")).doesNotExist();
        assertThat(bench.bundles.staged).isEmpty();
        assertThat(change(Map.of(), Map.of("extra.jar", Optional.empty())).problems())
                .extracting(Problem::code)
                .containsExactly("plugin.unknown");
    }

    @Test
    void configurationOfAJarThatGoesStaysAndWaits() throws Exception {
        change(Map.of(EXTRA, Optional.of("size = 3\n")), Map.of("extra.jar", jar("extra")));

        ReloadResult result = change(Map.of(), Map.of("extra.jar", Optional.empty()));

        assertThat(result.status()).as("%s", result).isEqualTo(Status.APPLIED);
        assertThat(bench.config.resolve(EXTRA)).hasContent("size = 3\n");
        assertThat(change(Map.of(), Map.of("extra.jar", jar("extra"))).status()).isEqualTo(Status.APPLIED);
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 3);
    }

    @Test
    void severalJarsComeAsOneSet() throws Exception {
        ReloadResult result = change(Map.of(), Map.of("a.jar", jar("good"), "b.jar", jar("damaged")));

        assertThat(result.status()).isEqualTo(Status.REJECTED);
        assertThat(deployed("a.jar")).doesNotExist();
        assertThat(bench.bundles.installed).isEmpty();
    }

    @Test
    void aFileThatIsAnotherOneMeanwhileIsNotWrittenOver() throws Exception {
        Files.createDirectories(data.resolve("deploy"));
        Files.writeString(deployed("extra.jar"), "somebody else's");

        ReloadResult result = change(Map.of(), Map.of("extra.jar", jar("extra")));

        assertThat(result.problems()).extracting(Problem::code).containsExactly("file.moved");
        assertThat(deployed("extra.jar")).hasContent("somebody else's");
    }

    @Test
    void namesThatLeadElsewhereAreRefused() throws Exception {
        for (String name : List.of("../x.jar", "a/b.jar", ".x.jar", "x.txt")) {
            assertThat(change(Map.of(), Map.of(name, jar("good"))).problems())
                    .extracting(Problem::code)
                    .containsExactly("deploy.file");
        }
        assertThat(change(Map.of("deploy//x.jar", Optional.of("good")), Map.of())
                        .problems())
                .extracting(Problem::code)
                .containsExactly("file.unwritable");
        assertThat(data.resolve("x.jar")).doesNotExist();
    }

    @Test
    void whatWaitsForAConfirmationWaitsOnBesideAJarThatIsRegistered() throws Exception {
        bench.saved("environments/dev/environment.cfg", "protected = true\n").change();
        bench.saved(RolloutBench.DEMO, "size = 2\n").change();
        String before = bench.snapshot.pending().orElseThrow().hash();

        ReloadResult result = change(Map.of(), Map.of("extra.jar", jar("extra")));

        assertThat(result.status()).as("%s", result).isEqualTo(Status.APPLIED);
        assertThat(bench.values("snakepipe.demo~a"))
                .as("nobody has confirmed it")
                .isNull();
        bench.next();
        ReloadResult again = bench.next();
        assertThat(again.status()).as("%s", again).isEqualTo(Status.PENDING);
        assertThat(again.waiting()).containsExactly(RolloutBench.DEMO);
        assertThat(again.hash()).isPresent().isNotEqualTo(Optional.of(before));
        assertThat(bench.snapshot.pending()).map(Plan::hash).isEqualTo(again.hash());
        bench.service.apply(again.hash().orElseThrow(), ANN).get();
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 2);
        assertThat(bench.snapshot.current().plugins()).containsOnlyKeys("extra.jar");
    }

    @Test
    void aJarThatWaitsForAConfirmationIsConfirmedByWhoRegistersIt() throws Exception {
        bench.saved("environments/dev/environment.cfg", "protected = true\n").change();
        Files.createDirectories(data.resolve("deploy"));
        Files.writeString(deployed("extra.jar"), "extra");
        assertThat(bench.jar("extra.jar", "extra").change().status()).isEqualTo(Status.PENDING);

        ReloadResult result = change(Map.of(), Map.of("extra.jar", jar("extra")));

        assertThat(result.status()).as("%s", result).isEqualTo(Status.APPLIED);
        assertThat(bench.snapshot.current().plugins()).containsOnlyKeys("extra.jar");
        assertThat(bench.snapshot.pending()).isEmpty();
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    @Test
    void aJarThatWaitsForAConfirmationCanBeReplaced() throws Exception {
        bench.saved("environments/dev/environment.cfg", "protected = true\n").change();
        Files.createDirectories(data.resolve("deploy"));
        Files.writeString(deployed("extra.jar"), "extra");
        bench.jar("extra.jar", "extra").change();

        ReloadResult result =
                change(Map.of(), Map.of("extra.jar", Optional.empty(), "mended.jar", jar("extra, mended")));

        assertThat(result.status()).as("%s", result).isEqualTo(Status.APPLIED);
        assertThat(bench.snapshot.current().plugins()).containsOnlyKeys("mended.jar");
        assertThat(bench.snapshot.pending()).isEmpty();
        assertThat(bench.snapshot.unapplied()).isEmpty();
        assertThat(deployed("extra.jar")).doesNotExist();
    }

    @Test
    void whatIsThereAlreadyIsNoOtherGeneration() throws Exception {
        Map<String, Optional<String>> files = Map.of(EXTRA, Optional.of("size = 3\n"));
        long generation = change(files, Map.of("extra.jar", jar("extra"))).generation();

        ReloadResult again = change(files, Map.of("extra.jar", jar("extra")));

        assertThat(again.status()).as("%s", again).isEqualTo(Status.UNCHANGED);
        assertThat(again.generation()).isEqualTo(generation);
    }

    @Test
    void twoWhoRegisterAtOnceGetBoth() throws Exception {
        List<CompletableFuture<ReloadResult>> both = List.of(
                bench.service.apply(Map.of(), Map.of("a.jar", jar("good"), "lib.jar", jar("lib")), ANN),
                bench.service.apply(Map.of(), Map.of("b.jar", jar("needs lib"), "lib.jar", jar("lib")), ANN));

        for (CompletableFuture<ReloadResult> one : both) {
            assertThat(one.get().status()).as("%s", one.get()).isEqualTo(Status.APPLIED);
        }
        assertThat(bench.snapshot.current().plugins()).containsOnlyKeys("a.jar", "b.jar", "lib.jar");
        assertThat(deployed("a.jar")).hasContent("good");
        assertThat(deployed("b.jar")).hasContent("needs lib");
    }

    @Test
    void whereNothingCanBeWrittenIsNamed() throws Exception {
        Files.writeString(data.resolve("deploy"), "in the way");

        ReloadResult result = change(Map.of(), Map.of("extra.jar", jar("extra")));

        assertThat(result.status()).isEqualTo(Status.REJECTED);
        assertThat(result.problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("deploy")
                .doesNotContain("configuration directory");
    }

    private ReloadResult change(Map<String, Optional<String>> files, Map<String, Optional<FileContent>> jars)
            throws Exception {
        return bench.service.apply(files, jars, ANN).get();
    }

    private Path deployed(String name) throws IOException {
        return data.resolve("deploy").resolve(name);
    }

    private static Optional<FileContent> jar(String text) {
        return Optional.of(Digests.content(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** It was tried, so it does not wait for room: it would be tried again and again, and everything held for it. */
    @Test
    void oneThatWasTakenBackAsTheDiskIsFullIsNotTriedAgainByItselfNorWithEachOther() throws Exception {
        assertThat(bench.jar("x.jar", "has no room").change().status()).isEqualTo(Status.ROLLED_BACK);

        ReloadResult other = bench.jar("y.jar", "good").change();

        assertThat(other.status()).as("%s", other).isEqualTo(Status.APPLIED);
        assertThat(bench.snapshot.unapplied()).extracting(UnappliedFile::path).containsExactly("deploy/x.jar");
    }
}
