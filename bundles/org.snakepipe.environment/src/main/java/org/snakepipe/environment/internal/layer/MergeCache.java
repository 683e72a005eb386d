// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.environment.internal.source.Block;

/**
 * Configurations that have been merged before, by the blocks they are made of. Keeps what was asked for lately: two
 * generations of at most the given size. Not thread-safe.
 */
final class MergeCache {
    private final int size;
    private Map<Key, Merged> young = new HashMap<>();
    private Map<Key, Merged> old = Map.of();

    MergeCache(int size) {
        this.size = size;
    }

    /** Blocks are compared by identity, which is quick: a list of them would compare them too, but hash them slowly. */
    private record Key(List<Block> blocks, int hash) {
        static Key of(List<Block> blocks) {
            int hash = 1;
            for (Block block : blocks) {
                hash = 31 * hash + System.identityHashCode(block);
            }
            return new Key(blocks, hash);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.hash == hash && key.blocks.equals(blocks);
        }
    }

    Merged get(List<Block> blocks) {
        Key key = Key.of(blocks);
        Merged known = young.get(key);
        if (known != null) {
            return known;
        }
        known = old.get(key);
        Merged merged = known == null ? Merged.of(blocks) : known;
        if (young.size() >= size) {
            old = young;
            young = new HashMap<>();
        }
        young.put(new Key(merged.blocks(), key.hash), merged);
        return merged;
    }
}
