// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values of keys that a schema knows, and of some that it does not, sorted by key. Put together only when looked through. */
final class MergedValues<V> extends AbstractMap<String, V> {
    private final Map<String, V> known;
    private final SortedMap<String, V> others;

    /** A map of two that have no key in common; neither is copied. */
    MergedValues(Map<String, V> known, SortedMap<String, V> others) {
        this.known = known;
        this.others = others;
    }

    @Override
    public int size() {
        return known.size() + others.size();
    }

    @Override
    public V get(Object key) {
        V value = known.get(key);
        return value == null ? others.get(key) : value;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, V>> {
        @Override
        public Iterator<Map.Entry<String, V>> iterator() {
            Map<String, V> all = new TreeMap<>(known);
            all.putAll(others);
            return all.entrySet().stream()
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                    .iterator();
        }

        @Override
        public int size() {
            return MergedValues.this.size();
        }
    }
}
