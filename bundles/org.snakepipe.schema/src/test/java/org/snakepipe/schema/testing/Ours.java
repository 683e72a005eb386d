// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Format;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.Constraints.TextPattern;
import org.snakepipe.schema.JsonSchemaExport;
import org.snakepipe.schema.ReferenceCheck;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaValidator;

/**
 * What our validator says of documents: as it is, and apart from the differences that {@link JsonSchemaExport} names.
 */
final class Ours {
    private static final Origin ORIGIN = new Origin("base", "x.json", 1, 1);
    private static final Set<Format.Kind> CHECKED = Set.of(Format.Kind.port, Format.Kind.path);
    /** What is in the patterns of these tests that only Java understands. */
    private static final List<String> JAVA_ONLY = List.of("(?i)", "&&", "a++", "\\p{");

    private static final SchemaValidator VALIDATOR = SchemaValidator.create();
    /** What can be said of a reference without others. */
    private static final Set<String> OF_REFERENCES = Set.of("ref.syntax", "ref.family");

    private final Schema schema;
    /** Without what JSON Schema does not check. */
    private final Schema comparable;

    /** Keys that have to be written: also those whose default is wrong in a way that JSON Schema does not check. */
    private final Set<String> needed = new HashSet<>();

    private final Map<String, Schema> alone = new HashMap<>();

    Ours(Schema schema) {
        this.schema = schema;
        comparable = new Schema(
                schema.pid(),
                schema.isFactory(),
                schema.name(),
                schema.description(),
                schema.attributes().stream().map(Ours::comparable).toList(),
                schema.traits());
        for (Problem problem : problems(Map.of(), schema)) {
            if (!problem.code().equals("key.requires")) {
                problem.key().ifPresent(needed::add);
            }
        }
        for (Attribute attribute : comparable.attributes()) {
            Attribute one = with(
                    attribute,
                    without(
                            attribute.constraints(),
                            List.of(),
                            List.of(),
                            attribute.constraints().pattern(),
                            attribute.constraints().format()));
            alone.put(attribute.key(), new Schema(schema.pid(), schema.isFactory(), "", "", List.of(one)));
        }
    }

    /** As it is. */
    List<Problem> problems(Map<String, Object> document) {
        return problems(document, schema);
    }

    /** Whether a JSON Schema of the whole should accept it. */
    boolean shouldPass(Map<String, Object> document) {
        if (!document.keySet().containsAll(needed)) {
            return false;
        }
        Map<String, Object> seen = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : document.entrySet()) {
            Attribute attribute = schema.attribute(entry.getKey()).orElse(null);
            if (attribute != null && isTextForAnother(attribute, entry.getValue())) {
                return false;
            }
            seen.put(entry.getKey(), attribute == null ? entry.getValue() : seen(attribute, entry.getValue()));
        }
        return problems(seen, comparable).isEmpty();
    }

    /** Whether a value alone is right for a key. */
    boolean isRight(String key, Object value) {
        return problems(Map.of(key, value), alone.get(key)).isEmpty();
    }

    private static List<Problem> problems(Map<String, Object> document, Schema schema) {
        ConfigId id = new ConfigId(schema.pid(), schema.isFactory() ? "x" : "");
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        document.forEach((key, value) -> values.put(key, ConfigValue.of(raw(schema, key, value), ORIGIN)));
        List<Problem> problems =
                new ArrayList<>(VALIDATOR.validate(id, values, schema).problems());
        ReferenceCheck.check(Map.of(id, values), Map.of(schema.pid(), schema)).problems().stream()
                .filter(problem -> OF_REFERENCES.contains(problem.code()))
                .forEach(problems::add);
        problems.removeIf(problem -> !problem.isError());
        return problems;
    }

    /** As the layers would give it: words of secrets are values that come later. */
    private static Object raw(Schema schema, String key, Object value) {
        boolean secret = schema.attribute(key).filter(Attribute::isSecret).isPresent();
        if (secret && value instanceof List<?> list) {
            return list.stream().map(Ours::deferred).toList();
        }
        return secret ? deferred(value) : value;
    }

    private static Object deferred(Object value) {
        return value instanceof String text && text.contains("$[") ? new Deferred(text, true) : value;
    }

    /** Whether its values are texts in JSON. */
    static boolean isWritten(Attribute attribute) {
        return attribute.isText() || attribute.type() == Type.CHARACTER;
    }

    /** The first difference: for JSON Schema, a text is nothing but a text. */
    private static boolean isTextForAnother(Attribute attribute, Object value) {
        boolean text = isWritten(attribute);
        if (attribute.cardinality() != 0) {
            return value instanceof String
                    || !text && value instanceof List<?> list && list.stream().anyMatch(String.class::isInstance);
        }
        return !text && value instanceof String;
    }

    /** The second: 1.0 is an integer. */
    static Object seen(Attribute attribute, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(element -> seen(attribute, element)).toList();
        }
        boolean integer =
                List.of(Type.BYTE, Type.SHORT, Type.INTEGER, Type.LONG).contains(attribute.type());
        return integer && value instanceof Double number && number == Math.rint(number)
                ? new BigDecimal(number).toBigInteger()
                : value;
    }

    /** The others: most formats, and patterns that only Java understands. What is chosen from a list is checked with them. */
    private static Attribute comparable(Attribute attribute) {
        Constraints constraints = attribute.constraints();
        if (!attribute.options().isEmpty()) {
            return attribute;
        }
        return with(
                attribute,
                without(
                        constraints,
                        constraints.requires(),
                        constraints.conflicts(),
                        constraints.pattern().filter(pattern -> !isJavaOnly(pattern)),
                        constraints.format().filter(CHECKED::contains)));
    }

    private static Constraints without(
            Constraints constraints,
            List<String> requires,
            List<String> conflicts,
            Optional<TextPattern> pattern,
            Optional<Format.Kind> format) {
        return new Constraints(
                pattern,
                constraints.length(),
                constraints.count(),
                constraints.unit(),
                format,
                requires,
                conflicts,
                constraints.reference(),
                constraints.secret(),
                constraints.live());
    }

    private static Attribute with(Attribute attribute, Constraints constraints) {
        return new Attribute(
                attribute.key(),
                attribute.type(),
                attribute.cardinality(),
                attribute.required(),
                attribute.defaults(),
                attribute.min(),
                attribute.max(),
                attribute.options(),
                attribute.name(),
                attribute.description(),
                constraints);
    }

    private static boolean isJavaOnly(TextPattern pattern) {
        return JAVA_ONLY.stream().anyMatch(pattern.expression()::contains);
    }
}
