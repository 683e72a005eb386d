// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.JsonSchemaExport.Extent;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaValidator;
import org.snakepipe.schema.ValidationResult;

/** The JSON Schema of the configurations of one PID. Immutable. */
public final class ConfigurationSchema {
    static final String VALUE = "value";

    private static final List<String> ANY_VALUE = List.of("string", "number", "boolean", "array");

    private final Schema schema;
    private final Extent extent;
    /** The JSON pointer of this schema in its document: {@code #/$defs/PID}. */
    private final String place;
    /** What comes out when nothing is written: the defaults, and the keys without one. */
    private final ValidationResult nothing;

    /**
     * A schema.
     *
     * @param place the JSON pointer of this schema in its document: {@code #}
     */
    public ConfigurationSchema(Schema schema, Extent extent, String place) {
        this.schema = schema;
        this.extent = extent;
        this.place = place;
        nothing = SchemaValidator.create().validate(Map.of(), schema);
    }

    /** The keywords. */
    public Map<String, Object> keywords() {
        Map<String, Object> keywords = new LinkedHashMap<>();
        put(keywords, "title", schema.name());
        put(keywords, "description", schema.description());
        if (!schema.traits().reserved().isEmpty()) {
            keywords.put(
                    "description", "Belongs to the runtime: " + schema.traits().reserved());
            keywords.put("not", Map.of());
            return keywords;
        }
        boolean files = extent == Extent.LAYER;
        keywords.put("type", files ? List.of("object", "null") : "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Attribute attribute : schema.attributes()) {
            Object byDefault = json(nothing.typed().get(attribute.key()));
            properties.put(attribute.key(), PropertySchema.of(attribute, byDefault, extent));
        }
        keywords.put("properties", properties);
        Map<String, Object> definitions = new LinkedHashMap<>();
        Object others = schema.traits().open() ? anyValue(files) : Boolean.FALSE;
        if (files) {
            new NestedKeys(properties, others, place).describe(keywords, definitions);
        } else {
            put(keywords, "required", List.copyOf(missing()));
        }
        new RelationKeywords(schema, extent, place).describe(keywords, definitions);
        keywords.put("additionalProperties", others);
        put(keywords, "$defs", definitions);
        return keywords;
    }

    /** Keys without a value, and keys whose default is wrong. */
    private Set<String> missing() {
        Set<String> keys = new TreeSet<>();
        for (Problem problem : nothing.problems()) {
            problem.key().filter(key -> problem.isError()).ifPresent(keys::add);
        }
        return keys;
    }

    private static Map<String, Object> anyValue(boolean files) {
        List<String> types = new ArrayList<>(ANY_VALUE);
        if (files) {
            types.add("object");
        }
        return Map.of("type", types);
    }

    static void put(Map<String, Object> keywords, String key, Object value) {
        boolean empty = value instanceof String text
                ? text.isBlank()
                : value instanceof List<?> list ? list.isEmpty() : value instanceof Map<?, ?> map && map.isEmpty();
        if (!empty) {
            keywords.put(key, value);
        }
    }

    /** A value of ConfigurationAdmin in JSON. */
    private static Object json(Object typed) {
        if (typed != null && typed.getClass().isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int index = 0; index < Array.getLength(typed); index++) {
                elements.add(json(Array.get(typed, index)));
            }
            return elements;
        }
        if (typed instanceof List<?> list) {
            return list.stream().map(ConfigurationSchema::json).toList();
        }
        return typed instanceof Character
                ? typed.toString()
                : typed instanceof Float ? new BigDecimal("" + typed) : typed;
    }
}
