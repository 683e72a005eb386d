// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.activated;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.activator;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.plugin;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.starting;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleEvent;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.testing.Probe;

/** Bundles that throw or hang when they start or stop. */
class StartTest extends InFramework {
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
}
