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
    /** From so many on it pays to merge them with all processors. */
    private static final int MANY = 128;

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
        Merged known = known(key);
        return known == null ? keep(key, Merged.of(blocks)) : known;
    }

    /**
     * Merges many at once, with all processors where that pays.
     *
     * @param blocks those of one configuration each
     * @return what each of them comes to
     */
    List<Merged> getAll(List<List<Block>> blocks) {
        forgetGone();
        List<Key> keys = blocks.stream().map(Key::of).toList();
        // Merging is a function of the blocks alone: only what is remembered has to be touched by one thread.
        List<Merged> all = (keys.size() < MANY ? keys.stream() : keys.parallelStream())
                .map(key -> {
                    Merged known = known(key);
                    return known == null ? Merged.of(key.blocks) : known;
                })
                .toList();
        for (int index = 0; index < all.size(); index++) {
            if (known(keys.get(index)) == null) {
                keep(keys.get(index), all.get(index));
            }
        }
        return all;
    }

    /** The one that is remembered and that somebody holds, or {@code null}. */
    private Merged known(Key key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.get();
    }

    private Merged keep(Key key, Merged merged) {
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
