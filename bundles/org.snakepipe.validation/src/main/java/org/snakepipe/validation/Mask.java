// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.schema.Concealment;

/** Values as everybody may see them: of a secret, only where it comes from. */
final class Mask {
    private Mask() {}

    /** The same values, those of some keys masked, also where they are hidden; passwords inside of the others too. */
    static Map<String, ConfigValue> masked(Map<String, ConfigValue> values, Predicate<String> secret) {
        Map<String, ConfigValue> shown = new TreeMap<>();
        values.forEach((key, value) -> {
            ConfigValue masked = value(value, secret.test(key) ? raw -> Concealment.MASK : Concealment::of);
            if (masked != value) {
                shown.put(key, masked);
            }
        });
        if (shown.isEmpty()) {
            return values;
        }
        values.forEach(shown::putIfAbsent);
        return shown;
    }

    /** The same object when there is nothing to mask, as with nearly all of them. */
    private static ConfigValue value(ConfigValue value, UnaryOperator<Object> mask) {
        Object raw = mask.apply(value.raw());
        boolean same = raw == value.raw();
        for (ConfigValue hidden : value.shadowed()) {
            same &= mask.apply(hidden.raw()) == hidden.raw();
        }
        return same ? value : new ConfigValue(raw, value.origin(), masked(value.shadowed(), mask));
    }

    private static List<ConfigValue> masked(List<ConfigValue> hidden, UnaryOperator<Object> mask) {
        return hidden.stream()
                .map(one -> ConfigValue.of(mask.apply(one.raw()), one.origin()))
                .toList();
    }
}
