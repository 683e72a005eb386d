// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Layer;

/** What layering remembers from one resolution to the next. Bounded; not thread-safe. */
public final class LayerCache {
    private static final int MOST_MERGED = 50_000;
    private static final int MOST_ENVIRONMENTS = 4;

    private final MergeCache merges = new MergeCache(MOST_MERGED);
    private final Map<String, Map<ConfigId, Block>> computed = new HashMap<>();
    /** The files that were merged last, by the names of their layers. */
    private final Map<List<String>, MergedFiles> files = new LinkedHashMap<>() {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, MergedFiles> eldest) {
            return size() > MOST_ENVIRONMENTS;
        }
    };

    private List<ConfigId> order = List.of();

    /** Lays the blocks of one configuration over one another, the lowest first. */
    Merged merge(List<Block> blocks) {
        return merges.get(blocks);
    }

    /**
     * Merges the files of layers.
     *
     * @param names  the names of the layers, the lowest first
     * @param layers the layers
     */
    MergedFiles files(List<String> names, List<Layer> layers) {
        MergedFiles before = files.get(names);
        MergedFiles now = before == null ? MergedFiles.of(layers, this) : before.with(layers, this);
        files.put(names, now);
        return now;
    }

    /** The same entries sorted by id. Sorting is the dearest part of an unchanged resolution, and the ids rarely change. */
    <V> Map<ConfigId, V> sorted(Map<ConfigId, V> map) {
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
