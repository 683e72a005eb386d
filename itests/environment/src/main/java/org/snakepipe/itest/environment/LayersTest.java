// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** The runtime runs in the environment prod-eu, which extends prod, which stands on base. */
@ExtendWith(BundleContextExtension.class)
class LayersTest {
    private static final String NAME = "snakepipe.itest.probe~one";
    private static final String FILE = NAME + ".cfg";

    private Scene scene;
    private BundleContext context;

    @BeforeEach
    void chain(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
        scene = new Scene(bundle).booted();
        scene.save("environments/prod-eu/environment.cfg", "extends = prod\ndescription = production, Europe\n");
        scene.save("environments/prod/environment.cfg", "description = production\n");
    }

    @AfterEach
    void leave() {
        scene.close();
    }

    private String probe() {
        ServiceReference<Probe> reference = scene.byPid(Probe.class, NAME);
        Probe probe = reference == null ? null : context.getService(reference);
        return probe == null ? "none" : probe.toString();
    }

    private ConfigState state() throws InterruptedException {
        return scene.service(ConfigManager.class).get(ConfigId.parse(NAME)).orElseThrow();
    }

    /** A component may already have values that the transaction has not yet committed. */
    private void inForce(String size, String region) throws InterruptedException {
        ConfigManager manager = scene.service(ConfigManager.class);
        Scene.await(
                "size " + size + " and region " + region,
                () -> manager.get(ConfigId.parse(NAME))
                        .map(ConfigState::values)
                        .filter(values -> isValue(values, "size", size) && isValue(values, "region", region))
                        .isPresent());
    }

    private static boolean isValue(Map<String, ConfigValue> values, String key, String text) {
        return values.containsKey(key) && text.equals(values.get(key).raw());
    }

    @Test
    void eachKeyComesFromTheHighestLayerThatHasIt() throws InterruptedException {
        scene.save("base/" + FILE, "size = 1\nregion = none\ntags = a, b\n");
        scene.save("environments/prod/" + FILE, "size = 10\n");
        scene.save("environments/prod-eu/" + FILE, "region = eu\n");

        inForce("10", "eu");
        ConfigState state = state();
        assertThat(probe()).isEqualTo("10 eu [a, b]");

        assertThat(state.state()).isEqualTo(ConfigState.State.PUBLISHED);
        assertThat(state.values().get("size").origin()).hasToString("environments/prod/" + FILE + ":1");
        assertThat(state.values().get("size").shadowed())
                .extracting(value -> value.origin().toString())
                .startsWith("base/" + FILE + ":1");
        assertThat(state.values().get("loud").origin().layer()).isEqualTo("default");
    }

    @Test
    void aBadValueIsRefusedWithItsPlaceAndNothingElseChanges() throws InterruptedException {
        scene.save("base/" + FILE, "size = 3\nregion = x\ntags = t\n");
        scene.save("environments/prod/" + FILE, "# nothing here\n");
        scene.save("environments/prod-eu/" + FILE, "# nothing here\n");
        inForce("3", "x");
        assertThat(probe()).isEqualTo("3 x [t]");

        scene.save("base/" + FILE, "region = y\n\nsize = 101\nsise = 2\n");
        ReloadResult outcome = scene.outcome(ReloadResult.Status.REJECTED, "base/" + FILE);

        assertThat(outcome.problems())
                .extracting(Object::toString)
                .anyMatch(text -> text.startsWith("base/" + FILE + ":3: size = 101 is above the maximum 100"))
                .anyMatch(text -> text.startsWith("base/" + FILE + ":4: ") && text.contains("did you mean 'size'?"));
        assertThat(probe()).isEqualTo("3 x [t]");

        scene.save("base/" + FILE, "size = 4\nregion = y\ntags = t\n");
        inForce("4", "y");
        assertThat(probe()).isEqualTo("4 y [t]");
    }

    @Test
    void aCycleIsExplainedAndRefused() throws InterruptedException {
        scene.save("environments/prod/environment.cfg", "extends = prod-eu\n");
        ReloadResult outcome =
                scene.outcome(refusal -> refusal.problems().toString().contains("prod-eu -> prod -> prod-eu"));

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(outcome.problems())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains("environment.cfg:1"));
        scene.save("environments/prod/environment.cfg", "description = production\n");
    }
}
