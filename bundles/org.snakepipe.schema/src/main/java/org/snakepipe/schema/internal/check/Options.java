// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.api.config.Vocabulary;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Option;

/** The only allowed values, by type, so that {@code 010} is the option {@code 10}. Immutable. */
final class Options {
    private final Map<Object, String> texts;
    private final Vocabulary known;

    private Options(Map<Object, String> texts) {
        this.texts = texts;
        known = Vocabulary.of(texts.values());
    }

    /** The options of an attribute; {@code null} when it has none, and all values are allowed. */
    static Options of(Attribute attribute, TypeCheck type) {
        Map<Object, String> texts = new LinkedHashMap<>();
        for (Option option : attribute.options()) {
            try {
                texts.put(type.read(option.value()), option.value());
            } catch (RejectedValueException e) {
                // It can never be chosen, as it is no value of the type: it is not offered either.
                continue;
            }
        }
        return attribute.options().isEmpty() ? null : new Options(texts);
    }

    void check(Object value, Object raw) throws RejectedValueException {
        if (!texts.containsKey(value)) {
            List<String> meant = known.nearest(String.valueOf(raw).strip());
            throw new RejectedValueException("value.option", "is none of the options", meant);
        }
    }

    /** What is allowed, in keywords of JSON Schema. */
    Map<String, Object> keywords(Object type) {
        List<Object> values = texts.keySet().stream().map(Options::plain).toList();
        return values.isEmpty()
                ? new LinkedHashMap<>(Map.of("not", Map.of()))
                : new LinkedHashMap<>(new TreeMap<>(Map.of("type", type, "enum", values)));
    }

    /** JSON has no characters, and no numbers of 32 bits. */
    private static Object plain(Object value) {
        return value instanceof Character
                ? value.toString()
                : value instanceof Float ? new BigDecimal(value.toString()) : value;
    }

    /** What is allowed, for people. */
    String allowed() {
        return String.join(", ", texts.values());
    }
}
