// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigSet;

/** Configurations for tests of rules. */
public final class Candidate implements ConfigSet {
    private final Map<ConfigId, Map<String, Object>> values = new TreeMap<>();

    /**
     * Adds a configuration.
     *
     * @param id   its id
     * @param keys key to typed value; texts as arrays of strings
     * @return this
     */
    public Candidate with(String id, Map<String, Object> keys) {
        values.put(ConfigId.parse(id), Map.copyOf(keys));
        return this;
    }

    @Override
    public Set<ConfigId> ids() {
        return values.keySet();
    }

    @Override
    public Set<ConfigId> ids(String pid) {
        Set<ConfigId> ids = new TreeSet<>(values.keySet());
        ids.removeIf(id -> !id.pid().equals(pid));
        return ids;
    }

    @Override
    public Map<String, Object> values(ConfigId id) {
        return values.getOrDefault(id, Map.of());
    }

    @Override
    public Optional<Object> value(ConfigId id, String key) {
        return Optional.ofNullable(values(id).get(key));
    }

    @Override
    public List<String> texts(ConfigId id, String key) {
        return value(id, key)
                .map(value -> value instanceof String[] texts ? List.of(texts) : List.of(value.toString()))
                .orElse(List.of());
    }
}
