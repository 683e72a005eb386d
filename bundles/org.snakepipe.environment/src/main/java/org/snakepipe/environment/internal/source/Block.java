// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;

/**
 * What one file says of one configuration. Immutable; two of them are the same only when they are one object, which is how
 * unchanged input is known.
 */
public final class Block {
    private final ConfigId id;
    private final Origin origin;
    private final Map<String, ConfigValue> values;
    private final boolean lowerCase;
    private String[] sortedKeys;

    /**
     * Takes the values over.
     *
     * @param id     the configuration; {@code null} for the description of an environment
     * @param origin where it begins
     * @param values key to value as written, in the order of the file; not copied, nobody may change it
     */
    public Block(ConfigId id, Origin origin, Map<String, ConfigValue> values) {
        this.id = id;
        this.origin = origin;
        this.values = Collections.unmodifiableMap(values);
        this.lowerCase = isLowerCase(values.keySet());
    }

    private static boolean isLowerCase(Set<String> keys) {
        for (String key : keys) {
            if (!key.toLowerCase(Locale.ROOT).equals(key)) {
                return false;
            }
        }
        return true;
    }

    public ConfigId id() {
        return id;
    }

    public Origin origin() {
        return origin;
    }

    public Map<String, ConfigValue> values() {
        return values;
    }

    /** Whether all keys are in lower case, so that no two of them can be one key. */
    public boolean isLowerCase() {
        return lowerCase;
    }

    /** The keys, sorted. Not to be changed. */
    public String[] sortedKeys() {
        if (sortedKeys == null) {
            String[] keys = values.keySet().toArray(new String[0]);
            Arrays.sort(keys);
            sortedKeys = keys;
        }
        return sortedKeys;
    }
}
