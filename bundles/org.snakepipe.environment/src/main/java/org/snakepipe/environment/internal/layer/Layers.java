// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.RuntimeOverride;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Layer;

/** Lays layers over one another, key by key, the lowest first. Used once. */
public final class Layers {
    private static final String VARIABLES = "environment variable";
    private static final String OVERRIDES = "override";

    private final LayerCache cache;
    private final Map<ConfigId, List<Block>> blocks = new HashMap<>();
    private final Map<ConfigId, Merged> merged = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    public Layers(LayerCache cache) {
        this.cache = cache;
    }

    /** Lays the files of one layer over what there is. */
    public void add(Layer layer) {
        problems.addAll(layer.problems());
        add(layer.blocks());
    }

    private void add(Map<ConfigId, Block> layer) {
        layer.forEach((id, block) ->
                blocks.computeIfAbsent(id, absent -> new ArrayList<>(5)).add(block));
    }

    /** Lays the variables of the process over what there is, as far as they mean anything. */
    public void addVariables(Map<String, String> variables, KnownKeys known) {
        if (variables.keySet().stream().noneMatch(VariableName::matches)) {
            return;
        }
        VariableLayer layer = VariableLayer.of(variables, merged(), known);
        problems.addAll(layer.problems());
        addComputed(VARIABLES, layer.values());
    }

    /** Lays overrides over what there is. One of a configuration that nothing else knows has no effect, and is reported. */
    public void addOverrides(List<RuntimeOverride> overrides, KnownKeys known) {
        if (overrides.isEmpty()) {
            return;
        }
        Map<ConfigId, Map<String, ConfigValue>> values = new HashMap<>();
        for (RuntimeOverride override : overrides) {
            ConfigId id = override.id();
            if (blocks.containsKey(id) || !id.isFactory() && known.singletons().contains(id.pid())) {
                values.computeIfAbsent(id, absent -> new HashMap<>())
                        .put(override.key(), ConfigValue.of(override.value(), override.origin()));
            } else {
                problems.add(Problem.warning("override.unknown", "the override sets nothing: there is no " + id)
                        .id(id)
                        .key(override.key())
                        .at(override.origin())
                        .build());
            }
        }
        addComputed(OVERRIDES, values);
    }

    private void addComputed(String layer, Map<ConfigId, Map<String, ConfigValue>> values) {
        add(cache.blocks(layer, values));
        values.keySet().forEach(merged::remove);
    }

    /** Each configuration, merged; in no particular order. */
    public Map<ConfigId, Merged> merged() {
        blocks.forEach((id, list) -> {
            if (!merged.containsKey(id)) {
                merged.put(id, cache.merge(list));
            }
        });
        return Collections.unmodifiableMap(merged);
    }

    /** What is wrong inside the files and with variables and overrides. */
    public List<Problem> problems() {
        return problems;
    }
}
