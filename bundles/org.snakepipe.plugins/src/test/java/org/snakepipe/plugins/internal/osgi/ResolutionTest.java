// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.IMPORTS;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.library;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.plugin;

import org.junit.jupiter.api.Test;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.testing.JarBuilder;

/** What people are told about a bundle that does not resolve. */
class ResolutionTest extends InFramework {
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
                        "deploy/a.jar: needs package p.a; nobody has it; and deploy/b.jar: needs package p.b; nobody has it");
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
}
