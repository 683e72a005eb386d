// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakepipe.schema.RuleSource;

class SelectionTest {
    private static final RuleSource NO_RULES = new RuleSource("none", List.of(), path -> Optional.empty());

    private final Map<PluginJar, String> wanted = new LinkedHashMap<>();
    private List<ShippedPlugin> shipped = List.of();

    @Test
    void choosesTheHigherVersionOfAPlugin() {
        plugin("new", "p", "1.10.0", "sink p", "a.jar");
        plugin("old", "p", "1.9.0", "sink p", "b.jar");

        assertThat(select().chosen()).containsOnlyKeys("new");
        assertThat(select().waiting()).containsEntry("old", "deploy/a.jar is the newer p 1.10.0; remove one of them");
    }

    @Test
    void choosesTheFileThatSortsLastOfEqualVersions() {
        plugin("z", "p", "1.0.0", "sink p", "z.jar");
        plugin("a", "p", "1.0.0", "sink p", "a.jar");

        assertThat(select().chosen()).containsExactly(Map.entry("z", "z.jar"));
        assertThat(select().waiting())
                .containsEntry("a", "deploy/z.jar is p 1.0.0 too, and its name sorts last; remove one of them");
    }

    @Test
    void letsTwoVersionsOfALibraryBe() {
        library("one", "lib", "1.0.0", "a.jar");
        library("two", "lib", "2.0.0", "b.jar");

        assertThat(select().chosen()).containsOnlyKeys("one", "two");
    }

    @Test
    void letsOneOfTwoEqualLibrariesBe() {
        library("one", "lib", "1.0.0", "a.jar");
        library("two", "lib", "1.0.0", "b.jar");

        assertThat(select().chosen()).containsOnlyKeys("two");
    }

    @Test
    void letsOneOfTwoPluginsOfOneNameBe() {
        plugin("a", "a", "1.0.0", "sink p", "a.jar");
        plugin("b", "b", "2.0.0", "sink p", "b.jar");

        assertThat(select().chosen()).containsOnlyKeys("a");
        assertThat(select().waiting())
                .containsEntry("b", "deploy/a.jar provides 'sink p' too; give one of them another name");
    }

    @Test
    void neverReplacesWhatCameWithTheProduct() {
        shipped = List.of(new ShippedPlugin("ours", "1.0.0", List.of("sink jdbc"), List.of(), NO_RULES));
        plugin("same", "ours", "2.0.0", "sink jdbc", "a.jar");
        plugin("name", "theirs", "1.0.0", "sink jdbc", "b.jar");
        library("library", "ours", "1.0.0", "c.jar");
        library("newer", "ours", "1.1.0", "d.jar");

        assertThat(select().chosen()).containsOnlyKeys("newer");
        assertThat(select().waiting())
                .containsEntry("same", "ours 1.0.0 comes with the product and stays; remove the file")
                .containsEntry("library", "ours 1.0.0 comes with the product and stays; remove the file")
                .containsEntry(
                        "name", "'sink jdbc' comes with the product, in ours 1.0.0; give the plugin another name");
    }

    private Selection select() {
        return Selection.of(wanted, shipped);
    }

    private void plugin(String digest, String name, String version, String provides, String file) {
        add(digest, name, version, List.of(provides), file);
    }

    private void library(String digest, String name, String version, String file) {
        add(digest, name, version, List.of(), file);
    }

    private void add(String digest, String name, String version, List<String> provides, String file) {
        BundleManifest manifest = new BundleManifest(
                name, BundleVersion.parse(version), provides, List.of(), List.of(), List.of(), List.of(), Map.of());
        wanted.put(new PluginJar(digest, manifest, List.of(), NO_RULES, ""), file);
    }
}
