// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.schema.Attribute.Type;

/** Numbers of 32 and of 64 bits, in decimal notation. */
final class DecimalCheck extends TypeCheck {
    private static final int MOST_DIGITS = 1000;

    private final boolean single;
    private final double min;
    private final double max;
    private final String least;
    private final String greatest;

    private DecimalCheck(String key, boolean single, Optional<String> min, Optional<String> max) {
        this.single = single;
        this.min = min.isPresent() ? bound(key, "min", min.get()) : Double.NEGATIVE_INFINITY;
        this.max = max.isPresent() ? bound(key, "max", max.get()) : Double.POSITIVE_INFINITY;
        least = min.map(DecimalCheck::plain).orElse("");
        greatest = max.map(DecimalCheck::plain).orElse("");
    }

    static DecimalCheck of(String key, Type type, Optional<String> min, Optional<String> max) {
        DecimalCheck check = new DecimalCheck(key, type == Type.FLOAT, min, max);
        if (check.min > check.max) {
            throw disordered(key, min.orElse(""), max.orElse(""));
        }
        return check;
    }

    private double bound(String key, String name, String text) {
        try {
            return number(text).doubleValue();
        } catch (RejectedValueException e) {
            throw new IllegalArgumentException(key + " has " + name + " = " + text + ", which " + e.getMessage(), e);
        }
    }

    private static String plain(String text) {
        return new BigDecimal(text.strip()).toPlainString();
    }

    @Override
    Object read(Object raw) throws RejectedValueException {
        Number value = number(raw);
        double measure = value.doubleValue();
        if (Double.isInfinite(measure)) {
            throw new RejectedValueException("value.range", "does not fit into a " + (single ? "Float" : "Double"));
        }
        if (measure < min) {
            throw outside(true, least);
        }
        if (measure > max) {
            throw outside(false, greatest);
        }
        return value;
    }

    /** Infinite when it is too large. */
    private Number number(Object raw) throws RejectedValueException {
        String text = raw instanceof String || isNumber(raw) ? raw.toString().strip() : "";
        if (text.length() > MOST_DIGITS || !isDecimal(text)) {
            throw new RejectedValueException("value.type", "is not a number");
        }
        if (single) {
            return Float.parseFloat(text);
        }
        return Double.parseDouble(text);
    }

    private static boolean isNumber(Object raw) {
        return raw instanceof Byte
                || raw instanceof Short
                || raw instanceof Integer
                || raw instanceof Long
                || raw instanceof Float
                || raw instanceof Double
                || raw instanceof BigInteger
                || raw instanceof BigDecimal;
    }

    /** {@code [+-] digits [. digits] [e [+-] digits]}, where digits may be missing on one side of the dot. */
    private static boolean isDecimal(String text) {
        int begin = signed(text, 0);
        int whole = digits(text, begin);
        boolean dot = whole < text.length() && text.charAt(whole) == '.';
        int end = dot ? digits(text, whole + 1) : whole;
        if (end - begin == (dot ? 1 : 0)) {
            return false;
        }
        if (end < text.length() && (text.charAt(end) | 0x20) == 'e') {
            int exponent = signed(text, end + 1);
            end = digits(text, exponent);
            // A BigDecimal has no room for longer exponents.
            return end > exponent && end - exponent < 10 && end == text.length();
        }
        return end == text.length();
    }

    private static int signed(String text, int at) {
        return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
    }

    private static int digits(String text, int begin) {
        int end = begin;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    @Override
    Map<String, Object> keywords() {
        Map<String, Object> keywords = new LinkedHashMap<>(Map.of("type", "number"));
        BigDecimal largest = new BigDecimal(Float.toString(Float.MAX_VALUE));
        Optional<BigDecimal> from =
                Optional.of(least).filter(text -> !text.isEmpty()).map(BigDecimal::new);
        Optional<BigDecimal> to =
                Optional.of(greatest).filter(text -> !text.isEmpty()).map(BigDecimal::new);
        if (single) {
            from = Optional.of(from.orElse(largest.negate()).max(largest.negate()));
            to = Optional.of(to.orElse(largest).min(largest));
        }
        from.ifPresent(bound -> keywords.put("minimum", bound));
        to.ifPresent(bound -> keywords.put("maximum", bound));
        return keywords;
    }

    @Override
    String range() {
        String span = span(least, greatest, "");
        return span.isEmpty() ? "a number" : span;
    }
}
