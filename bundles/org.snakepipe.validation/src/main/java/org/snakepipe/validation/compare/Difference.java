// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.Objects;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;

/**
 * What is different between a left and a right environment: a value, or a whole configuration that only one of them has.
 *
 * @param id          the configuration
 * @param key         the key; empty when only one side has the configuration
 * @param left        the value: text, number, Boolean, or a list of these, of a secret a mask; empty when there is none
 * @param right       likewise
 * @param leftOrigin  where it is written; of a configuration, the place of its first value; empty when nobody knows. A value
 *                    that has no place because the side has none is empty too
 * @param rightOrigin likewise
 * @param side        who has it
 */
public record Difference(
        ConfigId id,
        Optional<String> key,
        Optional<Object> left,
        Optional<Object> right,
        Optional<Origin> leftOrigin,
        Optional<Origin> rightOrigin,
        Side side) {
    /** Who has a value or a configuration. */
    public enum Side {
        /** Only the left one. */
        LEFT,
        /** Only the right one. */
        RIGHT,
        /** Both, and the values differ. */
        BOTH
    }

    /** Checks that nothing is {@code null}. */
    public Difference {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(left, "left");
        Objects.requireNonNull(right, "right");
        Objects.requireNonNull(leftOrigin, "leftOrigin");
        Objects.requireNonNull(rightOrigin, "rightOrigin");
        Objects.requireNonNull(side, "side");
    }

    /** {@code snakepipe.pipeline~demo batch.size: left 200 (base.yaml:2), right 1000 (prod.yaml:3)}. */
    @Override
    public String toString() {
        if (key.isEmpty()) {
            return id + ": only " + (side == Side.LEFT ? "left" : "right") + place(leftOrigin.or(() -> rightOrigin));
        }
        boolean masked = side == Side.BOTH && left.equals(right);
        return id + " " + key.get() + ": left " + text(left, leftOrigin) + ", right " + text(right, rightOrigin)
                + (masked ? ": two different secrets" : "");
    }

    private static String text(Optional<Object> value, Optional<Origin> origin) {
        return value.map(Object::toString).orElse("none") + place(origin);
    }

    private static String place(Optional<Origin> origin) {
        return origin.map(at -> " (" + (at.layer().equals("default") ? "default" : at) + ")")
                .orElse("");
    }
}
