// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** Values of the keys of a schema, sorted by key; results of one schema share the keys. Unmodifiable. */
final class KeyedValues<V> extends AbstractMap<String, V> {
    private final KeyTable table;
    private final V[] values;
    private final int size;

    /**
     * A map.
     *
     * @param table  the keys
     * @param values by the number of the key, {@code null} where there is none; not copied
     */
    KeyedValues(KeyTable table, V[] values) {
        this.table = table;
        this.values = values;
        int count = 0;
        for (V value : values) {
            count += value == null ? 0 : 1;
        }
        size = count;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public V get(Object key) {
        int number = key instanceof String text ? table.number(text) : -1;
        return number < 0 ? null : values[number];
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
            return new Present();
        }

        @Override
        public int size() {
            return size;
        }
    }

    private final class Present implements Iterator<Map.Entry<String, V>> {
        private int number = next(0);

        @Override
        public boolean hasNext() {
            return number < values.length;
        }

        @Override
        public Map.Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, V> entry = Map.entry(table.key(number), values[number]);
            number = next(number + 1);
            return entry;
        }

        private int next(int from) {
            int found = from;
            while (found < values.length && values[found] == null) {
                found++;
            }
            return found;
        }
    }
}
