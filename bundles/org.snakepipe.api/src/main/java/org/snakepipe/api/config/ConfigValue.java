// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.List;
import java.util.Objects;

/**
 * One value of one key as the layers give it, with its origin and with what it hides.
 *
 * @param raw      the value as written: a {@link String}, or the typed value of a typed format (a number, a Boolean, a
 *                 {@link List} of these), or {@link Deferred}, in place of a text; never {@code null}
 * @param origin   where it is written
 * @param shadowed the values of lower layers that this one hides, the highest first; their own lists are empty
 */
public record ConfigValue(Object raw, Origin origin, List<ConfigValue> shadowed) {
    /**
     * Copies the list.
     *
     * @param raw      as in the record
     * @param origin   as in the record
     * @param shadowed as in the record
     */
    public ConfigValue {
        Objects.requireNonNull(raw, "raw");
        Objects.requireNonNull(origin, "origin");
        shadowed = List.copyOf(shadowed);
    }

    /**
     * A value that hides nothing.
     *
     * @param raw    the value as written
     * @param origin where
     * @return the value
     */
    public static ConfigValue of(Object raw, Origin origin) {
        return new ConfigValue(raw, origin, List.of());
    }
}
