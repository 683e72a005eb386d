// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.schema.internal.check.AttributeCheck;

/**
 * One key of a configuration. Immutable. Source: OSGi Compendium 8, 105.8 (attributes of {@code AD}).
 *
 * @param key         the key
 * @param type        the type of the value, or of each element
 * @param cardinality 0 for one value; {@code n} for an array of at most {@code n} elements; {@code -n} for a list of at most
 *                    {@code n} elements; {@link Integer#MAX_VALUE} and {@link Integer#MIN_VALUE} mean any number
 * @param required    {@code true} when there has to be a value, from the configuration or from the defaults
 * @param defaults    the value when the configuration gives none, one text per element; empty when there is no default
 * @param min         the least value, of a text the least length in UTF-16 units
 * @param max         the greatest value, of a text the greatest length in UTF-16 units
 * @param options     the only allowed values; empty when all are allowed
 * @param name        for people; may be empty
 * @param description for people; may be empty
 * @param constraints what is said beside Metatype
 */
public record Attribute(
        String key,
        Type type,
        int cardinality,
        boolean required,
        List<String> defaults,
        Optional<String> min,
        Optional<String> max,
        List<Option> options,
        String name,
        String description,
        Constraints constraints) {

    /** The types of Metatype. */
    public enum Type {
        /** Text. */
        STRING,
        /** Text that never shows: a secret. */
        PASSWORD,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** Integer of 8 bits. */
        BYTE,
        /** Integer of 16 bits. */
        SHORT,
        /** Integer of 32 bits. */
        INTEGER,
        /** Integer of 64 bits. */
        LONG,
        /** Number of 32 bits. */
        FLOAT,
        /** Number of 64 bits. */
        DOUBLE,
        /** One UTF-16 unit. */
        CHARACTER
    }

    /**
     * One allowed value.
     *
     * @param value the value as it is written
     * @param label for people
     */
    public record Option(String value, String label) {
        /** Checks that nothing is {@code null}. */
        public Option {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the type has no such minimum, maximum or constraint, or the minimum is above the
     *     maximum
     */
    public Attribute {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        defaults = List.copyOf(defaults);
        Objects.requireNonNull(min, "min");
        Objects.requireNonNull(max, "max");
        options = List.copyOf(options);
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(constraints, "constraints");
        AttributeCheck.requireSense(key, type, cardinality, min, max, constraints);
    }

    /**
     * A key about which Metatype says all there is to say.
     *
     * @param key         the key
     * @param type        of the value, or of each element
     * @param cardinality as for the record
     * @param required    whether there has to be a value
     * @param defaults    one text per element
     * @param min         the least value or length
     * @param max         the greatest value or length
     * @param options     the only allowed values
     * @param name        for people; may be empty
     * @param description for people; may be empty
     * @throws IllegalArgumentException if the type has no such minimum or maximum, or the minimum is above the maximum
     */
    public Attribute(
            String key,
            Type type,
            int cardinality,
            boolean required,
            List<String> defaults,
            Optional<String> min,
            Optional<String> max,
            List<Option> options,
            String name,
            String description) {
        this(key, type, cardinality, required, defaults, min, max, options, name, description, Constraints.NONE);
    }

    /**
     * Tells whether the value must never be shown.
     *
     * @return {@code true} for a password, and for what is annotated as a secret
     */
    public boolean isSecret() {
        return type == Type.PASSWORD || constraints.secret();
    }

    /**
     * Tells whether the value is, or consists of, text.
     *
     * @return {@code true} for strings and passwords
     */
    public boolean isText() {
        return type == Type.STRING || type == Type.PASSWORD;
    }
}
