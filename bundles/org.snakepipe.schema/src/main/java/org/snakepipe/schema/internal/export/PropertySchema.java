// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.Format;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.JsonSchemaExport.Extent;
import org.snakepipe.schema.internal.check.AttributeCheck;

/** The JSON Schema of one key. Used once. */
final class PropertySchema {
    private static final String TYPE = "type";
    private static final String PATTERN = "pattern";

    private final Attribute attribute;
    private final Constraints constraints;
    private final AttributeCheck check;
    private final Extent extent;

    private PropertySchema(Attribute attribute, Extent extent) {
        this.attribute = attribute;
        this.extent = extent;
        constraints = attribute.constraints();
        check = new AttributeCheck(attribute);
    }

    /**
     * Describes a key.
     *
     * @param byDefault what is delivered when nothing is written; {@code null} when nothing is, or it is wrong itself
     */
    static Map<String, Object> of(Attribute attribute, Object byDefault, Extent extent) {
        return new PropertySchema(attribute, extent).described(byDefault);
    }

    private Map<String, Object> described(Object byDefault) {
        Map<String, Object> property = new LinkedHashMap<>();
        if (!attribute.name().isBlank()) {
            property.put("title", attribute.name());
        }
        String description = (attribute.description() + "\n\n" + new Facts(attribute).sentences()).strip();
        if (!description.isEmpty()) {
            property.put("description", description);
        }
        property.putAll(attribute.cardinality() == 0 ? one() : list());
        if (byDefault != null && !attribute.isSecret()) {
            property.put("default", byDefault);
        }
        annotate(property);
        return property;
    }

    private void annotate(Map<String, Object> property) {
        constraints.unit().ifPresent(unit -> property.put("x-unit", unit.name()));
        if (attribute.isSecret()) {
            property.put("writeOnly", true);
            property.put("x-secret", true);
        }
        if (constraints.live()) {
            property.put("x-live", true);
        }
    }

    private Map<String, Object> list() {
        Map<String, Object> list = new LinkedHashMap<>();
        boolean files = extent == Extent.LAYER;
        list.put(TYPE, files ? List.of("array", "string", "number", "boolean") : "array");
        list.put("items", one());
        Map<String, Object> counts = check.counts();
        if (!files || !counts.containsKey("maxItems") && counts.equals(Map.of("minItems", 1))) {
            list.putAll(counts);
        } else if (!counts.isEmpty()) {
            // A word may stand for any number of elements.
            Map<String, Object> word = Map.of("contains", text(Regexes.WORD));
            list.put("anyOf", List.of(counts, word));
        }
        return list;
    }

    /** One value, or one element. */
    private Map<String, Object> one() {
        Map<String, Object> one = new LinkedHashMap<>(check.keywords());
        if (one.containsKey(TYPE)) {
            restrict(one);
        }
        boolean plain = one.size() == 1 && one.containsKey(TYPE);
        if (extent == Extent.LAYER) {
            return new LayerValue(attribute, one, plain).keywords();
        }
        return plain || !attribute.isSecret() ? one : anyOf(one, text(Regexes.WORD));
    }

    private void restrict(Map<String, Object> one) {
        List<String> patterns = patterns(one);
        String own = (String) one.remove(PATTERN);
        if (own != null) {
            patterns.add(0, own);
        }
        constraints.format().ifPresent(format -> format(one, format));
        if (patterns.size() == 1) {
            one.put(PATTERN, patterns.get(0));
        } else if (!patterns.isEmpty()) {
            one.put(
                    "allOf",
                    patterns.stream().map(pattern -> Map.of(PATTERN, pattern)).toList());
        }
    }

    /** What texts have to match; those that may be chosen do already, unless they are blank. */
    private List<String> patterns(Map<String, Object> one) {
        List<String> patterns = new ArrayList<>();
        boolean text = attribute.isText();
        Object options = one.get("enum");
        if (text && options == null) {
            constraints
                    .pattern()
                    .ifPresent(pattern -> portable(pattern.expression())
                            .ifPresentOrElse(patterns::add, () -> one.put("x-java-pattern", pattern.expression())));
            if (constraints.format().equals(Optional.of(Format.Kind.port))) {
                patterns.add(Regexes.whole(Regexes.PORT));
            }
        }
        boolean blank = !(text && check.isMandatory() || attribute.cardinality() != 0 && isWritten());
        boolean chosen = options instanceof List<?> all && all.stream().noneMatch(PropertySchema::isBlank);
        if (constraints.reference().isPresent()) {
            patterns.add(Regexes.whole(Regexes.reference(constraints.reference().get(), blank)));
        } else if (!blank && !chosen) {
            patterns.add(Regexes.NOT_BLANK);
        }
        return patterns;
    }

    private static boolean isBlank(Object value) {
        return value instanceof String text && text.isBlank();
    }

    /** Whether it is a text in JSON. */
    private boolean isWritten() {
        return attribute.isText() || attribute.type() == Type.CHARACTER;
    }

    private static Optional<String> portable(String expression) {
        return PortablePattern.of(expression).map(Regexes::whole);
    }

    private void format(Map<String, Object> one, Format.Kind format) {
        if (format == Format.Kind.uri) {
            one.put("format", "uri");
        } else {
            // There are no others in JSON Schema, or they mean something else: expressions are those of Java.
            one.put("x-format", format.name());
        }
        if (format == Format.Kind.path && !one.containsKey("enum")) {
            one.putIfAbsent("minLength", 1);
        }
    }

    static Map<String, Object> text(String pattern) {
        Map<String, Object> text = new LinkedHashMap<>(Map.of(TYPE, "string"));
        text.put(PATTERN, pattern);
        return text;
    }

    static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
        return new LinkedHashMap<>(Map.of("anyOf", List.of(one, other)));
    }
}
