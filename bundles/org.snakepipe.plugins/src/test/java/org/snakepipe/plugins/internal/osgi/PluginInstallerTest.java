// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.testing.JarBuilder;
import org.snakepipe.plugins.testing.Probe;

class PluginInstallerTest {
    private static final String IMPORTS = "org.osgi.framework,org.snakepipe.plugins.testing";

    @TempDir
    Path directory;

    private RunningFramework running;

    @BeforeEach
    void start() throws Exception {
        running = new RunningFramework(directory);
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void installsAtALocationThatSaysTheDigest() throws Exception {
        FileContent jar = plugin("1.0.0").content();
        running.stage("sink.jar", jar);

        running.apply();

        assertThat(running.only().getLocation()).isEqualTo("snakepipe:plugin/" + jar.digest());
        assertThat(running.only().getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(RunningFramework.said()).isEqualTo("start 1.0.0");
    }

    @Test
    void changesNothingWhenAllIsThere() throws Exception {
        running.stage("sink.jar", plugin("1.0.0").content());
        running.apply();
        Bundle before = running.only();

        PluginChange change = running.prepare();

        assertThat(change.isEmpty()).isTrue();
        change.commit();
        assertThat(running.only()).isSameAs(before);
    }

    @Test
    void resolvesBesideWhatRunsAndStopsItOnlyWhenTold() throws Exception {
        FileContent old = plugin("1.0.0").content();
        FileContent now = plugin("1.1.0").content();
        running.stage("sink.jar", old);
        running.apply();
        running.stage("sink.jar", now);

        PluginChange change = running.prepare();

        assertThat(change.arriving()).containsExactly(now.digest());
        assertThat(change.leaving()).containsExactly(old.digest());
        assertThat(states()).containsExactly("1.0.0 ACTIVE", "1.1.0 RESOLVED");
        RunningFramework.start(change);
        assertThat(states()).containsExactly("1.0.0 RESOLVED", "1.1.0 ACTIVE");
        change.commit();
        assertThat(states()).containsExactly("1.1.0 ACTIVE");
        assertThat(Probe.SAID).containsExactly("start 1.0.0", "stop 1.0.0", "start 1.1.0");
        assertThat(running.removalPending()).isEmpty();
    }

    @Test
    void startsTheOldOneAgainWhenTheChangeIsUndone() throws Exception {
        running.stage("sink.jar", plugin("1.0.0").content());
        running.apply();
        BundleWiring wiring = running.only().adapt(BundleWiring.class);
        running.stage("sink.jar", plugin("1.1.0").content());
        PluginChange change = running.prepare();
        RunningFramework.start(change);

        change.undo();

        assertThat(states()).containsExactly("1.0.0 ACTIVE");
        assertThat(running.only().adapt(BundleWiring.class)).isSameAs(wiring);
        assertThat(Probe.SAID).containsExactly("start 1.0.0", "stop 1.0.0", "start 1.1.0", "stop 1.1.0", "start 1.0.0");
        assertThat(running.removalPending()).isEmpty();
    }

    @Test
    void undoesWhatWasOnlyPrepared() throws Exception {
        running.stage("sink.jar", plugin("1.0.0").content());
        running.apply();
        running.stage("sink.jar", plugin("1.1.0").content());
        PluginChange change = running.prepare();

        change.undo();

        assertThat(states()).containsExactly("1.0.0 ACTIVE");
        assertThat(Probe.SAID).containsExactly("start 1.0.0");
    }

    @Test
    void takesItsOwnPackageFromItselfAndNotFromItsPredecessor() throws Exception {
        running.stage("sink.jar", exporter("one").content());
        running.apply();
        running.stage("sink.jar", exporter("two").content());

        running.apply();

        assertThat(text(running.only())).isEqualTo("two");
        assertThat(FrameworkUtil.getBundle(running.only().loadClass("p.lib.Lib")))
                .isEqualTo(running.only());
        assertThat(running.removalPending()).isEmpty();
    }

    @Test
    void replacesASingleton() throws Exception {
        running.stage(
                "one.jar",
                plugin("1.0.0")
                        .header("Bundle-SymbolicName", "s;singleton:=true")
                        .content());
        running.apply();
        running.remove("one.jar");
        running.stage(
                "two.jar",
                plugin("1.1.0")
                        .header("Bundle-SymbolicName", "s;singleton:=true")
                        .content());

        running.apply();

        assertThat(states()).containsExactly("1.1.0 ACTIVE");
        assertThat(running.removalPending()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenAPluginDoesNotResolve() throws Exception {
        running.stage("lib.jar", library("1.9.0", "one").content());
        running.apply();
        running.stage(
                "my.jar",
                plugin("1.0.0")
                        .header("Import-Package", IMPORTS + ",p.lib;version=\"[2.0,3.0)\",p.none")
                        .content());

        assertThatThrownBy(running::prepare)
                .isInstanceOf(PluginRejected.class)
                .hasMessage("deploy/my.jar: needs package p.lib [2.0.0,3.0.0); 1.9.0 is exported by p.lib 1.9.0; it "
                        + "needs package p.none; nobody has it");

        assertThat(states()).containsExactly("1.9.0 ACTIVE");
        assertThat(running.removalPending()).isEmpty();
    }

    @Test
    void namesEachPluginThatDoesNotResolve() throws Exception {
        running.stage(
                "a.jar",
                JarBuilder.plugin("a", "1.0.0", "sink", "a")
                        .header("Import-Package", "p.a")
                        .content());
        running.stage(
                "b.jar",
                JarBuilder.plugin("b", "1.0.0", "sink", "b")
                        .header("Import-Package", "p.b")
                        .content());

        assertThatThrownBy(running::prepare)
                .hasMessage(
                        "deploy/a.jar: needs package p.a; nobody has it; and deploy/b.jar needs package p.b; nobody has it");
    }

    @Test
    void saysWhichJavaIsNeeded() throws Exception {
        running.stage(
                "java.jar",
                JarBuilder.plugin("java", "1.0.0", "sink", "java")
                        .header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"")
                        .content());

        assertThatThrownBy(running::prepare)
                .hasMessage("deploy/java.jar: needs Java 99; this is Java "
                        + Runtime.version().feature());
    }

    @Test
    void goesDownTheChain() throws Exception {
        running.stage(
                "lib.jar",
                library("1.0.0", "one").header("Import-Package", "p.deep").content());
        running.stage(
                "my.jar",
                plugin("1.0.0").header("Import-Package", IMPORTS + ",p.lib").content());

        assertThatThrownBy(running::prepare)
                .hasMessage("deploy/my.jar: needs deploy/lib.jar, which needs package p.deep; nobody has it");
        assertThat(running.plugins()).isEmpty();
    }

    @Test
    void saysThatThingsDoNotFitTogether() throws Exception {
        running.stage(
                "v1.jar",
                JarBuilder.bundle("v1", "1.0.0")
                        .header("Export-Package", "q;version=1")
                        .content());
        running.stage(
                "v2.jar",
                JarBuilder.bundle("v2", "1.0.0")
                        .header("Export-Package", "q;version=2")
                        .content());
        running.stage(
                "uses.jar",
                JarBuilder.bundle("uses", "1.0.0")
                        .header("Export-Package", "r;uses:=q")
                        .header("Import-Package", "q;version=\"[1,1]\"")
                        .content());
        running.stage(
                "my.jar",
                JarBuilder.plugin("my", "1.0.0", "sink", "my")
                        .header("Import-Package", "q;version=\"[2,2]\",r")
                        .content());

        assertThatThrownBy(running::prepare)
                .hasMessageStartingWith("deploy/my.jar: does not fit together with what is there: ")
                .hasMessageContaining("'q'");
    }

    @Test
    void letsALibraryWaitUntilWhatItNeedsArrives() throws Exception {
        running.stage(
                "driver.jar",
                library("1.0.0", "one").header("Import-Package", "p.deep").content());
        running.apply();

        assertThat(running.plugins()).isEmpty();
        assertThat(info("driver.jar").state()).isEqualTo(State.WAITING);
        assertThat(info("driver.jar").reason()).isEqualTo("needs package p.deep; nobody has it");

        running.stage(
                "deep.jar",
                JarBuilder.bundle("deep", "1.0.0")
                        .header("Export-Package", "p.deep")
                        .content());
        running.apply();

        assertThat(info("driver.jar").state()).isEqualTo(State.ACTIVE);
        assertThat(running.plugins()).hasSize(2);
    }

    @Test
    void startsALibraryBeforeThePluginThatNeedsIt() throws Exception {
        running.stage("a-plugin.jar", importer().content());
        running.stage(
                "z-library.jar",
                library("1.0.0", "one")
                        .header("Import-Package", IMPORTS)
                        .header("Bundle-Activator", "p.own.Start")
                        .classes("p.own.Start", activator("p.own", "Probe.SAID.add(\"library\");", ""))
                        .content());

        running.apply();

        assertThat(Probe.SAID).containsExactly("library", "start one");
    }

    @Test
    void takesAPluginAlongWhenItsLibraryIsReplaced() throws Exception {
        FileContent plugin = importer().content();
        running.stage("plugin.jar", plugin);
        running.stage("lib.jar", library("1.0.0", "one").content());
        running.apply();
        running.stage("lib.jar", library("1.0.1", "two").content());

        running.apply();

        assertThat(Probe.SAID).containsExactly("start one", "start two");
        assertThat(running.plugins())
                .extracting(Bundle::getLocation)
                .contains("snakepipe:plugin/" + plugin.digest() + "#1")
                .hasSize(2);
        assertThat(running.removalPending()).isEmpty();
    }

    @Test
    void goesBackToTheOldLibraryWithTheOldWiring() throws Exception {
        running.stage("plugin.jar", importer().content());
        running.stage("lib.jar", library("1.0.0", "one").content());
        running.apply();
        List<Bundle> before = running.plugins();
        running.stage("lib.jar", library("1.0.1", "two").content());
        PluginChange change = running.prepare();
        RunningFramework.start(change);

        change.undo();

        assertThat(running.plugins()).isEqualTo(before).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
        assertThat(Probe.SAID).containsExactly("start one", "start two", "start one");
        assertThat(running.removalPending()).isEmpty();
    }

    @Test
    void refusesToTakeAwayALibraryThatAPluginNeeds() throws Exception {
        running.stage("plugin.jar", importer().content());
        running.stage("lib.jar", library("1.0.0", "one").content());
        running.apply();
        running.remove("lib.jar");

        assertThatThrownBy(running::prepare).hasMessage("deploy/plugin.jar: needs package p.lib; nobody has it");

        assertThat(running.plugins()).hasSize(2).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
    }

    @Test
    void refusesToReplaceWhatTheProductUses() throws Exception {
        running.stage("lib.jar", library("1.0.0", "one").content());
        running.apply();
        running.ship(
                        "file:/bundles/ours.jar",
                        JarBuilder.bundle("ours", "1")
                                .header("Import-Package", "p.lib")
                                .content())
                .start();
        running.stage("lib.jar", library("1.0.1", "two").content());

        assertThatThrownBy(running::prepare)
                .hasMessage(
                        "deploy/lib.jar: cannot go or be replaced while the product runs: ours, which is part of it, "
                                + "uses it; restart to apply this");
        assertThat(states()).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void rejectsWhatThrowsWhenItStarts() throws Exception {
        running.stage("sink.jar", plugin("1.0.0").content());
        running.apply();
        running.stage(
                "sink.jar",
                starting("1.1.0", "throw new IllegalStateException(\"no table\");")
                        .content());
        PluginChange change = running.prepare();

        assertThatThrownBy(() -> RunningFramework.start(change))
                .isInstanceOf(PluginRejected.class)
                .hasMessage("deploy/sink.jar: does not start: java.lang.IllegalStateException: no table");
        change.undo();

        assertThat(states()).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void givesUpWhatHangsWhenItStarts() throws Exception {
        running.stage("sink.jar", plugin("1.0.0").content());
        running.apply();
        Probe.SAID.clear();
        Probe.gate = new CountDownLatch(1);
        FileContent hanging =
                starting("1.1.0", "Probe.SAID.add(\"hangs\"); Probe.hang();").content();
        running.stage("sink.jar", hanging);
        PluginChange change = running.prepare();
        change.stopLeaving();

        assertThatThrownBy(() -> change.startArriving(Duration.ofMillis(300)))
                .isInstanceOf(PluginRejected.class)
                .hasMessageStartingWith(
                        "deploy/sink.jar: does not start within 300 ms: thread 'snakepipe start p.sink' "
                                + "is at org.snakepipe.plugins.testing.Probe.hang(Probe.java:");
        change.undo();

        assertThat(Probe.SAID).containsExactly("stop 1.0.0", "hangs", "interrupted", "start 1.0.0");
        assertThat(states()).containsExactly("1.0.0 ACTIVE", "1.1.0 STARTING");
        assertThat(running.installer.prepare(Map.of()).leaving()).doesNotContain(hanging.digest());
    }

    @Test
    void uninstallsWhatHungAsSoonAsItEnds() throws Exception {
        CountDownLatch uninstalled = new CountDownLatch(1);
        running.context().addBundleListener(event -> {
            if (event.getType() == BundleEvent.UNINSTALLED) {
                uninstalled.countDown();
            }
        });
        Probe.gate = new CountDownLatch(1);
        running.stage("sink.jar", starting("1.1.0", "Probe.hang();").content());
        PluginChange change = running.prepare();
        assertThatThrownBy(() -> change.startArriving(Duration.ofMillis(100))).isInstanceOf(PluginRejected.class);
        change.undo();

        Probe.gate.countDown();

        assertThat(uninstalled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.plugins()).isEmpty();
    }

    @Test
    void goesOnWhenWhatLeavesDoesNotStop() throws Exception {
        Probe.gate = new CountDownLatch(1);
        running.stage(
                "sink.jar",
                activated("1.0.0", activator("p.sink", "", "Probe.hang();")).content());
        running.apply();
        running.stage("sink.jar", plugin("1.1.0").content());

        running.apply();

        assertThat(Probe.SAID).contains("start 1.1.0");
        assertThat(info("sink.jar").version()).isEqualTo("1.1.0");
        assertThat(info("sink.jar").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void interruptsWhatStartsWhenTheRolloutIsInterrupted() throws Exception {
        Probe.gate = new CountDownLatch(1);
        running.stage("sink.jar", starting("1.0.0", "Probe.hang();").content());
        PluginChange change = running.prepare();

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> change.startArriving(Duration.ofSeconds(10))).isInstanceOf(InterruptedException.class);
        assertThat(RunningFramework.said()).isEqualTo("interrupted");
        Probe.gate.countDown();
        Thread.currentThread().interrupt();
        change.undo();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(running.plugins()).isEmpty();
    }

    @Test
    void choosesTheHigherVersionOfTwo() throws Exception {
        running.stage("new.jar", plugin("1.10.0").content());
        running.stage("old.jar", plugin("1.9.0").content());

        running.apply();

        assertThat(states()).containsExactly("1.10.0 ACTIVE");
        assertThat(info("old.jar").state()).isEqualTo(State.WAITING);
        assertThat(info("old.jar").reason()).isEqualTo("deploy/new.jar is the newer p.sink 1.10.0; remove one of them");
    }

    @Test
    void installsOneContentOnce() throws Exception {
        FileContent jar = plugin("1.0.0").content();
        running.installer.stage("b.jar", jar);
        running.stage("a.jar", jar);

        running.apply();

        assertThat(running.plugins()).hasSize(1);
        assertThat(info("a.jar").reason()).isEmpty();
        assertThat(info("b.jar").state()).isEqualTo(State.ACTIVE);
        assertThat(info("b.jar").reason()).isEqualTo("has the same content as deploy/a.jar");
    }

    @Test
    void rejectsWhatTheFrameworkRefuses() throws Exception {
        running.stage(
                "odd.jar",
                JarBuilder.bundle("odd", "1").header("Import-Package", "a,a").content());

        assertThatThrownBy(running::prepare).hasMessageStartingWith("deploy/odd.jar: is refused by the framework: ");
        assertThat(running.plugins()).isEmpty();
    }

    @Test
    void installsAgainFromStagedCopiesAfterARestart() throws Exception {
        FileContent jar = plugin("1.0.0").content();
        running.stage("sink.jar", jar);
        running.apply();
        running.close();
        running = new RunningFramework(directory);

        PluginChange change = running.installer.prepare(Map.of(jar.digest(), "sink.jar"));
        RunningFramework.start(change);
        change.commit();

        assertThat(states()).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void rejectsADigestThatNobodyStaged() {
        assertThatThrownBy(() -> running.installer.prepare(Map.of("abc", "x.jar")))
                .isInstanceOf(PluginRejected.class)
                .hasMessageStartingWith("deploy/x.jar: is needed with the content abc, and there is no copy at ");
    }

    @Test
    void deletesCopiesThatNeitherThisNorThePreviousChangeUses() throws Exception {
        FileContent first = plugin("1.0.0").content();
        running.stage("sink.jar", first);
        running.apply();
        running.stage("sink.jar", plugin("1.1.0").content());
        running.apply();
        assertThat(copy(first)).exists();
        running.stage("sink.jar", plugin("1.2.0").content());

        running.apply();

        assertThat(copy(first)).doesNotExist();
        try (Stream<Path> copies = Files.list(directory.resolve("data/plugins"))) {
            assertThat(copies).hasSize(2);
        }
    }

    @Test
    void tellsWhatItStaged() throws Exception {
        FileContent jar = plugin("1.0.0").content();

        PluginInfo before = running.installer.stage("sink.jar", jar);

        assertThat(before.state()).isEqualTo(State.WAITING);
        assertThat(before.reason()).isEqualTo("is checked and not in use yet");
        running.stage("sink.jar", jar);
        running.apply();
        assertThat(running.installer.stage("sink.jar", jar).state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void remembersRejectionsUntilTheFileIsGone() throws Exception {
        running.installer.rejected("bad.jar", "abc", "is no jar");
        assertThat(info("bad.jar").reason()).isEqualTo("is no jar");

        running.installer.retain(Set.of());

        assertThat(running.list.list()).isEmpty();
    }

    @Test
    void takesItsHookBack() {
        running.installer.close();

        assertThat(running.framework.getRegisteredServices())
                .extracting(reference -> ((String[]) reference.getProperty("objectClass"))[0])
                .doesNotContain("org.osgi.framework.hooks.resolver.ResolverHookFactory");
    }

    private static JarBuilder plugin(String version) {
        String stop = "Probe.SAID.add(\"stop " + version + "\");";
        String start = "Probe.SAID.add(\"start " + version + "\");";
        return activated(version, activator("p.sink", start, stop));
    }

    private static JarBuilder starting(String version, String start) {
        return activated(version, activator("p.sink", start, ""));
    }

    private static JarBuilder activated(String version, String source) {
        return JarBuilder.plugin("p.sink", version, "sink", "probe")
                .header("Import-Package", IMPORTS)
                .header("Bundle-Activator", "p.sink.Start")
                .classes("p.sink.Start", source);
    }

    private static String activator(String packageName, String start, String stop) {
        return "package " + packageName + "; import org.osgi.framework.*; import org.snakepipe.plugins.testing.Probe;"
                + " public class Start implements BundleActivator {"
                + " public void start(BundleContext context) { " + start + " }"
                + " public void stop(BundleContext context) { " + stop + " } }";
    }

    /** A plugin that says on start what its library says. */
    private static JarBuilder importer() {
        String start = "try { Probe.SAID.add(\"start \" + getClass().getClassLoader().loadClass(\"p.lib.Lib\")"
                + ".getMethod(\"text\").invoke(null)); }"
                + " catch (ReflectiveOperationException e) { throw new IllegalStateException(e); }";
        return starting("1.0.0", start).header("Import-Package", IMPORTS + ",p.lib");
    }

    private static JarBuilder library(String version, String text) {
        return JarBuilder.bundle("p.lib", version).library("p.lib", version, text);
    }

    /** As bnd builds it: what exports a package imports it too. */
    private static JarBuilder exporter(String text) {
        return JarBuilder.plugin("p.sink", "1.0.0", "sink", "probe")
                .library("p.lib", "1.0.0", text)
                .header("Import-Package", "p.lib");
    }

    private static String text(Bundle bundle) throws ReflectiveOperationException {
        return (String) bundle.loadClass("p.lib.Lib").getMethod("text").invoke(null);
    }

    private PluginInfo info(String file) {
        return running.list.list().stream()
                .filter(info -> info.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private Path copy(FileContent content) {
        return directory.resolve("data/plugins").resolve(content.digest() + ".jar");
    }

    private List<String> states() {
        return running.plugins().stream()
                .map(bundle -> bundle.getVersion() + " " + name(bundle.getState()))
                .sorted()
                .toList();
    }

    private static String name(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STARTING -> "STARTING";
            default -> String.valueOf(state);
        };
    }
}
