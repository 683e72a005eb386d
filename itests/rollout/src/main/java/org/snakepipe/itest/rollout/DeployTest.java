// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;
import org.snakepipe.control.WatchSource;
import org.snakepipe.itest.common.Scene;

/** What people do with jars in {@code deploy/}. */
@ExtendWith(BundleContextExtension.class)
class DeployTest {
    private static final String METATYPE = """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="x" name="x"><AD id="size" type="Integer"/></OCD>
              <Designate factoryPid="snakepipe.sink.stopped"><Object ocdref="x"/></Designate>
            </metatype:MetaData>
            """;

    private Scene scene;
    private BundleContext context;
    private Path deploy;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
        scene = new Scene(bundle).booted();
        deploy = scene.directory(House.DEPLOY);
    }

    @AfterEach
    void leave() throws Exception {
        // One after the others: all of many gone at once would be an accident.
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(deploy)) {
            all.forEach(files::add);
        }
        while (!files.isEmpty()) {
            Files.delete(files.remove(files.size() - 1));
            if (files.size() == 1) {
                Scene.await("one is left", () -> infos().size() <= 1);
            }
        }
        Scene.await("all are gone", () -> infos().isEmpty() && dropped().isEmpty());
        // Asked for after that change, and so answered when it has ended.
        scene.service(ConfigManager.class)
                .apply(Map.of(), ApplyOptions.by("test"))
                .get();
        scene.close();
    }

    private void save(String name, byte... bytes) throws IOException {
        Path beside = Files.write(deploy.resolve("." + name + ".part"), bytes);
        Files.move(beside, deploy.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is known of each file that was dropped. */
    private Map<String, PluginInfo> infos() throws InterruptedException {
        Map<String, PluginInfo> infos = new TreeMap<>();
        scene.service(PluginManager.class).list().stream()
                .filter(info -> info.kind() != Kind.SHIPPED)
                .forEach(info -> infos.put(info.file(), info));
        return infos;
    }

    private List<Bundle> dropped() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith(House.PLUGIN_LOCATION))
                .toList();
    }

    private void awaitState(String file, State state) throws InterruptedException {
        Scene.await(
                file + " is " + state,
                () -> infos().containsKey(file) && infos().get(file).state() == state);
    }

    private void awaitVersion(String file, String version) throws InterruptedException {
        Scene.await(
                file + " is active in version " + version,
                () -> infos().containsKey(file)
                        && infos().get(file).state() == State.ACTIVE
                        && infos().get(file).version().equals(version));
    }

    @Test
    void aJarOfWhichHalfIsThereIsExplainedAndCountsWhenTheRestHasCome() throws Exception {
        byte[] jar = Bundles.plugin("d.slow", "1.0.0").jar();
        int half = jar.length / 2;
        Files.write(deploy.resolve("slow.jar"), Arrays.copyOf(jar, half));
        awaitState("slow.jar", State.FAILED);

        assertThat(infos().get("slow.jar").kind()).isEqualTo(Kind.REJECTED);
        assertThat(infos().get("slow.jar").reason()).startsWith("is only part of a jar, or damaged");
        Files.write(deploy.resolve("slow.jar"), Arrays.copyOfRange(jar, half, jar.length), StandardOpenOption.APPEND);
        awaitState("slow.jar", State.ACTIVE);
    }

    @Test
    void aJarThatIsWrittenByteByByteIsOneChange() throws Exception {
        byte[] jar = Bundles.plugin("d.bytes", "1.0.0").jar();
        long before = scene.service(ConfigManager.class).generation();
        for (byte one : jar) {
            Files.write(
                    deploy.resolve("bytes.jar"),
                    new byte[] {one},
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }

        ReloadResult result = scene.outcome(Status.APPLIED, "bytes.jar");

        assertThat(result.generation()).isEqualTo(before + 1);
        assertThat(result.changes()).containsExactly("deploy/bytes.jar: new");
    }

    /** Nothing could say whether it works: SCR is silent about a bundle that does not run. */
    @Test
    void aChangeOfWhatSomebodyHasStoppedIsRefused() throws Exception {
        String file = "base/snakepipe.sink.stopped~one.cfg";
        save(
                "stopped.jar",
                Bundles.plugin("stopped", "1.0.0")
                        .entry("OSGI-INF/metatype/x.xml", METATYPE.getBytes(StandardCharsets.UTF_8))
                        .jar());
        awaitState("stopped.jar", State.ACTIVE);
        scene.save(file, "size = 1\n");
        scene.outcome(Status.APPLIED, "stopped~one");
        dropped().get(0).stop();
        try {
            scene.save(file, "size = 2\n");

            ReloadResult result = scene.outcome(outcome -> outcome.cause().contains("stopped~one"));

            assertThat(result.status()).as("%s", result).isEqualTo(Status.REJECTED);
            assertThat(result.problems().toString())
                    .contains(
                            "snakepipe.sink.stopped~one cannot come up, as somebody has stopped its bundle stopped: start it");

            dropped().get(0).start();
            ReloadResult again = scene.service(ConfigManager.class)
                    .retry(Optional.empty(), ApplyOptions.by("test"))
                    .get();
            assertThat(again.status()).as("%s", again).isEqualTo(Status.APPLIED);
        } finally {
            scene.delete(file);
            scene.outcome(Status.APPLIED, "stopped~one");
        }
    }

    @Test
    void aReplacedJarIsFollowedAndABadOneInItsPlaceEndsNothing() throws Exception {
        save("r.jar", Bundles.plugin("d.replaced", "1.0.0").jar());
        awaitVersion("r.jar", "1.0.0");

        save("r.jar", Bundles.plugin("d.replaced", "1.1.0").jar());
        awaitVersion("r.jar", "1.1.0");
        Files.write(
                deploy.resolve("r.jar"), Bundles.plugin("d.replaced", "1.0.5").jar());
        awaitVersion("r.jar", "1.0.5");
        assertThat(dropped()).hasSize(1);
        Bundle running = dropped().get(0);

        save("r.jar", "no zip".getBytes("UTF-8"));
        Scene.await(
                "it is told",
                () -> scene.service(ConfigManager.class).unapplied().stream()
                        .anyMatch(file -> file.path().equals("deploy/r.jar")
                                && file.reason().contains("is no jar")));
        assertThat(dropped()).containsExactly(running);
        assertThat(running.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void aRenamedJarGoesOnUntouched() throws Exception {
        save("before.jar", Bundles.plugin("d.renamed", "1.0.0").jar());
        awaitState("before.jar", State.ACTIVE);
        Bundle bundle = dropped().get(0);

        Files.move(deploy.resolve("before.jar"), deploy.resolve("after.jar"));
        awaitState("after.jar", State.ACTIVE);
        Scene.await("the old name is forgotten", () -> !infos().containsKey("before.jar"));

        assertThat(dropped()).containsExactly(bundle);
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void aDeletedJarGoes() throws Exception {
        save("gone.jar", Bundles.plugin("d.gone", "1.0.0").jar());
        awaitState("gone.jar", State.ACTIVE);

        Files.delete(deploy.resolve("gone.jar"));

        scene.outcome(result -> result.changes().contains("deploy/gone.jar: removed"));
        assertThat(dropped()).isEmpty();
        assertThat(infos()).isEmpty();
    }

    @Test
    void aDirectoryIsToldAndWhatLiesInItDoesNotCount() throws Exception {
        Path directory = Files.createDirectory(deploy.resolve("directory.jar"));
        Path inside = Files.write(
                directory.resolve("inside.jar"),
                Bundles.plugin("d.inside", "1.0.0").jar());
        try {
            save("beside.jar", Bundles.plugin("d.beside", "1.0.0").jar());
            awaitState("beside.jar", State.ACTIVE);

            Scene.await(
                    "it is told",
                    () -> scene.service(WatchSource.class).problems().stream()
                            .anyMatch(problem -> problem.toString().contains("directory.jar")
                                    && problem.message()
                                            .startsWith("is a directory, and what lies in it does not count")));
            assertThat(infos()).containsOnlyKeys("beside.jar");
        } finally {
            Files.delete(inside);
        }
    }

    @Test
    void whatIsNoPluginIsExplainedAndStopsNobody() throws Exception {
        byte[] good = Bundles.plugin("d.good", "1.0.0").jar();
        byte[] damaged =
                Bundles.plugin("d.damaged", "1.0.0").entry("x", new byte[900]).jar();
        damaged[damaged.length / 2] ^= 0x55;
        save(
                "bomb.jar",
                Bundles.plugin("d.bomb", "1.0.0")
                        .entry("zeros", new byte[32 << 20])
                        .jar());
        save(
                "climbs.jar",
                Bundles.plugin("d.climbs", "1.0.0")
                        .entry("../../climbs.txt", (byte) 1)
                        .jar());
        save("damaged.jar", damaged);
        save("empty.jar");
        save(
                "fragment.jar",
                Bundles.library("d.part", "1.0.0")
                        .header("Fragment-Host", "org.snakepipe.api")
                        .jar());
        save("good.jar", good);
        save("notes.jar", "not a zip".getBytes("UTF-8"));
        awaitState("good.jar", State.ACTIVE);
        Scene.await("all are known", () -> infos().size() == 7);

        Map<String, String> reasons = new TreeMap<>();
        infos().forEach((file, info) -> reasons.put(file, info.reason()));
        assertThat(reasons.get("bomb.jar")).startsWith("grows from");
        assertThat(reasons.get("climbs.jar")).startsWith("has an entry called '../../climbs.txt'");
        assertThat(reasons.get("damaged.jar")).containsAnyOf("damaged", "cannot be read");
        assertThat(reasons.get("empty.jar")).startsWith("is empty");
        assertThat(reasons.get("fragment.jar")).startsWith("is a fragment of org.snakepipe.api");
        assertThat(reasons.get("good.jar")).isEmpty();
        assertThat(reasons.get("notes.jar")).startsWith("is no jar");
        assertThat(dropped()).extracting(Bundle::getSymbolicName).containsExactly("d.good");
        assertThat(deploy.resolve("../climbs.txt")).doesNotExist();
    }

    @Test
    void ofTwoVersionsTheHigherOneIsUsedAndTheOtherTakesItsPlace() throws Exception {
        save("new.jar", Bundles.plugin("d.versions", "2.0.0").jar());
        save("old.jar", Bundles.plugin("d.versions", "1.0.0").jar());
        awaitState("new.jar", State.ACTIVE);
        awaitState("old.jar", State.WAITING);
        assertThat(infos().get("old.jar").reason()).startsWith("deploy/new.jar is the newer d.versions 2.0.0");

        Files.delete(deploy.resolve("new.jar"));
        awaitState("old.jar", State.ACTIVE);

        assertThat(dropped())
                .extracting(bundle -> bundle.getVersion().toString())
                .containsExactly("1.0.0");
    }

    @Test
    void theSameContentUnderTwoNamesIsInstalledOnce() throws Exception {
        byte[] jar = Bundles.plugin("d.twice", "1.0.0").jar();
        save("one.jar", jar);
        save("two.jar", jar);
        awaitState("one.jar", State.ACTIVE);
        awaitState("two.jar", State.ACTIVE);
        assertThat(dropped()).hasSize(1);
        Bundle bundle = dropped().get(0);
        assertThat(infos().values())
                .extracting(PluginInfo::reason)
                .containsExactlyInAnyOrder("", "has the same content as deploy/one.jar");

        Files.delete(deploy.resolve("one.jar"));
        Scene.await("one is forgotten", () -> !infos().containsKey("one.jar"));

        assertThat(infos().get("two.jar").state()).isEqualTo(State.ACTIVE);
        assertThat(infos().get("two.jar").reason()).isEmpty();
        assertThat(dropped()).containsExactly(bundle);
    }

    @Test
    void jarsThatAreDroppedTogetherAreOneSetWhateverTheirNames() throws Exception {
        long before = scene.service(ConfigManager.class).generation();
        save(
                "a.jar",
                Bundles.plugin("d.a", "1.0.0").header("Import-Package", "d.lib").jar());
        save(
                "b.jar",
                Bundles.plugin("d.b", "1.0.0").header("Import-Package", "d.lib").jar());
        save(
                "z.jar",
                Bundles.library("d.lib", "1.0.0")
                        .header("Export-Package", "d.lib")
                        .jar());

        ReloadResult result = scene.outcome(Status.APPLIED, "z.jar");

        assertThat(result.generation()).isEqualTo(before + 1);
        assertThat(result.changes()).containsExactly("deploy/a.jar: new", "deploy/b.jar: new", "deploy/z.jar: new");
        assertThat(infos().values()).extracting(PluginInfo::state).containsOnly(State.ACTIVE);
    }

    @Test
    void aPluginThatLacksSomethingIsUsedAsSoonAsThatHasCome() throws Exception {
        save(
                "needs.jar",
                Bundles.plugin("d.needs", "1.0.0")
                        .header("Import-Package", "d.late")
                        .jar());
        awaitState("needs.jar", State.FAILED);
        assertThat(infos().get("needs.jar").reason()).contains("d.late");

        save(
                "late.jar",
                Bundles.library("d.late", "1.0.0")
                        .header("Export-Package", "d.late")
                        .jar());
        awaitState("needs.jar", State.ACTIVE);

        Scene.await(
                "nothing is held",
                () -> scene.service(ConfigManager.class).unapplied().stream()
                        .noneMatch(file -> file.path().startsWith("deploy/")));
    }
}
