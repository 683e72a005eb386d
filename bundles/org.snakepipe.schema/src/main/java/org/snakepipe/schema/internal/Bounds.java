// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal;

import java.math.BigDecimal;
import java.util.Optional;
import org.snakepipe.schema.Attribute.Type;

/** The least and the greatest measure of a value: of a number itself, of a text its length, of a character its code. */
public final class Bounds {
    private final Type type;
    private final Optional<BigDecimal> min;
    private final Optional<BigDecimal> max;

    private Bounds(Type type, Optional<BigDecimal> min, Optional<BigDecimal> max) {
        this.type = type;
        this.min = min;
        this.max = max;
    }

    /**
     * The bounds of an attribute, no wider than its type.
     *
     * @param key     names the attribute in messages
     * @param type    its type
     * @param minText the minimum as it is written
     * @param maxText the maximum as it is written
     * @throws IllegalArgumentException if its minimum or maximum cannot be understood; the message says why
     */
    public static Bounds of(String key, Type type, Optional<String> minText, Optional<String> maxText) {
        Optional<BigDecimal> min = minText.map(text -> bound(key + " has min = " + text, type, text));
        Optional<BigDecimal> max = maxText.map(text -> bound(key + " has max = " + text, type, text));
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            throw new IllegalArgumentException(
                    key + " has min = " + minText.orElseThrow() + " above max = " + maxText.orElseThrow());
        }
        return new Bounds(
                type,
                least(type).map(limit -> min.map(limit::max).orElse(limit)).or(() -> min),
                greatest(type).map(limit -> max.map(limit::min).orElse(limit)).or(() -> max));
    }

    void check(Object value) throws RejectedValueException {
        if (min.isEmpty() && max.isEmpty()) {
            return;
        }
        BigDecimal measure = measure(value);
        if (min.isPresent() && measure.compareTo(min.get()) < 0) {
            throw new RejectedValueException(
                    "value.range", (isLength() ? "is shorter than" : "is below") + " the minimum " + shown(min.get()));
        }
        if (max.isPresent() && measure.compareTo(max.get()) > 0) {
            throw new RejectedValueException(
                    "value.range", (isLength() ? "is longer than" : "is above") + " the maximum " + shown(max.get()));
        }
    }

    /** What is allowed, for people. */
    String allowed() {
        String what = isLength() ? " characters" : "";
        if (type == Type.LONG && isWidest(max) && !isWidest(min)) {
            // Nobody counts nineteen digits.
            return shown(min.orElseThrow()) + " or more";
        }
        if (min.isPresent() && max.isPresent()) {
            return shown(min.get()) + " to " + shown(max.get()) + what;
        }
        if (min.isPresent()) {
            return shown(min.get()) + what + " or more";
        }
        if (max.isPresent()) {
            return "at most " + shown(max.get()) + what;
        }
        return switch (type) {
            case BOOLEAN -> "true, false";
            case CHARACTER -> "one character";
            case STRING, PASSWORD -> "text";
            default -> "a number";
        };
    }

    private boolean isWidest(Optional<BigDecimal> bound) {
        return bound.equals(least(type)) || bound.equals(greatest(type));
    }

    private boolean isLength() {
        return type == Type.STRING || type == Type.PASSWORD;
    }

    private String shown(BigDecimal bound) {
        return type == Type.CHARACTER ? "'" + (char) bound.intValue() + "'" : bound.toPlainString();
    }

    private static BigDecimal measure(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        return BigDecimal.valueOf(
                value instanceof Character one ? one : value.toString().length());
    }

    private static BigDecimal bound(String what, Type type, String text) {
        if (type == Type.BOOLEAN) {
            throw new IllegalArgumentException(what + ", but a Boolean has no bounds");
        }
        boolean isLength = type == Type.STRING || type == Type.PASSWORD;
        try {
            return measure(Scalar.of(isLength ? Type.INTEGER : type, text));
        } catch (RejectedValueException e) {
            throw new IllegalArgumentException(what + ", which " + e.getMessage(), e);
        }
    }

    private static Optional<BigDecimal> least(Type type) {
        return switch (type) {
            case BYTE -> Optional.of(BigDecimal.valueOf(Byte.MIN_VALUE));
            case SHORT -> Optional.of(BigDecimal.valueOf(Short.MIN_VALUE));
            case INTEGER -> Optional.of(BigDecimal.valueOf(Integer.MIN_VALUE));
            case LONG -> Optional.of(BigDecimal.valueOf(Long.MIN_VALUE));
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> greatest(Type type) {
        return switch (type) {
            case BYTE -> Optional.of(BigDecimal.valueOf(Byte.MAX_VALUE));
            case SHORT -> Optional.of(BigDecimal.valueOf(Short.MAX_VALUE));
            case INTEGER -> Optional.of(BigDecimal.valueOf(Integer.MAX_VALUE));
            case LONG -> Optional.of(BigDecimal.valueOf(Long.MAX_VALUE));
            default -> Optional.empty();
        };
    }
}
