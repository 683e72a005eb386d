// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.snakepipe.api.config.ConfigValue;

/** Values as everybody may see them: of a secret, only where it comes from. */
final class Mask {
    private static final String MASK = "<set>";

    private Mask() {}

    /** The same values, those of some keys masked, also where they are hidden. */
    static Map<String, ConfigValue> masked(Map<String, ConfigValue> values, Predicate<String> secret) {
        if (values.keySet().stream().noneMatch(secret)) {
            return values;
        }
        Map<String, ConfigValue> shown = new TreeMap<>(values);
        shown.replaceAll((key, value) -> secret.test(key) ? masked(value) : value);
        return shown;
    }

    private static ConfigValue masked(ConfigValue value) {
        List<ConfigValue> shadowed = value.shadowed().stream()
                .map(hidden -> ConfigValue.of(MASK, hidden.origin()))
                .toList();
        return new ConfigValue(MASK, value.origin(), shadowed);
    }
}
