// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is configured is constructed later, and only with its configuration: a constructor that hangs on the thread which
 * delivers configuration would end configuration for the process.
 */
class DefinitionsIT {
    private static final List<String> DEFINITIONS = List.of(
            "org.snakepipe.api.pipeline.Source",
            "org.snakepipe.api.pipeline.Transform",
            "org.snakepipe.api.pipeline.Sink",
            "org.snakepipe.api.pipeline.Resource",
            "org.snakepipe.engine.internal.settings.PipelineDefinition");

    private static final Rule DEFINITION = Rule.ofTheHouse(
            8,
            "what is configured is delayed, requires its configuration, which is below snakepipe., and is replaced, not"
                    + " modified");

    @Test
    void definitionsAreDelayedAndRequireTheirConfiguration() throws IOException {
        List<String> definitions = new ArrayList<>();
        List<String> breaches = new ArrayList<>();
        for (Path jar : Shipped.JARS.values()) {
            for (Component component : Component.of(jar)) {
                if (isDefinition(component, Shipped.classes().get(component.implementation()))) {
                    definitions.add(component.implementation());
                    breaches.addAll(breaches(component));
                }
            }
        }

        assertThat(DEFINITIONS).as("interfaces that are there").allMatch(Shipped.classes()::contain);
        assertThat(definitions).as("definitions that were found").hasSizeGreaterThanOrEqualTo(8);
        DEFINITION.isHeld(breaches);
    }

    /** Whatever has a configuration of its own, says so or not, and whatever the engine would take for a part. */
    private static boolean isDefinition(Component component, JavaClass implementation) {
        return !component.pids().isEmpty()
                || component.policy().equals("require")
                || component.services().stream().anyMatch(DEFINITIONS::contains)
                || DEFINITIONS.stream().anyMatch(implementation::isAssignableTo);
    }

    private static List<String> breaches(Component component) {
        List<String> found = new ArrayList<>();
        if (component.immediate()) {
            found.add(
                    component.services().isEmpty()
                            ? "is immediate, because it provides no service"
                            : "is immediate; remove 'immediate = true' from @Component");
        }
        if (!component.policy().equals("require")) {
            found.add("has the configuration policy " + component.policy()
                    + "; write configurationPolicy = ConfigurationPolicy.REQUIRE");
        }
        if (component.pids().size() != 1 || !component.pids().get(0).startsWith("snakepipe.")) {
            found.add("has the configuration PIDs " + component.pids() + "; write configurationPid = \"snakepipe...\"");
        }
        if (!component.modified().isEmpty()) {
            found.add("has a method for changes, " + component.modified() + "; remove @Modified");
        }
        found.replaceAll(breach -> component.implementation() + " " + breach + " (" + component.file() + ")");
        return found;
    }

    private static Component component(String attributes, String... services) throws IOException {
        StringBuilder provided = new StringBuilder();
        for (String service : services) {
            provided.append("<provide interface='" + service + "'/>");
        }
        return Component.parse("<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.4.0' " + attributes + ">"
                + (services.length == 0 ? "" : "<service>" + provided + "</service>")
                + "<implementation class='org.example.Part'/></scr:component>");
    }

    @Test
    void acceptsWhatIsDelayedAndRequiresItsConfiguration() throws IOException {
        assertThat(breaches(component(
                        "configuration-policy='require' configuration-pid='snakepipe.sink.file'", DEFINITIONS.get(2))))
                .isEmpty();
    }

    @Test
    void namesWhatSaysThatItIsImmediate() throws IOException {
        assertThat(breaches(component(
                        "immediate='true' configuration-policy='require' configuration-pid='snakepipe.sink.file'",
                        DEFINITIONS.get(2))))
                .containsExactly("org.example.Part is immediate; remove 'immediate = true' from @Component (a.xml)");
    }

    /** SCR makes a component immediate that provides no service and does not say what it is. */
    @Test
    void namesWhatIsImmediateBecauseItProvidesNothing() throws IOException {
        assertThat(breaches(component("configuration-policy='require' configuration-pid='snakepipe.sink.file'")))
                .containsExactly("org.example.Part is immediate, because it provides no service (a.xml)");
    }

    @Test
    void namesWhatIsThereWithoutItsConfiguration() throws IOException {
        assertThat(breaches(component("", DEFINITIONS.get(2))))
                .containsExactly(
                        "org.example.Part has the configuration policy optional; write configurationPolicy ="
                                + " ConfigurationPolicy.REQUIRE (a.xml)",
                        "org.example.Part has the configuration PIDs []; write configurationPid = \"snakepipe...\" (a.xml)");
        assertThat(breaches(component(
                        "configuration-policy='ignore' configuration-pid='snakepipe.sink.file'", DEFINITIONS.get(2))))
                .singleElement()
                .asString()
                .contains("has the configuration policy ignore");
    }

    @Test
    void namesWhatIsModified() throws IOException {
        assertThat(breaches(component(
                        "modified='change' configuration-policy='require' configuration-pid='snakepipe.sink.file'",
                        DEFINITIONS.get(2))))
                .containsExactly("org.example.Part has a method for changes, change; remove @Modified (a.xml)");
    }
}
