// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which of the jars that are wanted can be there together. Two plugins that answer to one name would be two services with
 * one PID: the higher version is chosen, of equal ones the file that sorts last, and the other waits. What came with the
 * product is never replaced. The result depends on what is wanted alone, not on what runs. Immutable.
 *
 * @param chosen  digest to name of file, of those that are to be installed
 * @param waiting digest to reason, of the others
 */
public record Selection(Map<String, String> chosen, Map<String, String> waiting) {
    /** Copies the maps. */
    public Selection {
        chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
        waiting = Map.copyOf(waiting);
    }

    /**
     * Chooses.
     *
     * @param wanted  jar to name of file
     * @param shipped what came with the product
     */
    public static Selection of(Map<PluginJar, String> wanted, Collection<ShippedPlugin> shipped) {
        Map<String, String> waiting = new TreeMap<>();
        Map<PluginJar, String> chosen = new LinkedHashMap<>();
        wanted.entrySet().stream()
                .sorted(Comparator.<Map.Entry<PluginJar, String>, String>comparing(
                                entry -> entry.getKey().manifest().symbolicName())
                        .thenComparing(entry -> entry.getKey().manifest().version(), Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getValue, Comparator.reverseOrder()))
                .forEach(entry -> obstacle(entry.getKey(), chosen, shipped)
                        .ifPresentOrElse(
                                reason -> waiting.put(entry.getKey().digest(), reason),
                                () -> chosen.put(entry.getKey(), entry.getValue())));
        Map<String, String> digests = new LinkedHashMap<>();
        chosen.forEach((jar, file) -> digests.put(jar.digest(), file));
        return new Selection(digests, waiting);
    }

    private static Optional<String> obstacle(
            PluginJar jar, Map<PluginJar, String> chosen, Collection<ShippedPlugin> shipped) {
        for (ShippedPlugin other : shipped) {
            boolean sameName = other.symbolicName().equals(jar.manifest().symbolicName());
            boolean sameVersion =
                    other.version().equals(jar.manifest().version().toString());
            if (sameName && (jar.manifest().isPlugin() || sameVersion)) {
                return Optional.of(other + " comes with the product and stays; remove the file");
            }
            Optional<String> common = common(jar, other.provides());
            if (common.isPresent()) {
                return Optional.of("'" + common.get() + "' comes with the product, in " + other
                        + "; give the plugin another name");
            }
        }
        return chosen.entrySet().stream()
                .flatMap(other -> obstacle(jar, other.getKey(), new DroppedFile(other.getValue())).stream())
                .findFirst();
    }

    private static Optional<String> obstacle(PluginJar jar, PluginJar other, DroppedFile file) {
        if (other.manifest().symbolicName().equals(jar.manifest().symbolicName())) {
            if (other.manifest().version().equals(jar.manifest().version())) {
                return Optional.of(file + " is " + other + " too, and its name sorts last; remove one of them");
            }
            if (jar.manifest().isPlugin()) {
                return Optional.of(file + " is the newer " + other + "; remove one of them");
            }
        }
        return common(jar, other.manifest().provides())
                .map(name -> file + " provides '" + name + "' too; give one of them another name");
    }

    private static Optional<String> common(PluginJar jar, List<String> others) {
        return jar.manifest().provides().stream().filter(others::contains).findFirst();
    }
}
