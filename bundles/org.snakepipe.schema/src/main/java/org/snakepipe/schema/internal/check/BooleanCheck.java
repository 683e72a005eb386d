// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code true} and {@code false}, and nothing else. */
final class BooleanCheck extends TypeCheck {
    private static final Set<String> YES = Set.of("true", "yes", "y", "on", "1", "enabled");
    private static final Set<String> NO = Set.of("false", "no", "n", "off", "0", "disabled");

    static BooleanCheck of(String key, Optional<String> min, Optional<String> max) {
        min.or(() -> max).ifPresent(bound -> {
            String name = min.isPresent() ? "min" : "max";
            throw new IllegalArgumentException(key + " has " + name + " = " + bound + ", but a Boolean has no bounds");
        });
        return new BooleanCheck();
    }

    @Override
    Object read(Object raw) throws RejectedValueException {
        if (raw instanceof Boolean) {
            return raw;
        }
        String text = raw instanceof String given ? given.strip() : "";
        if (text.equals("true")) {
            return Boolean.TRUE;
        }
        if (text.equals("false")) {
            return Boolean.FALSE;
        }
        String word = text.toLowerCase(Locale.ROOT);
        List<String> meant = YES.contains(word) ? List.of("true") : NO.contains(word) ? List.of("false") : List.of();
        throw new RejectedValueException("value.type", "is not a Boolean", meant);
    }

    @Override
    String range() {
        return "true, false";
    }

    @Override
    Map<String, Object> keywords() {
        return new LinkedHashMap<>(Map.of("type", "boolean"));
    }
}
