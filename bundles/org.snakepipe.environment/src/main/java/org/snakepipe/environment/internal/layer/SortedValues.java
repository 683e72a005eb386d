// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakepipe.api.config.ConfigValue;

/** Values by key, sorted; the keys may be those of other such maps. Unmodifiable. */
final class SortedValues extends AbstractMap<String, ConfigValue> {
    private final String[] keys;
    private final ConfigValue[] values;

    /**
     * A map; takes the arrays over.
     *
     * @param keys   sorted
     * @param values one for each key
     */
    SortedValues(String[] keys, ConfigValue[] values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public ConfigValue get(Object key) {
        int index = key instanceof String text ? Arrays.binarySearch(keys, text) : -1;
        return index < 0 ? null : values[index];
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super ConfigValue> action) {
        for (int index = 0; index < keys.length; index++) {
            action.accept(keys[index], values[index]);
        }
    }

    @Override
    public Set<Map.Entry<String, ConfigValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, ConfigValue>> iterator() {
                return new InOrder();
            }

            @Override
            public int size() {
                return keys.length;
            }
        };
    }

    private final class InOrder implements Iterator<Map.Entry<String, ConfigValue>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < keys.length;
        }

        @Override
        public Map.Entry<String, ConfigValue> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, ConfigValue> entry = Map.entry(keys[next], values[next]);
            next++;
            return entry;
        }
    }
}
