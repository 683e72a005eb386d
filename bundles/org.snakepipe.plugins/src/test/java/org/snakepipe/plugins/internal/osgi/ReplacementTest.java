// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.exporter;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.plugin;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginChange;
import org.snakepipe.plugins.testing.Probe;

/** One version of a plugin replaces another. */
class ReplacementTest extends InFramework {
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

    private static String text(Bundle bundle) throws ReflectiveOperationException {
        return (String) bundle.loadClass("p.lib.Lib").getMethod("text").invoke(null);
    }
}
