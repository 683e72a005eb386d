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
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Layer;
import org.snakepipe.environment.internal.source.Numbered;
import org.snakepipe.environment.internal.word.WordResolver;

/** What layering remembers from one resolution to the next. Bounded; not thread-safe. */
public final class LayerCache {
    private static final int MOST_ENVIRONMENTS = 4;

    private final MergeCache merges = new MergeCache();
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

    private final Map<String, Numbered<Merged>> laid = new HashMap<>();
    private List<ConfigId> order = List.of();
    private ResolvedValues values;

    /** Lays the blocks of one configuration over one another, the lowest first. */
    Merged merge(List<Block> blocks) {
        return merges.get(blocks);
    }

    /** The same of many. @param blocks configuration to its blocks, the lowest first */
    Map<ConfigId, Merged> merge(Map<ConfigId, List<Block>> blocks) {
        List<ConfigId> ids = List.copyOf(blocks.keySet());
        List<Merged> all = merges.getAll(ids.stream().map(blocks::get).toList());
        Map<ConfigId, Merged> merged = new HashMap<>(ids.size() * 2);
        for (int index = 0; index < ids.size(); index++) {
            merged.put(ids.get(index), all.get(index));
        }
        return merged;
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

    /** The same entries sorted by id. Sorting is dear, and the ids rarely change. */
    Numbered<Merged> sorted(Map<ConfigId, Merged> map) {
        boolean same = order.size() == map.size() && map.keySet().containsAll(order);
        if (!same) {
            order = map.keySet().stream().sorted().toList();
        }
        return Numbered.of(order, map);
    }

    /**
     * Lays configurations over others.
     *
     * @param layer  the name of their layer, which is no file
     * @param others what they come to
     */
    Numbered<Merged> over(String layer, Numbered<Merged> merged, Map<ConfigId, Merged> others) {
        Numbered<Merged> quick = merged.with(others);
        if (quick == null) {
            Map<ConfigId, Merged> copy = new HashMap<>(merged);
            copy.putAll(others);
            quick = sorted(copy);
        }
        // Nobody else may hold them, and the values that follow have to be the same the next time.
        laid.put(layer, quick);
        return quick;
    }

    /**
     * The values of configurations without their words. What depends on nothing but files that did not change is taken over
     * from the resolution before.
     *
     * @param wrong takes what is wrong
     */
    public Numbered<Map<String, ConfigValue>> values(Numbered<Merged> merged, WordResolver words, List<Problem> wrong) {
        values = values == null ? ResolvedValues.of(merged, words, wrong) : values.with(merged, words, wrong);
        return values.values();
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
