// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakepipe.schema.RuleSource;

class SelectionsTest {
    private static final RuleSource NO_RULES = new RuleSource("none", List.of(), path -> Optional.empty());

    private final Selections selections = new Selections();
    private final Map<PluginJar, String> wanted = new HashMap<>(Map.of(plugin("one", "sink one"), "one.jar"));
    private Map<String, ShippedPlugin> shipped = Map.of();

    @Test
    void choosesOnceForTheSame() {
        Selection first = selections.of(wanted, shipped);

        assertThat(first.chosen()).containsOnlyKeys("one");
        assertThat(selections.of(Map.copyOf(wanted), shipped)).isSameAs(first);
    }

    @Test
    void choosesAgainWhenAJarComesOrIsCalledOtherwise() {
        selections.of(wanted, shipped);

        wanted.put(plugin("two", "sink two"), "two.jar");
        assertThat(selections.of(wanted, shipped).chosen()).containsOnlyKeys("one", "two");

        wanted.put(plugin("two", "sink two"), "three.jar");
        assertThat(selections.of(wanted, shipped).chosen()).containsEntry("two", "three.jar");
    }

    @Test
    void choosesAgainWhenAnotherBundleIsShipped() {
        selections.of(wanted, shipped);

        shipped = Map.of("ours", new ShippedPlugin("ours", "1.0.0", List.of("sink one"), List.of(), NO_RULES));
        assertThat(selections.of(wanted, shipped).waiting()).containsOnlyKeys("one");
    }

    private static PluginJar plugin(String digest, String provides) {
        return new PluginJar(
                digest,
                new BundleManifest(
                        "plugin." + digest,
                        BundleVersion.parse("1.0.0"),
                        List.of(provides),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of()),
                List.of(),
                NO_RULES,
                "");
    }
}
