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

/**
 * What rules see of a candidate: checked values, without secrets. Nothing is copied before a rule asks for it: most ask for
 * the configurations of one plugin. From any thread, as long as nobody changes the maps that it was made with.
 */
public final class CheckedSet implements ConfigSet {
    private static final Deferred SECRET = new Deferred("<set>", true);

    private final Set<ConfigId> candidates;
    private final Map<ConfigId, ValidationResult> checked;
    private final Map<String, Schema> schemas;
    private volatile NavigableSet<ConfigId> ids;

    private CheckedSet(Set<ConfigId> candidates, Map<ConfigId, ValidationResult> checked, Map<String, Schema> schemas) {
        this.candidates = candidates;
        this.checked = checked;
        this.schemas = schemas;
    }

    /** The candidate with these ids, of which some were checked. */
    public static CheckedSet of(
            Set<ConfigId> ids, Map<ConfigId, ValidationResult> checked, Map<String, Schema> schemas) {
        return new CheckedSet(ids, checked, schemas);
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
        NavigableSet<ConfigId> sorted = ids;
        if (sorted == null) {
            sorted = Collections.unmodifiableNavigableSet(new TreeSet<>(candidates));
            ids = sorted;
        }
        return sorted;
    }

    @Override
    public Set<ConfigId> ids(String pid) {
        return candidates.stream().filter(id -> id.pid().equals(pid)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Map<String, Object> values(ConfigId id) {
        ValidationResult result = checked.get(id);
        return result == null ? Map.of() : masked(result.typed(), schemas.get(id.pid()));
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
