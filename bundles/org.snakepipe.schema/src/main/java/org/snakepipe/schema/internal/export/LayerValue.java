// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.Unit.Measure;
import org.snakepipe.schema.Attribute;

/**
 * One value as people write it in a file: with words, numbers as texts and with units, and texts without quotes that YAML
 * takes for numbers. Immutable.
 */
final class LayerValue {
    private static final String TYPE = "type";
    private static final String ENUM = "enum";
    private static final List<String> SCALARS = List.of("string", "number", "boolean");

    private final Attribute attribute;
    private final Map<String, Object> typed;
    private final boolean plain;

    /**
     * A value.
     *
     * @param typed keywords for what has its type already
     * @param plain whether they say nothing but the type
     */
    LayerValue(Attribute attribute, Map<String, Object> typed, boolean plain) {
        this.attribute = attribute;
        this.typed = typed;
        this.plain = plain;
    }

    Map<String, Object> keywords() {
        return switch (attribute.type()) {
            case STRING, PASSWORD, CHARACTER -> text();
            case BOOLEAN -> other("true|false");
            case FLOAT, DOUBLE -> other(Regexes.DECIMAL);
            default -> other(integer());
        };
    }

    private String integer() {
        Optional<Measure> unit = attribute.constraints().unit();
        return unit.map(Regexes::quantity).orElse(Regexes.INTEGER);
    }

    private Map<String, Object> text() {
        Map<String, Object> keywords = new LinkedHashMap<>();
        if (plain) {
            keywords.put(TYPE, SCALARS);
            return keywords;
        }
        List<Object> forms = new ArrayList<>(List.of(typed));
        if (looksOtherwise()) {
            forms.add(Map.of(TYPE, List.of("number", "boolean")));
        }
        forms.add(PropertySchema.text(Regexes.WORD));
        keywords.put("anyOf", forms);
        return keywords;
    }

    /** Whether YAML may take the text for a number or a Boolean. */
    private boolean looksOtherwise() {
        return typed.get(ENUM) instanceof List<?> options
                ? options.stream().anyMatch(option -> option.toString().matches("true|false|[-+.0-9].*"))
                : attribute.constraints().reference().isEmpty();
    }

    /** The keywords of numbers say nothing of texts, and the other way round: they can stand beside each other. */
    private Map<String, Object> other(String form) {
        String pattern = Regexes.wholeOrWord(form);
        if (typed.containsKey(ENUM) || !typed.containsKey(TYPE)) {
            return PropertySchema.anyOf(typed, PropertySchema.text(pattern));
        }
        Map<String, Object> keywords = new LinkedHashMap<>(typed);
        keywords.put(TYPE, List.of(typed.get(TYPE), "string"));
        keywords.put("pattern", pattern);
        return keywords;
    }
}
