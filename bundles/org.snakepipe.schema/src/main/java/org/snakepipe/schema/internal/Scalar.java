// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakepipe.schema.Attribute.Type;

/**
 * Takes one raw value for what its type says, without any conversion that somebody would not expect. A value passes as a
 * {@link String}, {@link Boolean}, {@link Character} or, for every type of number, {@link BigDecimal}.
 */
final class Scalar {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?");
    private static final int MOST_DIGITS = 1000;
    private static final Set<String> YES = Set.of("true", "yes", "y", "on", "1", "enabled");
    private static final Set<String> NO = Set.of("false", "no", "n", "off", "0", "disabled");

    private Scalar() {}

    static Object of(Type type, Object raw) throws RejectedValueException {
        return switch (type) {
            case STRING, PASSWORD -> text(raw);
            case BOOLEAN -> truth(raw);
            case CHARACTER -> character(raw);
            case BYTE, SHORT, INTEGER, LONG -> integer(raw);
            case FLOAT, DOUBLE -> decimal(raw);
        };
    }

    /** The value in the class that ConfigurationAdmin is to deliver. */
    static Object narrow(Type type, Object value) throws RejectedValueException {
        return switch (type) {
            case STRING, PASSWORD, BOOLEAN, CHARACTER -> value;
            case BYTE -> ((BigDecimal) value).byteValueExact();
            case SHORT -> ((BigDecimal) value).shortValueExact();
            case INTEGER -> ((BigDecimal) value).intValueExact();
            case LONG -> ((BigDecimal) value).longValueExact();
            case FLOAT -> finite(((BigDecimal) value).floatValue());
            case DOUBLE -> finite(((BigDecimal) value).doubleValue());
        };
    }

    private static String text(Object raw) throws RejectedValueException {
        if (raw instanceof String text) {
            return text;
        }
        throw new RejectedValueException("value.type", "is not text");
    }

    private static Boolean truth(Object raw) throws RejectedValueException {
        if (raw instanceof Boolean truth) {
            return truth;
        }
        String text = raw instanceof String given ? given.strip() : "";
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        String word = text.toLowerCase(Locale.ROOT);
        List<String> meant = YES.contains(word) ? List.of("true") : NO.contains(word) ? List.of("false") : List.of();
        throw new RejectedValueException("value.type", "is not a Boolean", meant);
    }

    private static Character character(Object raw) throws RejectedValueException {
        if (raw instanceof Character character) {
            return character;
        }
        String text = raw instanceof String given ? given : "";
        String one = text.length() == 1 ? text : text.strip();
        if (one.length() == 1) {
            return one.charAt(0);
        }
        throw new RejectedValueException("value.type", "is not one character");
    }

    private static BigDecimal integer(Object raw) throws RejectedValueException {
        if (raw instanceof Byte || raw instanceof Short || raw instanceof Integer || raw instanceof Long) {
            return BigDecimal.valueOf(((Number) raw).longValue());
        }
        if (raw instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        if (raw instanceof String text
                && isShort(text)
                && INTEGER.matcher(text.strip()).matches()) {
            return new BigDecimal(text.strip());
        }
        throw new RejectedValueException("value.type", "is not an integer");
    }

    private static BigDecimal decimal(Object raw) throws RejectedValueException {
        if (raw instanceof BigDecimal big) {
            return big;
        }
        boolean number = raw instanceof Float || raw instanceof Double;
        String text = raw instanceof String || number ? raw.toString().strip() : "";
        if (isShort(text) && DECIMAL.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        try {
            return integer(raw);
        } catch (RejectedValueException e) {
            throw new RejectedValueException("value.type", "is not a number");
        }
    }

    /** Longer ones take long to read and have no meaning. */
    private static boolean isShort(String number) {
        return number.length() <= MOST_DIGITS;
    }

    private static Number finite(Number value) throws RejectedValueException {
        if (Double.isInfinite(value.doubleValue())) {
            throw new RejectedValueException(
                    "value.range", "does not fit into a " + value.getClass().getSimpleName());
        }
        return value;
    }
}
