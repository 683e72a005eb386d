// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import java.lang.reflect.Array;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of an expression's results may become the value of a field. */
final class Values {
    private Values() {}

    /** The value, an array as a list; empty when it is {@code null} or nothing that a record may hold. */
    static Optional<Object> allowed(Object value) {
        if (value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Temporal
                || value instanceof byte[]) {
            return Optional.of(value);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) ->
                    copy.put(String.valueOf(key), allowed(element).orElse(null)));
            return Optional.of(copy);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(allowed(element).orElse(null)));
            return Optional.of(copy);
        }
        if (value != null && value.getClass().isArray()) {
            List<Object> copy = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                copy.add(allowed(Array.get(value, i)).orElse(null));
            }
            return Optional.of(copy);
        }
        return Optional.empty();
    }
}
