// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Layer;
import org.snakepipe.environment.internal.source.Numbered;

/**
 * The files of the layers of one environment, merged; knows how to become what other files of the same layers make, at the cost
 * of what changed.
 *
 * @param layers the lowest first
 * @param merged sorted by id
 */
record MergedFiles(List<Layer> layers, Numbered<Merged> merged) {
    static MergedFiles of(List<Layer> layers, LayerCache cache) {
        Map<ConfigId, List<Block>> blocks = new HashMap<>();
        for (Layer layer : layers) {
            layer.blocks()
                    .forEach((id, block) -> blocks.computeIfAbsent(id, absent -> new ArrayList<>(5))
                            .add(block));
        }
        return new MergedFiles(layers, cache.sorted(cache.merge(blocks)));
    }

    MergedFiles with(List<Layer> now, LayerCache cache) {
        Set<ConfigId> changed = new HashSet<>();
        for (int index = 0; index < now.size(); index++) {
            if (layers.get(index) != now.get(index)) {
                collect(layers.get(index).blocks(), now.get(index).blocks(), changed);
            }
        }
        if (changed.isEmpty()) {
            return new MergedFiles(now, merged);
        }
        Map<ConfigId, Merged> others = new HashMap<>();
        Set<ConfigId> gone = new HashSet<>();
        for (ConfigId id : changed) {
            List<Block> blocks = new ArrayList<>(5);
            for (Layer layer : now) {
                Block block = layer.blocks().get(id);
                if (block != null) {
                    blocks.add(block);
                }
            }
            if (blocks.isEmpty()) {
                gone.add(id);
            } else {
                others.put(id, cache.merge(blocks));
            }
        }
        Numbered<Merged> quick = gone.isEmpty() ? merged.with(others) : null;
        if (quick != null) {
            return new MergedFiles(now, quick);
        }
        Map<ConfigId, Merged> copy = new HashMap<>(merged);
        copy.putAll(others);
        copy.keySet().removeAll(gone);
        return new MergedFiles(now, cache.sorted(copy));
    }

    private static void collect(Numbered<Block> before, Numbered<Block> now, Set<ConfigId> changed) {
        if (now.isLike(before)) {
            before.differences(now, number -> changed.add(now.id(number)));
            return;
        }
        now.forEach((id, block) -> {
            if (before.get(id) != block) {
                changed.add(id);
            }
        });
        before.forEach((id, block) -> {
            if (!now.containsKey(id)) {
                changed.add(id);
            }
        });
    }
}
