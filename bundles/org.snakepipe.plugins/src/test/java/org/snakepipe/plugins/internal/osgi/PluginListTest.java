// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.testing.JarBuilder;

class PluginListTest extends InFramework {
    @Test
    void listsByKindAndName() throws Exception {
        ship("z.shipped", "source z").start();
        running.ship("file:/bundles/log.jar", JarBuilder.bundle("log", "1").content());
        running.stage(
                "plugin.jar", JarBuilder.plugin("plugin", "1", "sink", "p").content());
        running.stage("b.jar", JarBuilder.bundle("a.library", "1").content());
        running.apply();
        rejected("bad.jar", new byte[0]);

        assertThat(running.list.list())
                .extracting(info -> info.kind() + " " + info.file() + " " + info.state())
                .containsExactly(
                        "SHIPPED z.shipped.jar ACTIVE",
                        "PLUGIN plugin.jar ACTIVE",
                        "LIBRARY b.jar ACTIVE",
                        "REJECTED bad.jar FAILED");
    }

    @Test
    void saysWhatIsMissingToAShippedPlugin() throws Exception {
        running.ship(
                "file:/bundles/s.jar",
                JarBuilder.plugin("s", "1", "sink", "s")
                        .header("Import-Package", "p.none")
                        .content());

        assertThat(running.list.why("s"))
                .containsExactly(
                        "s 1.0.0 came with the product, in s.jar.",
                        "It provides sink s.",
                        "It waits: needs package p.none; nobody has it.",
                        "Its bundle 1 is INSTALLED.");
    }

    @Test
    void saysThatAShippedPluginIsNotStarted() throws Exception {
        Bundle bundle = ship("s", "sink s");
        bundle.start();
        bundle.stop();

        assertThat(running.list.why("s"))
                .contains("It is not in use: its bundle is not started.", "Its bundle 1 is RESOLVED.");
    }

    @Test
    void explainsByNameByFileAndByPath() throws Exception {
        running.stage(
                "my.jar",
                JarBuilder.bundle("lib", "1")
                        .header("Export-Package", "p.a,p.b")
                        .content());
        running.apply();
        List<String> expected = List.of(
                "lib 1.0.0 is a library, dropped as deploy/my.jar.",
                "It exports p.a, p.b.",
                "It is active.",
                "Its bundle 1 is ACTIVE.");

        assertThat(running.list.why("lib")).isEqualTo(expected);
        assertThat(running.list.why("my.jar")).isEqualTo(expected);
        assertThat(running.list.why("deploy/my.jar")).isEqualTo(expected);
    }

    @Test
    void explainsARejection() throws Exception {
        rejected("bad.jar", new byte[0]);

        assertThat(running.list.why("bad.jar"))
                .containsExactly(
                        "deploy/bad.jar was rejected.", "It is not in use: is empty (0 bytes); copy it again.");
    }

    @Test
    void knowsNobodyOfAnotherName() {
        assertThat(running.list.why("nobody")).isEmpty();
    }

    @Test
    void showsWhatRunsBesideTheRejectedContentOfItsFile() throws Exception {
        running.stage("my.jar", JarBuilder.plugin("my", "1", "sink", "my").content());
        running.apply();
        FileContent next = JarBuilder.plugin("my", "2", "sink", "my")
                .header("Import-Package", "p.none")
                .content();
        running.installer.stage("my.jar", next);
        running.installer.rejected("my.jar", next.digest(), "needs package p.none");

        assertThat(running.list.list())
                .extracting(PluginInfo::version, PluginInfo::state, PluginInfo::kind)
                .containsExactlyInAnyOrder(
                        tuple("2.0.0", State.FAILED, Kind.PLUGIN), tuple("1.0.0", State.ACTIVE, Kind.PLUGIN));
    }

    @Test
    void showsALazyBundleAsActive() throws Exception {
        running.stage(
                "lazy.jar",
                JarBuilder.bundle("lazy", "1")
                        .header("Bundle-ActivationPolicy", "lazy")
                        .content());

        running.apply();

        assertThat(running.only().getState()).isEqualTo(Bundle.STARTING);
        assertThat(running.list.list().get(0).state()).isEqualTo(State.ACTIVE);
    }

    private Bundle ship(String name, String provides) throws Exception {
        String[] words = provides.split(" ");
        return running.ship(
                "file:/bundles/" + name + ".jar",
                JarBuilder.plugin(name, "1", words[0], words[1]).content());
    }

    private void rejected(String file, byte[] bytes) {
        assertThatThrownBy(() -> running.installer.stage(file, JarBuilder.content(bytes)))
                .isInstanceOf(PluginRejected.class);
    }
}
