// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.Environment;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.internal.format.CfgFile;
import org.snakepipe.environment.internal.source.ConfigTree;
import org.snakepipe.environment.internal.source.Place;

/** Lays files and variables over one another, key by key, the lowest layer first. Not thread-safe. */
public final class Layers {
    private final Map<ConfigId, Map<String, ConfigValue>> values = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Lays the files that count in an environment. */
    public void addFiles(ConfigTree tree, Environment environment, boolean local) {
        add(tree, tree.base().values());
        environment.ancestors().forEach(name -> add(tree, tree.environment(name).values()));
        add(tree, tree.environment(environment.name()).values());
        if (local) {
            add(tree, tree.local().values());
        }
    }

    /** Lays the variables of the process over all files. */
    public void addVariables(Map<String, String> variables, KnownKeys known) {
        VariableLayer layer = VariableLayer.of(variables, values, known);
        layer.values().forEach((id, keys) -> keys.forEach((key, value) -> put(id, key, value)));
        problems.addAll(layer.problems());
    }

    /** The winning values. */
    public Map<ConfigId, Map<String, ConfigValue>> values() {
        return values;
    }

    /** What is wrong inside the files and with the variables. */
    public List<Problem> problems() {
        return problems;
    }

    private void add(ConfigTree tree, Collection<Place> layer) {
        for (Place place : layer) {
            CfgFile file = tree.parse(place);
            problems.addAll(file.problems());
            if (file.isReadable()) {
                values.computeIfAbsent(place.id(), id -> new TreeMap<>());
            }
            file.values().forEach((key, value) -> put(place.id(), key, value));
        }
    }

    private void put(ConfigId id, String key, ConfigValue value) {
        values.computeIfAbsent(id, absent -> new TreeMap<>()).merge(key, value, (lower, higher) -> over(higher, lower));
    }

    private static ConfigValue over(ConfigValue higher, ConfigValue lower) {
        List<ConfigValue> shadowed = new ArrayList<>();
        shadowed.add(ConfigValue.of(lower.raw(), lower.origin()));
        shadowed.addAll(lower.shadowed());
        return new ConfigValue(higher.raw(), higher.origin(), shadowed);
    }
}
