// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.environment.internal.source.Block;

/** What layering remembers from one resolution to the next. Bounded; not thread-safe. */
public final class LayerCache {
    private static final int MOST_MERGED = 50_000;

    private final MergeCache merges = new MergeCache(MOST_MERGED);
    private final Map<String, Map<ConfigId, Block>> computed = new HashMap<>();
    private List<ConfigId> order = List.of();

    /** Lays the blocks of one configuration over one another, the lowest first. */
    Merged merge(List<Block> blocks) {
        return merges.get(blocks);
    }

    /** The same entries sorted by id. Sorting is the dearest part of an unchanged resolution, and the ids rarely change. */
    public <V> Map<ConfigId, V> sorted(Map<ConfigId, V> map) {
        boolean same = order.size() == map.size() && map.keySet().containsAll(order);
        if (!same) {
            order = map.keySet().stream().sorted().toList();
        }
        Map<ConfigId, V> sorted = new LinkedHashMap<>(map.size() * 2);
        order.forEach(id -> sorted.put(id, map.get(id)));
        return sorted;
    }

    /**
     * Blocks of a layer that is no file: those that say what they said last time are the objects they were.
     *
     * @param layer  the name of the layer
     * @param values configuration to key to value
     */
    Map<ConfigId, Block> blocks(String layer, Map<ConfigId, Map<String, ConfigValue>> values) {
        Map<ConfigId, Block> before = computed.getOrDefault(layer, Map.of());
        Map<ConfigId, Block> blocks = new HashMap<>();
        values.forEach((id, keys) -> {
            Block known = before.get(id);
            blocks.put(
                    id,
                    known != null && known.values().equals(keys)
                            ? known
                            : new Block(
                                    id, new ArrayList<>(keys.values()).get(0).origin(), keys));
        });
        computed.put(layer, blocks);
        return blocks;
    }
}
