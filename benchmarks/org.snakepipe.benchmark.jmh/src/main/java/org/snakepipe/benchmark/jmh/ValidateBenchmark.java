// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
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
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaValidator;
import org.snakepipe.schema.ValidationResult;

/** Three hundred attributes against their schema, as texts, which is how files give them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
public class ValidateBenchmark {
    static final int GROUPS = 30;
    static final int ERRORS = 10;

    private final Schema schema = Sample.schema("bench.service", false, GROUPS);
    private final SchemaValidator validator = SchemaValidator.create();
    private Map<String, ConfigValue> right;
    private Map<String, ConfigValue> wrong;

    static Map<String, String> right() {
        return Sample.values(GROUPS, 5);
    }

    /** Ten mistakes that people make: misspelt keys beside the right ones, words, and numbers out of range. */
    static Map<String, String> wrong() {
        Map<String, String> values = new LinkedHashMap<>(right());
        values.put("g1.prot", "8080");
        values.put("g2.retires", "3");
        values.put("g3.time.out", "30s");
        values.put("g4.port", "70000");
        values.put("g5.batch", "0");
        values.put("g6.level", "hihg");
        values.put("g7.level", "nromal");
        values.put("g8.enabled", "yes");
        values.put("g9.timeout", "30 sec");
        values.put("g10.name", "Not A Name");
        return values;
    }

    /** Gives the values their origins, and counts the errors. */
    @Setup
    public void prepare() {
        right = values(right());
        wrong = values(wrong());
        if (!clean().isValid() || errors().problems().size() != ERRORS) {
            throw new IllegalStateException(clean().problems() + " and " + errors().problems());
        }
    }

    private static Map<String, ConfigValue> values(Map<String, String> texts) {
        Map<String, ConfigValue> values = new TreeMap<>();
        texts.forEach((key, text) -> values.put(
                key, ConfigValue.of(text, new Origin("base", "base/bench.service.cfg", 1 + values.size(), 1))));
        return Collections.unmodifiableMap(values);
    }

    /** All is right. */
    @Benchmark
    @Measures("validate.clean")
    public ValidationResult clean() {
        return validator.validate(right, schema);
    }

    /** Ten errors, with what was probably meant. */
    @Benchmark
    @Measures("validate.errors")
    public ValidationResult errors() {
        return validator.validate(wrong, schema);
    }
}
