// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.OtherEnvironments;
import org.snakepipe.environment.Resolution;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.ReferenceCheck;
import org.snakepipe.schema.References;
import org.snakepipe.schema.RuleCheck;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaValidator;
import org.snakepipe.schema.ValidationResult;

/** Files, resolved and checked against the schemas of the distribution, without a framework. */
final class Checked {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Resolution resolution;
    private final References references;
    private final Map<ConfigId, ValidationResult> results = new TreeMap<>();
    private final List<Problem> problems;

    Checked(Map<String, byte[]> files, String environment, Surroundings surroundings, ShippedSchemas shipped)
            throws InterruptedException {
        EnvironmentResolver resolver = new EnvironmentResolver();
        ConfigFiles read = resolver.read(files);
        resolution = resolver.resolve(read, environment, surroundings, new Known(shipped.schemas()));
        OtherEnvironments others = new OtherEnvironments(resolver, read, environment);
        problems = new ArrayList<>(resolution.problems());
        resolution.values().forEach((id, values) -> {
            Schema schema = shipped.schemas().get(id.pid());
            if (schema != null) {
                ValidationResult result = SchemaValidator.create().validate(id, values, schema, others::values);
                results.put(id, result);
                problems.addAll(result.problems());
            }
        });
        references = ReferenceCheck.check(resolution.values(), shipped.schemas());
        problems.addAll(references.problems());
        problems.addAll(RuleCheck.run(shipped.rules(), resolution.values(), results, shipped.schemas(), LIMIT));
    }

    Resolution resolution() {
        return resolution;
    }

    /** What is wrong and what waits: a line each, sorted by place, with the best fix. */
    List<String> problems() {
        List<String> lines = new ArrayList<>();
        problems.stream()
                .sorted(Comparator.comparing(
                        problem -> problem.origin().map(Origin::toString).orElse("")))
                .map(problem -> (problem.isError() ? "error " : "warning ") + problem)
                .forEach(lines::add);
        references.waiting().forEach((id, reason) -> lines.add("waiting " + id + ": " + reason));
        return lines;
    }

    /** What all plugins are given; arrays as lists. Without what only the target machine has. */
    Map<ConfigId, Map<String, Object>> delivered() {
        Map<ConfigId, Map<String, Object>> delivered = new TreeMap<>();
        results.forEach((id, result) -> {
            Map<String, Object> values = new TreeMap<>(result.typed());
            values.values().removeIf(Deferred.class::isInstance);
            values.replaceAll((key, value) -> value.getClass().isArray() ? elements(value) : value);
            delivered.put(id, values);
        });
        return delivered;
    }

    /** What the plugin is given: {@code ID KEY = VALUE}, and where that is written. */
    String value(ConfigId id, String key) {
        ValidationResult result = results.get(id);
        Object typed = result == null ? null : result.typed().get(key);
        if (typed == null) {
            return id + " " + key + " has no value";
        }
        Origin origin = result.effective().get(key).origin();
        String from = origin.layer().equals("default") ? "default" : origin.toString();
        return id + " " + key + " = " + shown(typed) + "   from " + from;
    }

    private static String shown(Object value) {
        return value.getClass().isArray() ? elements(value).toString() : value.toString();
    }

    private static List<Object> elements(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int index = 0; index < Array.getLength(array); index++) {
            elements.add(Array.get(array, index));
        }
        return elements;
    }

    /** What the schemas know. */
    private record Known(Map<String, Schema> schemas) implements KnownKeys {
        @Override
        public Set<String> keys(String pid) {
            Set<String> keys = new HashSet<>();
            if (schemas.containsKey(pid)) {
                schemas.get(pid).attributes().forEach(attribute -> keys.add(attribute.key()));
            }
            return keys;
        }

        @Override
        public Set<String> singletons() {
            Set<String> pids = new HashSet<>(schemas.keySet());
            pids.removeIf(pid -> schemas.get(pid).isFactory());
            return pids;
        }

        @Override
        public boolean isSecret(String pid, String key) {
            return schemas.containsKey(pid)
                    && schemas.get(pid)
                            .attribute(key)
                            .filter(Attribute::isSecret)
                            .isPresent();
        }

        @Override
        public List<String> defaults(String pid, String key) {
            return schemas.containsKey(pid)
                    ? schemas.get(pid).attribute(key).map(Attribute::defaults).orElse(List.of())
                    : List.of();
        }
    }
}
