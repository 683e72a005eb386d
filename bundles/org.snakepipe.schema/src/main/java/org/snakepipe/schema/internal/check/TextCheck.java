// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.Constraints.Range;

/** Text: its length, what it looks like, what it names. */
final class TextCheck extends TypeCheck {
    private final int min;
    private final int max;
    private final boolean shortest;
    private final boolean longest;
    private final Pattern pattern;
    /** The same, if it is plain. */
    private final PlainPattern plain;

    private final String hint;
    private final FormatCheck format;

    private TextCheck(Optional<Integer> min, Optional<Integer> max, Constraints constraints, Pattern pattern) {
        Range length = constraints.length().orElse(new Range(0, Integer.MAX_VALUE));
        this.min = Math.max(length.min(), min.orElse(0));
        this.max = Math.min(length.max(), max.orElse(Integer.MAX_VALUE));
        shortest = min.isPresent() || length.min() > 0;
        longest = this.max < Integer.MAX_VALUE;
        this.pattern = pattern;
        plain = pattern == null ? null : PlainPattern.of(pattern.pattern());
        hint = constraints.pattern().map(Constraints.TextPattern::hint).orElse("");
        format = constraints.format().map(FormatCheck::of).orElse(null);
    }

    static TextCheck of(String key, Optional<String> minText, Optional<String> maxText, Constraints constraints) {
        TextCheck check = new TextCheck(
                bound(key, "min", minText), bound(key, "max", maxText), constraints, pattern(key, constraints));
        if (check.min > check.max) {
            throw disordered(key, minText.orElse("" + check.min), maxText.orElse("" + check.max));
        }
        return check;
    }

    private static Optional<Integer> bound(String key, String name, Optional<String> text) {
        try {
            return text.map(number -> Integer.valueOf(number.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    key + " has " + name + " = " + text.orElse("") + ", which is not an integer", e);
        }
    }

    private static Pattern pattern(String key, Constraints constraints) {
        try {
            return constraints
                    .pattern()
                    .map(text -> Pattern.compile(text.expression()))
                    .orElse(null);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    key + " has a pattern that is no regular expression: " + e.getDescription() + " near index "
                            + e.getIndex(),
                    e);
        }
    }

    @Override
    Object read(Object raw) throws RejectedValueException {
        if (!(raw instanceof String text)) {
            throw new RejectedValueException("value.type", "is not text");
        }
        if (text.length() < min) {
            throw new RejectedValueException("value.range", "is shorter than the minimum " + min);
        }
        if (text.length() > max) {
            throw new RejectedValueException("value.range", "is longer than the maximum " + max);
        }
        if (pattern != null && !matches(text)) {
            throw new RejectedValueException("value.pattern", "does not have the right form");
        }
        if (format != null) {
            format.check(text);
        }
        return text;
    }

    private boolean matches(String text) throws RejectedValueException {
        if (plain != null) {
            return plain.matches(text);
        }
        try {
            return pattern.matcher(new BoundedText(text)).matches();
        } catch (BoundedText.ExhaustedException | StackOverflowError e) {
            throw new RejectedValueException(
                    "value.pattern", "cannot be compared with the pattern, which takes too long for it");
        }
    }

    @Override
    Map<String, Object> keywords() {
        Map<String, Object> keywords = new LinkedHashMap<>(Map.of("type", "string"));
        if (min > 0) {
            keywords.put("minLength", min);
        }
        if (longest) {
            keywords.put("maxLength", max);
        }
        return keywords;
    }

    @Override
    String range() {
        List<String> parts = new ArrayList<>();
        if (format != null) {
            parts.add(format.allowed());
        }
        if (pattern != null) {
            parts.add(hint.isBlank() ? "text that matches " + pattern : hint);
        }
        String unit = (longest ? max : min) == 1 ? " character" : " characters";
        String span = span(shortest ? "" + min : "", longest ? "" + max : "", unit);
        if (!span.isEmpty()) {
            parts.add(span);
        }
        return parts.isEmpty() ? "text" : String.join(", ", parts);
    }
}
