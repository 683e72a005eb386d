// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;

/**
 * What has to be done to come from one draft to another. Immutable.
 *
 * @param puts     id to new values
 * @param removals ids that go
 * @param lines    for people, secrets masked
 */
record Plan(Map<ConfigId, Map<String, Object>> puts, Set<ConfigId> removals, List<String> lines) {
    boolean isEmpty() {
        return puts.isEmpty() && removals.isEmpty();
    }

    static Plan between(Draft before, Draft after) {
        Map<ConfigId, Map<String, Object>> puts = new TreeMap<>();
        Set<ConfigId> removals = new TreeSet<>(before.typed().keySet());
        removals.removeAll(after.typed().keySet());
        List<String> lines = new ArrayList<>();
        after.typed().forEach((id, values) -> {
            Map<String, Object> old = before.typed().get(id);
            if (old == null) {
                puts.put(id, values);
                lines.add(id + ": new");
                return;
            }
            List<String> keys = differences(old, values, after.secrets().getOrDefault(id, Set.of()));
            if (!keys.isEmpty()) {
                puts.put(id, values);
                lines.add(id + ": " + String.join(", ", keys));
            } else if (!before.isSame(id, after)) {
                puts.put(id, values);
                lines.add(id + ": the value of a secret changed");
            }
        });
        removals.forEach(id -> lines.add(id + ": removed"));
        return new Plan(puts, removals, lines);
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

    private static List<String> differences(Map<String, Object> old, Map<String, Object> values, Set<String> secrets) {
        Set<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(values.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            Object from = old.get(key);
            Object to = values.get(key);
            if (!Objects.deepEquals(from, to)) {
                differences.add(secrets.contains(key) ? key + " changed" : key + " " + text(from) + " -> " + text(to));
            }
        }
        return differences;
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
