// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.Plan;
import org.snakepipe.schema.Concealment;

/**
 * What has to be done to come from one draft to another. Immutable.
 *
 * @param puts     id to new values
 * @param removals ids that go
 * @param changes  the same for people, secrets masked, in the order of the ids
 */
record Difference(Map<ConfigId, Map<String, Object>> puts, Set<ConfigId> removals, List<Plan.Change> changes) {
    boolean isEmpty() {
        return puts.isEmpty() && removals.isEmpty();
    }

    /** A line for each configuration that changes. */
    List<String> lines() {
        return changes.stream().map(Plan.Change::toString).toList();
    }

    static Difference between(Draft before, Draft after) {
        Map<ConfigId, Map<String, Object>> puts = new TreeMap<>();
        Set<ConfigId> removals = new TreeSet<>();
        List<Plan.Change> changes = new ArrayList<>();
        Iterator<Map.Entry<ConfigId, Map<String, Object>>> olds =
                before.typed().entrySet().iterator();
        Map.Entry<ConfigId, Map<String, Object>> old = next(olds);
        // Both are sorted: side by side, thousands that are the same cost a comparison each.
        for (Map.Entry<ConfigId, Map<String, Object>> one : after.typed().entrySet()) {
            ConfigId id = one.getKey();
            while (old != null && old.getKey().compareTo(id) < 0) {
                removals.add(old.getKey());
                old = next(olds);
            }
            if (old == null || !old.getKey().equals(id)) {
                puts.put(id, one.getValue());
                changes.add(new Plan.Change(id, Plan.Kind.NEW, Map.of()));
                continue;
            }
            change(id, old.getValue(), one.getValue(), before, after).ifPresent(change -> {
                puts.put(id, one.getValue());
                changes.add(change);
            });
            old = next(olds);
        }
        for (; old != null; old = next(olds)) {
            removals.add(old.getKey());
        }
        removals.forEach(id -> changes.add(new Plan.Change(id, Plan.Kind.REMOVED, Map.of())));
        return new Difference(puts, removals, changes);
    }

    private static <T> T next(Iterator<T> iterator) {
        return iterator.hasNext() ? iterator.next() : null;
    }

    private static Optional<Plan.Change> change(
            ConfigId id, Map<String, Object> old, Map<String, Object> values, Draft before, Draft after) {
        boolean same = before.hasSamePrint(id, after);
        if (old == values && same) {
            return Optional.empty();
        }
        Map<String, Plan.Values> keys = differences(old, values, secrets(id, before, after));
        if (!keys.isEmpty()) {
            return Optional.of(new Plan.Change(id, Plan.Kind.CHANGED, keys));
        }
        return same ? Optional.empty() : Optional.of(new Plan.Change(id, Plan.Kind.SECRET, Map.of()));
    }

    /** A key that was a secret is not shown either, nor one that becomes one. */
    private static Set<String> secrets(ConfigId id, Draft before, Draft after) {
        Set<String> keys = new TreeSet<>(before.secrets().getOrDefault(id, Set.of()));
        keys.addAll(after.secrets().getOrDefault(id, Set.of()));
        return keys;
    }

    /** Whether nothing of a configuration is new but the value of a secret in it. */
    static boolean isSecretOnly(ConfigId id, Draft before, Draft after) {
        Map<String, Object> old = before.typed().get(id);
        Map<String, Object> values = after.typed().get(id);
        return old != null
                && values != null
                && !before.isSame(id, after)
                && differences(old, values, Set.of()).isEmpty();
    }

    private static Map<String, Plan.Values> differences(
            Map<String, Object> old, Map<String, Object> values, Set<String> secrets) {
        Set<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(values.keySet());
        Map<String, Plan.Values> differences = new TreeMap<>();
        for (String key : keys) {
            Object from = old.get(key);
            Object to = values.get(key);
            if (!Objects.deepEquals(from, to)) {
                differences.put(key, secrets.contains(key) ? Plan.Values.SECRET : shown(text(from), text(to)));
            }
        }
        return differences;
    }

    /** Passwords inside of longer values are hidden; when nothing else is another, so is that. */
    private static Plan.Values shown(String from, String to) {
        String before = Concealment.text(from);
        String after = Concealment.text(to);
        return before.equals(after) ? Plan.Values.SECRET : new Plan.Values(before, after);
    }

    private static String text(Object value) {
        if (value == null) {
            return "(unset)";
        }
        if (!value.getClass().isArray()) {
            return value.toString();
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            elements.add(Array.get(value, i));
        }
        return elements.toString();
    }
}
