// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.validate.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types that a field may be required to have; those of JSON. */
enum FieldType {
    STRING(CharSequence.class),
    NUMBER(Number.class),
    BOOLEAN(Boolean.class),
    LIST(List.class),
    OBJECT(Map.class);

    private final Class<?> type;

    FieldType(Class<?> type) {
        this.type = type;
    }

    boolean fits(Object value) {
        return type.isInstance(value);
    }

    static Optional<FieldType> of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(FieldType::toString).collect(Collectors.joining("|"));
    }

    static String name(Object value) {
        return Arrays.stream(values())
                .filter(type -> type.fits(value))
                .findFirst()
                .map(FieldType::toString)
                .orElse(value.getClass().getSimpleName());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
