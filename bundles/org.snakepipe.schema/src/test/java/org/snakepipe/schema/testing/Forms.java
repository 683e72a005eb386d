// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.snakepipe.api.config.Unit.Measure;
import org.snakepipe.schema.ListText;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.internal.unit.Quantity;

/** A document in other forms that people write in files. */
final class Forms {
    private Forms() {}

    /** The words of keys nested, where no key begins with another one. */
    static Map<String, Object> nested(Map<String, Object> document, Schema schema) {
        boolean clash = document.keySet().stream()
                .anyMatch(key -> document.keySet().stream().anyMatch(other -> isBelow(other, key))
                        || schema.attribute(key).isEmpty()
                                && schema.attributes().stream().anyMatch(known -> isBelow(key, known.key())));
        Map<String, Object> nested = new TreeMap<>();
        if (clash) {
            return document;
        }
        document.forEach((key, value) -> put(nested, key, value));
        return nested;
    }

    private static boolean isBelow(String key, String other) {
        return key.startsWith(other + ".");
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> into, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            into.put(key, value);
        } else {
            Object inner = into.computeIfAbsent(key.substring(0, dot), head -> new TreeMap<String, Object>());
            put((Map<String, Object>) inner, key.substring(dot + 1), value);
        }
    }

    /** A word in place of one of the values. */
    static Map<String, Object> withWord(Map<String, Object> document, Random random) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        if (!document.isEmpty()) {
            List<String> keys = List.copyOf(document.keySet());
            String key = keys.get(random.nextInt(keys.size()));
            changed.put(key, document.get(key) instanceof List ? List.of("$[inherited]") : "$[env:X;default=1]");
        }
        return changed;
    }

    /** Everything as a text: what measures something with its unit. */
    static Map<String, Object> texts(Map<String, Object> document, Schema schema) {
        Map<String, Object> texts = new LinkedHashMap<>();
        document.forEach((key, value) -> {
            Optional<Measure> unit = schema.attribute(key)
                    .flatMap(attribute -> attribute.constraints().unit());
            texts.put(
                    key,
                    value instanceof List<?> list
                            ? ListText.join(
                                    list.stream().map(one -> text(one, unit)).toList())
                            : text(value, unit));
        });
        return texts;
    }

    private static String text(Object value, Optional<Measure> unit) {
        return unit.isPresent() && value instanceof Long number
                ? Quantity.of(unit.get()).show(number)
                : String.valueOf(value);
    }
}
