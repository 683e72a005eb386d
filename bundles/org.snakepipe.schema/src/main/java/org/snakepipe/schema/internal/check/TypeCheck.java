// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.Map;
import java.util.Optional;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;

/** Reads one raw value to its type, without any conversion that somebody would not expect. Immutable. */
abstract class TypeCheck {
    /**
     * For a type.
     *
     * @throws IllegalArgumentException if the minimum or maximum makes no sense; the message names the key and says why
     */
    static TypeCheck of(String key, Type type, Optional<String> min, Optional<String> max, Constraints constraints) {
        return switch (type) {
            case STRING, PASSWORD -> TextCheck.of(key, min, max, constraints);
            case BOOLEAN -> BooleanCheck.of(key, min, max);
            case CHARACTER -> CharacterCheck.of(key, min, max);
            case BYTE, SHORT, INTEGER, LONG -> IntegerCheck.of(key, type, min, max, constraints);
            case FLOAT, DOUBLE -> DecimalCheck.of(key, type, min, max);
        };
    }

    /** The value in the class that ConfigurationAdmin is to deliver. */
    abstract Object read(Object raw) throws RejectedValueException;

    /** What is allowed, for people. */
    abstract String range();

    /** What is allowed of values that have their type already, in keywords of JSON Schema. What a text has to match is not there. */
    abstract Map<String, Object> keywords();

    /** A number as people read it, with its unit, to put behind a bare one; empty when it says no more than the bare one. */
    String explained(Object raw) {
        return "";
    }

    static IllegalArgumentException disordered(String key, String min, String max) {
        return new IllegalArgumentException(key + " has min = " + min + " above max = " + max);
    }

    static RejectedValueException outside(boolean below, String bound) {
        return new RejectedValueException(
                "value.range", below ? "is below the minimum " + bound : "is above the maximum " + bound);
    }

    static String span(String min, String max, String what) {
        if (min.isEmpty()) {
            return max.isEmpty() ? "" : "at most " + max + what;
        }
        return max.isEmpty() ? min + what + " or more" : min + " to " + max + what;
    }
}
