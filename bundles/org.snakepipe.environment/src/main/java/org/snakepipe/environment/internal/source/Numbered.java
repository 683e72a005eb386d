// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.snakepipe.api.config.ConfigId;

/**
 * Something for each of many configurations. What holds other values for the same ids shares the ids, so that a copy with one
 * other value, and telling two of them apart, costs next to nothing. Unmodifiable.
 */
public final class Numbered<V> extends AbstractMap<ConfigId, V> {
    private final Ids ids;
    private final Object[] values;
    private final int size;

    private Numbered(Ids ids, Object[] values) {
        this.ids = ids;
        this.values = values;
        int count = 0;
        for (Object value : values) {
            count += value == null ? 0 : 1;
        }
        size = count;
    }

    /** Ids in their order, and the number of each. */
    private static final class Ids {
        final ConfigId[] inOrder;
        final Map<ConfigId, Integer> numbers;

        Ids(List<ConfigId> ids) {
            inOrder = ids.toArray(new ConfigId[0]);
            numbers = new HashMap<>(inOrder.length * 2);
            for (int number = 0; number < inOrder.length; number++) {
                numbers.put(inOrder[number], number);
            }
        }
    }

    /** The entries of a map, in the given order of all of its keys. */
    public static <V> Numbered<V> of(List<ConfigId> order, Map<ConfigId, V> map) {
        return new Numbered<>(new Ids(order), order.stream().map(map::get).toArray());
    }

    /** Whether the other one has the ids of this one. */
    public boolean isLike(Numbered<?> other) {
        return ids == other.ids;
    }

    /** The numbers of the values that are other objects in the other one, which is like this one. */
    public void differences(Numbered<V> other, IntConsumer action) {
        for (int number = 0; number < values.length; number++) {
            if (values[number] != other.values[number]) {
                action.accept(number);
            }
        }
    }

    /** How many ids there are, those without a value too. */
    public int numbers() {
        return values.length;
    }

    /** One id. */
    public ConfigId id(int number) {
        return ids.inOrder[number];
    }

    /** One value; {@code null} when there is none. */
    @SuppressWarnings("unchecked")
    public V value(int number) {
        return (V) values[number];
    }

    /** The values by their numbers, to be changed into those of another one. */
    public Object[] copy() {
        return values.clone();
    }

    /** The same ids with other values, by their numbers; taken over, not copied. */
    public <W> Numbered<W> with(Object[] others) {
        return new Numbered<>(ids, others);
    }

    /** A copy with other values for some of the ids; {@code null} when there is one that this does not know. */
    public Numbered<V> with(Map<ConfigId, V> others) {
        Object[] copy = copy();
        for (Map.Entry<ConfigId, V> other : others.entrySet()) {
            Integer number = ids.numbers.get(other.getKey());
            if (number == null) {
                return null;
            }
            copy[number] = other.getValue();
        }
        return new Numbered<>(ids, copy);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public V get(Object key) {
        Integer number = ids.numbers.get(key);
        return number == null ? null : value(number);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public void forEach(BiConsumer<? super ConfigId, ? super V> action) {
        for (int number = 0; number < values.length; number++) {
            if (values[number] != null) {
                action.accept(ids.inOrder[number], value(number));
            }
        }
    }

    @Override
    public Set<Entry<ConfigId, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<ConfigId, V>> iterator() {
                return new Present();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Present implements Iterator<Entry<ConfigId, V>> {
        private int next = present(0);

        private int present(int from) {
            int number = from;
            while (number < values.length && values[number] == null) {
                number++;
            }
            return number;
        }

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Entry<ConfigId, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry<ConfigId, V> entry = Map.entry(ids.inOrder[next], value(next));
            next = present(next + 1);
            return entry;
        }
    }
}
