// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.rule;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigSet;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.ValidationResult;

/** What rules see of a candidate: checked values, without secrets. Immutable. */
public final class CheckedSet implements ConfigSet {
    private static final Deferred SECRET = new Deferred("<set>", true);

    private final NavigableSet<ConfigId> ids;
    private final Map<ConfigId, Map<String, Object>> values;

    private CheckedSet(NavigableSet<ConfigId> ids, Map<ConfigId, Map<String, Object>> values) {
        this.ids = ids;
        this.values = values;
    }

    /** The candidate with these ids, of which some were checked. */
    public static CheckedSet of(
            Set<ConfigId> ids, Map<ConfigId, ValidationResult> checked, Map<String, Schema> schemas) {
        Map<ConfigId, Map<String, Object>> values = new HashMap<>();
        checked.forEach((id, result) -> values.put(id, masked(result.typed(), schemas.get(id.pid()))));
        return new CheckedSet(Collections.unmodifiableNavigableSet(new TreeSet<>(ids)), values);
    }

    private static Map<String, Object> masked(Map<String, Object> typed, Schema schema) {
        if (schema == null || schema.secrets().isEmpty()) {
            return typed;
        }
        Map<String, Object> masked = new HashMap<>(typed);
        for (Attribute attribute : schema.secrets()) {
            masked.computeIfPresent(attribute.key(), (key, value) -> SECRET);
        }
        return Collections.unmodifiableMap(masked);
    }

    @Override
    public Set<ConfigId> ids() {
        return ids;
    }

    @Override
    public Set<ConfigId> ids(String pid) {
        return ids.stream().filter(id -> id.pid().equals(pid)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Map<String, Object> values(ConfigId id) {
        return values.getOrDefault(id, Map.of());
    }

    @Override
    public Optional<Object> value(ConfigId id, String key) {
        return Optional.ofNullable(values(id).get(key)).filter(value -> !(value instanceof Deferred));
    }

    @Override
    public List<String> texts(ConfigId id, String key) {
        Object value = value(id, key).orElse(List.of());
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> texts.add(String.valueOf(element)));
        } else if (value.getClass().isArray()) {
            for (int index = 0; index < Array.getLength(value); index++) {
                texts.add(String.valueOf(Array.get(value, index)));
            }
        } else {
            texts.add(value.toString());
        }
        return texts;
    }
}
