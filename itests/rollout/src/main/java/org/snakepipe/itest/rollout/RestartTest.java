// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** The bundle of the rollout alone is stopped and started in a framework that runs on. */
@ExtendWith(BundleContextExtension.class)
class RestartTest {
    private static final String STAYS = Delicate.PID + "~stays";
    private static final String GOES = Delicate.PID + "~goes";
    private static final String THIRD = "com.example.unmanaged";

    private Scene scene;
    private BundleContext context;
    private Bundle rollout;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
        scene = new Scene(bundle).booted();
        rollout = Stream.of(bundle.getBundles())
                .filter(one -> one.getSymbolicName().equals("org.snakepipe.rollout"))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void leave() {
        scene.close();
    }

    private String mood(String pid) {
        ServiceReference<Delicate> reference = scene.byPid(Delicate.class, pid);
        Delicate delicate = reference == null ? null : context.getService(reference);
        return delicate == null ? "none" : delicate.mood();
    }

    private List<String> published() throws Exception {
        Configuration[] found = scene.service(ConfigurationAdmin.class).listConfigurations(null);
        return Stream.of(found == null ? new Configuration[0] : found)
                .map(Configuration::getPid)
                .toList();
    }

    private static String file(String pid) {
        return "base/" + pid + ".cfg";
    }

    @Test
    void whatIsConfiguredNoLongerGoesAndWhatIsStaysAndWhatIsOfOthersIsLeftAlone() throws Exception {
        scene.save(file(STAYS), "mood = fine\n");
        scene.outcome(ReloadResult.Status.APPLIED, STAYS);
        scene.save(file(GOES), "mood = fine\n");
        scene.outcome(ReloadResult.Status.APPLIED, GOES);
        Delicate before = context.getService(scene.byPid(Delicate.class, STAYS));
        scene.service(ConfigurationAdmin.class).getConfiguration(THIRD, "?").update(new Hashtable<>(Map.of("a", "b")));

        rollout.stop(Bundle.STOP_TRANSIENT);
        scene.delete(file(GOES));
        assertThat(mood(STAYS) + mood(GOES)).as("what is published stays").isEqualTo("finefine");
        rollout.start(Bundle.START_TRANSIENT);
        scene.booted();

        assertThat(scene.service(ConfigManager.class).lastResult().orElseThrow().status())
                .isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(scene.byPid(Delicate.class, GOES)).isNull();
        assertThat(published()).contains(STAYS, THIRD).doesNotContain(GOES);
        assertThat(context.getService(scene.byPid(Delicate.class, STAYS)).mood())
                .isEqualTo(before.mood());

        scene.save(file(STAYS), "mood = better\n");
        scene.outcome(ReloadResult.Status.APPLIED, STAYS);
        assertThat(mood(STAYS)).isEqualTo("better");
        scene.delete(file(STAYS));
        scene.outcome(ReloadResult.Status.APPLIED, STAYS);
    }
}
