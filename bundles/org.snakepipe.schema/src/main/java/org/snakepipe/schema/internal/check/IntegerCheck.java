// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.Format;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.internal.unit.Quantity;
import org.snakepipe.schema.internal.unit.QuantityException;

/** Integers of 8 to 64 bits; those that measure something may be written with a unit. */
final class IntegerCheck extends TypeCheck {
    private static final int MOST_DIGITS = 1000;
    private static final int DIGITS_OF_A_LONG = 18;
    private static final int MAX_PORT = 65_535;

    private final Type type;
    private final Quantity quantity;
    private final long min;
    private final long max;
    /** Whether nobody has set a maximum, so that none is shown. */
    private final boolean unbounded;

    private IntegerCheck(Type type, Quantity quantity, long min, long max, boolean unbounded) {
        this.type = type;
        this.quantity = quantity;
        this.min = min;
        this.max = max;
        this.unbounded = unbounded;
    }

    static IntegerCheck of(
            String key, Type type, Optional<String> minText, Optional<String> maxText, Constraints constraints) {
        Quantity quantity = constraints.unit().map(Quantity::of).orElse(null);
        boolean port = constraints.format().equals(Optional.of(Format.Kind.port));
        IntegerCheck any = new IntegerCheck(Type.LONG, quantity, Long.MIN_VALUE, Long.MAX_VALUE, true);
        long min = minText.isPresent() ? any.bound(key, "min", minText.get()) : Long.MIN_VALUE;
        long max = maxText.isPresent() ? any.bound(key, "max", maxText.get()) : Long.MAX_VALUE;
        if (min > max) {
            throw disordered(key, minText.orElse(""), maxText.orElse(""));
        }
        return new IntegerCheck(
                type,
                quantity,
                Math.max(min, port ? 0 : -1 - greatest(type)),
                Math.min(max, port ? Math.min(MAX_PORT, greatest(type)) : greatest(type)),
                maxText.isEmpty() && (quantity != null || type == Type.LONG && min > Long.MIN_VALUE));
    }

    /** A bound that a long cannot hold is none. */
    private long bound(String key, String name, String text) {
        try {
            return number(text);
        } catch (RejectedValueException e) {
            if (e.code().equals("value.range")) {
                return text.strip().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            throw new IllegalArgumentException(key + " has " + name + " = " + text + ", which " + e.getMessage(), e);
        }
    }

    private static long greatest(Type type) {
        return switch (type) {
            case BYTE -> Byte.MAX_VALUE;
            case SHORT -> Short.MAX_VALUE;
            case INTEGER -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    @Override
    Object read(Object raw) throws RejectedValueException {
        long value = number(raw);
        if (value < min) {
            throw outside(true, shown(min));
        }
        if (value > max) {
            throw outside(false, shown(max));
        }
        return switch (type) {
            case BYTE -> (byte) value;
            case SHORT -> (short) value;
            case INTEGER -> (int) value;
            default -> value;
        };
    }

    private long number(Object raw) throws RejectedValueException {
        if (raw instanceof String text) {
            return number(text);
        }
        if (raw instanceof Integer || raw instanceof Long || raw instanceof Short || raw instanceof Byte) {
            return ((Number) raw).longValue();
        }
        if (raw instanceof BigInteger big) {
            return number(big);
        }
        throw notAnInteger();
    }

    /** The usual case without a detour: up to eighteen digits and perhaps a sign. */
    private long number(String text) throws RejectedValueException {
        int length = text.length();
        int begin = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (length == begin || length - begin > DIGITS_OF_A_LONG) {
            return unusual(text.strip());
        }
        long value = 0;
        for (int index = begin; index < length; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                return unusual(text.strip());
            }
            value = value * 10 + digit;
        }
        return text.charAt(0) == '-' ? -value : value;
    }

    private long unusual(String text) throws RejectedValueException {
        if (text.length() <= MOST_DIGITS && isInteger(text)) {
            return number(new BigInteger(text));
        }
        if (quantity == null) {
            throw notAnInteger();
        }
        try {
            return quantity.parse(text);
        } catch (QuantityException e) {
            if (e.isTooLarge()) {
                throw outside(false, shown(max));
            }
            throw new RejectedValueException("value.unit", e.getMessage(), quantity.meant(text));
        }
    }

    /** A sign, perhaps, and digits. Durations and sizes come here too, so it has to be quick. */
    private static boolean isInteger(String text) {
        int begin = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        for (int index = begin; index < text.length(); index++) {
            if (text.charAt(index) < '0' || text.charAt(index) > '9') {
                return false;
            }
        }
        return text.length() > begin;
    }

    private long number(BigInteger big) throws RejectedValueException {
        if (big.bitLength() >= Long.SIZE) {
            throw outside(big.signum() < 0, shown(big.signum() < 0 ? min : max));
        }
        return big.longValue();
    }

    private static RejectedValueException notAnInteger() {
        return new RejectedValueException("value.type", "is not an integer");
    }

    @Override
    String range() {
        return span(shown(min), unbounded ? "" : shown(max), "");
    }

    @Override
    Map<String, Object> keywords() {
        Map<String, Object> keywords = new LinkedHashMap<>(Map.of("type", "integer"));
        keywords.put("minimum", min);
        keywords.put("maximum", max);
        return keywords;
    }

    @Override
    String explained(Object raw) {
        try {
            String bare = String.valueOf(raw).strip();
            String shown = shown(number(raw));
            return quantity == null || shown.equals(bare) || !Character.isDigit(bare.charAt(bare.length() - 1))
                    ? ""
                    : " (" + shown + ")";
        } catch (RejectedValueException e) {
            return "";
        }
    }

    private String shown(long value) {
        return quantity == null ? Long.toString(value) : quantity.show(value);
    }
}
