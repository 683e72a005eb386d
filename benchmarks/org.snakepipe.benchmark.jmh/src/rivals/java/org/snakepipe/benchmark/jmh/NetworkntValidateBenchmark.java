// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The same attributes as JSON: numbers are numbers already. A duration is a text with a pattern, as there is none in JSON. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
public class NetworkntValidateBenchmark {
    private static final String SYSTEM = "networknt";
    private static final String JAR = "com.networknt/json-schema-validator";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Schema schema;
    private JsonNode right;
    private JsonNode wrong;

    /** Compiles the schema, and counts the errors. */
    @Setup
    public void prepare() {
        Map<String, String> values = ValidateBenchmark.right();
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema(values));
        right = data(values);
        wrong = data(ValidateBenchmark.wrong());
        if (!clean().isEmpty() || errors().size() != ValidateBenchmark.ERRORS) {
            throw new IllegalStateException(clean() + " and " + errors());
        }
    }

    private static JsonNode schema(Map<String, String> values) {
        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", SpecificationVersion.DRAFT_2020_12.getDialectId());
        schema.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        values.keySet().forEach(key -> {
            required.add(key);
            describe(properties.putObject(key), key);
        });
        return schema;
    }

    private static void describe(ObjectNode property, String key) {
        switch (key.substring(key.indexOf('.') + 1)) {
            case "port", "retries", "batch" ->
                property.put("type", "integer").put("minimum", 1).put("maximum", Sample.GREATEST);
            case "enabled", "strict" -> property.put("type", "boolean");
            case "level" -> Sample.LEVELS.forEach(property.put("type", "string").withArray("enum")::add);
            case "timeout" -> property.put("type", "string").put("pattern", "^[0-9]{1,7}(ms|s|m|h)?$");
            case "tags" ->
                named(property.put("type", "array")
                        .put("minItems", 1)
                        .put("maxItems", Sample.MOST_TAGS)
                        .putObject("items"));
            default -> named(property);
        }
    }

    private static void named(ObjectNode text) {
        text.put("type", "string")
                .put("pattern", "^" + Sample.NAME + "$")
                .put("minLength", Sample.SHORTEST)
                .put("maxLength", Sample.LONGEST);
    }

    private static JsonNode data(Map<String, String> values) {
        ObjectNode data = NODES.objectNode();
        values.forEach((key, text) -> {
            if (text.matches("[0-9]+")) {
                data.put(key, Integer.parseInt(text));
            } else if (text.equals("true") || text.equals("false")) {
                data.put(key, Boolean.parseBoolean(text));
            } else if (text.contains(",")) {
                Arrays.stream(text.split(",")).forEach(data.putArray(key)::add);
            } else {
                data.put(key, text);
            }
        });
        return data;
    }

    /** All is right. */
    @Benchmark
    @Measures(value = "validate.clean", system = SYSTEM, jar = JAR)
    public List<Error> clean() {
        return schema.validate(right);
    }

    /** Ten errors; it suggests nothing. */
    @Benchmark
    @Measures(value = "validate.errors", system = SYSTEM, jar = JAR)
    public List<Error> errors() {
        return schema.validate(wrong);
    }
}
