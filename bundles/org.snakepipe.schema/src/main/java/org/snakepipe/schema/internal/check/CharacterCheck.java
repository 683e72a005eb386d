// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One UTF-16 unit. */
final class CharacterCheck extends TypeCheck {
    private final Optional<Character> min;
    private final Optional<Character> max;

    private CharacterCheck(Optional<Character> min, Optional<Character> max) {
        this.min = min;
        this.max = max;
    }

    static CharacterCheck of(String key, Optional<String> min, Optional<String> max) {
        CharacterCheck check = new CharacterCheck(bound(key, "min", min), bound(key, "max", max));
        if (min.isPresent() && max.isPresent() && check.min.orElseThrow() > check.max.orElseThrow()) {
            throw disordered(key, min.get(), max.get());
        }
        return check;
    }

    private static Optional<Character> bound(String key, String name, Optional<String> text) {
        try {
            return text.isPresent() ? Optional.of(character(text.get())) : Optional.empty();
        } catch (RejectedValueException e) {
            throw new IllegalArgumentException(
                    key + " has " + name + " = " + text.get() + ", which " + e.getMessage(), e);
        }
    }

    @Override
    Object read(Object raw) throws RejectedValueException {
        Character character = character(raw);
        if (min.isPresent() && character < min.get()) {
            throw outside(true, quoted(min.get()));
        }
        if (max.isPresent() && character > max.get()) {
            throw outside(false, quoted(max.get()));
        }
        return character;
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

    @Override
    String range() {
        String span = span(
                min.map(CharacterCheck::quoted).orElse(""),
                max.map(CharacterCheck::quoted).orElse(""),
                "");
        return span.isEmpty() ? "one character" : span;
    }

    @Override
    Map<String, Object> keywords() {
        Map<String, Object> keywords = new LinkedHashMap<>(Map.of("type", "string"));
        if (min.isPresent() || max.isPresent()) {
            String from = String.format("\\u%04X", (int) min.orElse('\u0000'));
            keywords.put("pattern", "^[" + from + "-" + String.format("\\u%04X", (int) max.orElse('\uFFFF')) + "]$");
        } else {
            keywords.put("minLength", 1);
            keywords.put("maxLength", 1);
        }
        return keywords;
    }

    private static String quoted(char character) {
        return "'" + character + "'";
    }
}
