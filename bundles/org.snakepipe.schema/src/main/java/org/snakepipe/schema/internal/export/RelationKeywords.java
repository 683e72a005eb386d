// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.JsonSchemaExport.Extent;
import org.snakepipe.schema.Schema;

/**
 * Which keys need each other, and which exclude each other. A blank text and an empty list are no values there, which makes
 * it more than what {@code dependentRequired} says. Used once.
 */
final class RelationKeywords {
    private static final String REQUIRED = "required";
    private static final String PROPERTIES = "properties";

    private final Schema schema;
    private final boolean files;
    private final Map<String, Object> value;
    private final List<Object> all = new ArrayList<>();
    private final Map<String, Set<String>> dependent = new TreeMap<>();

    RelationKeywords(Schema schema, Extent extent, String place) {
        this.schema = schema;
        files = extent == Extent.LAYER;
        value = Map.of("$ref", place + "/$defs/" + ConfigurationSchema.VALUE);
    }

    void describe(Map<String, Object> keywords, Map<String, Object> definitions) {
        // In one file of several, what a key needs may be in another.
        if (!files) {
            schema.traits().requires().forEach(this::always);
            schema.attributes()
                    .forEach(one -> one.constraints().requires().forEach(other -> needs(one, attribute(other))));
        }
        for (Set<String> pair : exclusions()) {
            all.add(Map.of("not", having(List.copyOf(pair))));
        }
        if (!dependent.isEmpty()) {
            keywords.put("dependentRequired", new TreeMap<>(dependent));
        }
        if (!all.isEmpty()) {
            keywords.put("allOf", all);
            definitions.put(ConfigurationSchema.VALUE, Map.of("not", Map.of("anyOf", nothing())));
        }
    }

    private List<Object> nothing() {
        List<Object> nothing = new ArrayList<>();
        nothing.add(PropertySchema.text("^\\s*$"));
        Map<String, Object> list = new LinkedHashMap<>(Map.of("type", "array"));
        nothing.add(list);
        if (files) {
            // A word may stand for nothing, and a list of words too.
            list.put("items", PropertySchema.text(Regexes.WORD));
            nothing.add(PropertySchema.text(Regexes.WORD));
            // The values of other keys are in it.
            nothing.add(Map.of("type", "object"));
        } else {
            list.put("maxItems", 0);
        }
        return nothing;
    }

    private Attribute attribute(String key) {
        return schema.attribute(key).orElseThrow();
    }

    private void always(String key) {
        all.add(value(attribute(key)));
    }

    /** A value of a key: written, or by default. */
    private Map<String, Object> value(Attribute attribute) {
        Map<String, Object> keywords = new LinkedHashMap<>();
        if (attribute.defaults().isEmpty() || attribute.cardinality() == 0 && isBlank(attribute)) {
            keywords.put(REQUIRED, List.of(attribute.key()));
        }
        keywords.put(PROPERTIES, Map.of(attribute.key(), value));
        return keywords;
    }

    private static boolean isBlank(Attribute attribute) {
        return attribute.defaults().get(0).isBlank();
    }

    private void needs(Attribute one, Attribute other) {
        if (!maybeNothing(one) && !maybeNothing(other) && other.defaults().isEmpty()) {
            dependent.computeIfAbsent(one.key(), key -> new LinkedHashSet<>()).add(other.key());
        } else {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("if", having(List.of(one.key())));
            rule.put("then", value(other));
            all.add(rule);
        }
    }

    /** Whether what is written may be no value. */
    private static boolean maybeNothing(Attribute attribute) {
        return attribute.isText() || attribute.type() == Type.CHARACTER || attribute.cardinality() != 0;
    }

    private Map<String, Object> having(List<String> keys) {
        // What is no object, as a configuration without keys in YAML, is said to have all that is required.
        Map<String, Object> keywords = new LinkedHashMap<>(Map.of("type", "object"));
        keywords.put(REQUIRED, keys);
        Map<String, Object> properties = new TreeMap<>();
        keys.forEach(key -> properties.put(key, value));
        keywords.put(PROPERTIES, properties);
        return keywords;
    }

    private Set<Set<String>> exclusions() {
        Set<Set<String>> pairs = new LinkedHashSet<>();
        for (String one : schema.traits().conflicts()) {
            schema.traits().conflicts().forEach(other -> exclude(pairs, one, other));
        }
        for (Attribute attribute : schema.attributes()) {
            attribute.constraints().conflicts().forEach(other -> exclude(pairs, attribute.key(), other));
        }
        return pairs;
    }

    private static void exclude(Set<Set<String>> pairs, String one, String other) {
        if (!one.equals(other)) {
            Set<String> pair = new LinkedHashSet<>();
            pair.add(one.compareTo(other) < 0 ? one : other);
            pair.add(one.compareTo(other) < 0 ? other : one);
            pairs.add(pair);
        }
    }
}
