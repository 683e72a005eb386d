// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.RuntimeOverride;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Layer;
import org.snakepipe.environment.internal.source.Numbered;

/** Lays what is no file over the files of some layers. Used once. */
public final class Layers {
    private static final String OVERRIDES = "override";

    private final LayerCache cache;
    private final List<Problem> problems = new ArrayList<>();
    private Numbered<Merged> merged;

    /**
     * Lays files over one another, key by key.
     *
     * @param cache  what earlier resolutions have left
     * @param names  the names of the layers, the lowest first
     * @param layers the layers
     */
    public Layers(LayerCache cache, List<String> names, List<Layer> layers) {
        this.cache = cache;
        layers.forEach(layer -> problems.addAll(layer.problems()));
        this.merged = cache.files(names, layers).merged();
    }

    /** Lays the variables of the process over what there is, as far as they mean anything. */
    public void addVariables(Map<String, String> variables, KnownKeys known) {
        if (variables.keySet().stream().noneMatch(VariableName::matches)) {
            return;
        }
        VariableLayer layer = VariableLayer.of(variables, merged, known);
        problems.addAll(layer.problems());
        add(VariableName.LAYER, layer.values());
    }

    /** Lays overrides over what there is. One of a configuration that nothing else knows has no effect, and is reported. */
    public void addOverrides(List<RuntimeOverride> overrides, KnownKeys known) {
        Map<ConfigId, Map<String, ConfigValue>> values = new HashMap<>();
        for (RuntimeOverride override : overrides) {
            ConfigId id = override.id();
            if (merged.containsKey(id) || !id.isFactory() && known.singletons().contains(id.pid())) {
                values.computeIfAbsent(id, absent -> new HashMap<>())
                        .put(override.key(), ConfigValue.of(override.value(), override.origin()));
            } else {
                problems.add(unknown(override, known));
            }
        }
        add(OVERRIDES, values);
    }

    /** What is wrong is the key {@code id} of the override, and that is what the fix mends. */
    private Problem unknown(RuntimeOverride override, KnownKeys known) {
        List<String> ids = new ArrayList<>(known.singletons());
        merged.keySet().forEach(id -> ids.add(id.toString()));
        return Problem.warning("override.unknown", "the override sets nothing: there is no " + override.id())
                .id(override.id())
                .key("id")
                .at(override.origin())
                .fixes(Suggestions.nearest(override.id().toString(), ids).stream()
                        .map(Fix::replace)
                        .toList())
                .build();
    }

    private void add(String layer, Map<ConfigId, Map<String, ConfigValue>> values) {
        if (values.isEmpty()) {
            return;
        }
        Map<ConfigId, Merged> others = new HashMap<>();
        cache.blocks(layer, values).forEach((id, block) -> {
            List<Block> blocks = new ArrayList<>();
            if (merged.containsKey(id)) {
                blocks.addAll(merged.get(id).blocks());
            }
            blocks.add(block);
            others.put(id, cache.merge(blocks));
        });
        merged = cache.over(layer, merged, others);
    }

    /** Each configuration, merged; sorted by id. */
    public Numbered<Merged> merged() {
        return merged;
    }

    /** What is wrong inside the files and with variables and overrides. */
    public List<Problem> problems() {
        return problems;
    }
}
