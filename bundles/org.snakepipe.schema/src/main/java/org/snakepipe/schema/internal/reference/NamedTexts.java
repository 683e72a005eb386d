// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.reference;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.ListText;

/** The texts of a key that names configurations. What is no text, or is not there yet, names nobody. Immutable. */
final class NamedTexts {
    private final boolean list;
    private final List<?> elements;

    private NamedTexts(boolean list, List<?> elements) {
        this.list = list;
        this.elements = elements;
    }

    /** Of a value, or of the default when it is {@code null}. */
    static NamedTexts of(Attribute attribute, ConfigValue value) {
        boolean list = attribute.cardinality() != 0;
        if (value == null) {
            return new NamedTexts(list, attribute.defaults());
        }
        if (value.raw() instanceof String text) {
            return new NamedTexts(list, list ? ListText.split(text) : List.of(ListText.plain(text)));
        }
        boolean fits = list && value.raw() instanceof List;
        return new NamedTexts(list, fits ? (List<?>) value.raw() : List.of());
    }

    boolean isList() {
        return list;
    }

    int size() {
        return elements.size();
    }

    /** A text; empty where there is none. */
    String get(int index) {
        return elements.get(index) instanceof String text ? text.strip() : "";
    }

    /** The whole value, as it is written, with another text in one place. */
    String with(int index, String text) {
        List<Object> mended = new ArrayList<>(elements);
        mended.set(index, text);
        return ListText.join(mended);
    }
}
