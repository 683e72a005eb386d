// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.Resolution;
import org.snakepipe.validation.ValidatedConfig;

/**
 * The values of one resolved environment, for people and for files: id to key to value. A secret is {@code <set>}, or
 * {@code <set: $[secret:NAME]>} when words say which it is. Immutable.
 */
public final class ResolvedExport {
    private final SortedMap<ConfigId, SortedMap<String, Shown>> values;

    private ResolvedExport(SortedMap<ConfigId, SortedMap<String, Shown>> values) {
        this.values = values;
    }

    /**
     * What the configurations of a checked environment come to: typed where they are valid, and with defaults.
     *
     * @param config the environment. A configuration that waits shows no values, as nobody knows which of them are secret
     * @return its values
     */
    public static ResolvedExport of(ValidatedConfig config) {
        SortedMap<ConfigId, SortedMap<String, Shown>> values = new TreeMap<>();
        config.configurations().forEach((id, checked) -> {
            Map<String, ConfigValue> resolved = config.resolution().values().getOrDefault(id, Map.of());
            SortedMap<String, Shown> keys = new TreeMap<>();
            checked.values().forEach((key, value) -> keys.put(key, shown(checked, key, value, resolved.get(key))));
            values.put(id, keys);
        });
        return new ResolvedExport(values);
    }

    private static Shown shown(ValidatedConfig.Checked checked, String key, ConfigValue value, ConfigValue resolved) {
        Object raw = resolved == null ? value.raw() : resolved.raw();
        if (checked.secrets().contains(key) || !checked.waiting().isEmpty()) {
            return Shown.masked(raw, Optional.of(value.origin()));
        }
        Object typed = checked.typed().map(all -> all.get(key)).orElse(null);
        return Shown.of(typed == null || raw instanceof Deferred ? raw : typed, Optional.of(value.origin()));
    }

    /**
     * What the files of an environment come to, without a check and without defaults.
     *
     * @param resolution the environment
     * @param known      says which keys are secret; keys that it does not know are taken for secret
     * @return its values
     */
    public static ResolvedExport of(Resolution resolution, KnownKeys known) {
        SortedMap<ConfigId, SortedMap<String, Shown>> values = new TreeMap<>();
        resolution.values().forEach((id, written) -> {
            Set<String> keysKnown = known.keys(id.pid());
            SortedMap<String, Shown> keys = new TreeMap<>();
            written.forEach((key, value) -> keys.put(
                    key,
                    !keysKnown.contains(key) || known.isSecret(id.pid(), key)
                            ? Shown.masked(value.raw(), Optional.of(value.origin()))
                            : Shown.of(value.raw(), Optional.of(value.origin()))));
            values.put(id, keys);
        });
        return new ResolvedExport(values);
    }

    /**
     * Takes back what {@link #tree()} gave, as it was read from a file. Origins are lost, and so is what is behind a mask: two
     * masks are the same then when they look the same.
     *
     * @param tree id to key to value: a text, number, Boolean, or list of these
     * @return the values
     * @throws IllegalArgumentException if the tree is none of an export; the message says where, and what is allowed
     */
    public static ResolvedExport fromTree(Map<?, ?> tree) {
        SortedMap<ConfigId, SortedMap<String, Shown>> values = new TreeMap<>();
        tree.forEach((name, keys) -> {
            ConfigId id = ConfigId.parse(String.valueOf(name));
            if (!(keys instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(id + " holds no keys (allowed: keys with values)");
            }
            SortedMap<String, Shown> shown = new TreeMap<>();
            map.forEach((key, value) -> shown.put(String.valueOf(key), fromTree(id, key, value)));
            values.put(id, shown);
        });
        return new ResolvedExport(values);
    }

    private static Shown fromTree(ConfigId id, Object key, Object value) {
        List<?> parts = value instanceof List<?> list ? list : Collections.singletonList(value);
        for (Object part : parts) {
            if (!(part instanceof String || part instanceof Number || part instanceof Boolean)) {
                throw new IllegalArgumentException(id + " " + key + (part == null ? " is null" : " is nested")
                        + " (allowed: a text, a number, true, false, or a list of these)");
            }
        }
        return Shown.of(value, Optional.empty());
    }

    /**
     * The values as a tree that JSON can hold.
     *
     * @return id to key to value: text, number, Boolean, or a list of these; sorted, and the caller's
     */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        values.forEach((id, keys) -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            keys.forEach((key, value) -> shown.put(key, value.value()));
            tree.put(id.toString(), shown);
        });
        return tree;
    }

    SortedMap<ConfigId, SortedMap<String, Shown>> values() {
        return values;
    }
}
