// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.environment.internal.source.Block;

/**
 * Configurations that have been merged before and that somebody still holds, by the blocks they are made of. What every edit
 * leaves behind goes with the resolution it was for. Not thread-safe.
 */
final class MergeCache {
    private final Map<Key, Entry> entries = new HashMap<>();
    private final ReferenceQueue<Merged> gone = new ReferenceQueue<>();

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

    private static final class Entry extends WeakReference<Merged> {
        final Key key;

        Entry(Key key, Merged merged, ReferenceQueue<Merged> gone) {
            super(merged, gone);
            this.key = key;
        }
    }

    Merged get(List<Block> blocks) {
        forgetGone();
        Key key = Key.of(blocks);
        Entry entry = entries.get(key);
        Merged known = entry == null ? null : entry.get();
        if (known != null) {
            return known;
        }
        Merged merged = Merged.of(blocks);
        Key kept = new Key(merged.blocks(), key.hash);
        // Remove first: put would keep the key of the entry that is gone.
        entries.remove(kept);
        entries.put(kept, new Entry(kept, merged, gone));
        return merged;
    }

    /** How many are remembered. */
    int size() {
        forgetGone();
        return entries.size();
    }

    private void forgetGone() {
        for (Reference<? extends Merged> one = gone.poll(); one != null; one = gone.poll()) {
            if (one instanceof Entry entry) {
                entries.remove(entry.key, entry);
            }
        }
    }
}
