// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.IMPORTS;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.activator;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.importer;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.library;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.plugins.testing.JarBuilder;
import org.snakepipe.plugins.testing.Probe;

/** Libraries and the plugins that import from them. */
class LibraryTest extends InFramework {
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
        running.shipImporter("p.lib");
        running.stage("lib.jar", library("1.0.1", "two").content());

        assertThatThrownBy(running::prepare)
                .hasMessage(
                        "deploy/lib.jar: cannot go or be replaced while the product runs: ours, which is part of it, "
                                + "uses it; restart to apply this");
        assertThat(states()).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void theJarThatWouldTakeThePlaceOfWhatTheProductUsesIsRefused() throws Exception {
        running.stage(
                "a-free.jar", JarBuilder.plugin("free", "1", "sink", "free").content());
        running.stage(
                "z-lib.jar",
                JarBuilder.plugin("lib", "1", "sink", "l")
                        .library("p.lib", "1.0", "one")
                        .content());
        running.apply();
        running.shipImporter("p.lib");
        running.stage(
                "a-free.jar", JarBuilder.plugin("free", "2", "sink", "free").content());
        running.stage(
                "lib-2.jar",
                JarBuilder.plugin("lib", "2", "sink", "l")
                        .library("p.lib", "1.0", "two")
                        .content());

        assertThatThrownBy(running::prepare).hasMessageStartingWith("deploy/lib-2.jar: cannot go or be replaced");
    }
}
