// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.Resolution;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.Siblings;
import org.snakepipe.schema.ValidationResult;
import org.snakepipe.validation.ValidatedConfig.Checked;

/** Collects what becomes of the configurations of one environment. Used once. */
final class Examination {
    private static final String MISSING = "key.missing";

    private final Resolution resolution;
    private final Map<String, Schema> schemas;
    private final Set<String> unchecked;
    private final Checks checks;
    private final Siblings siblings;
    private final Set<ConfigId> halfRead;

    private final Map<ConfigId, Checked> configurations = new HashMap<>();
    private final Map<ConfigId, ValidationResult> results = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Begins.
     *
     * @param resolution gives the values
     * @param schemas    PID to its schema
     * @param checks     results of the checks before
     * @param siblings   what other environments have
     */
    Examination(Resolution resolution, Map<String, Schema> schemas, Checks checks, Siblings siblings) {
        this.resolution = resolution;
        this.schemas = schemas;
        this.unchecked = Set.copyOf(resolution.environment().uncheckedPids());
        this.checks = checks;
        this.siblings = siblings;
        problems.addAll(resolution.problems());
        this.halfRead = halfRead(problems);
    }

    /** Configurations with a file that could not be read to its end: what seems to be missing may be in it. */
    private static Set<ConfigId> halfRead(List<Problem> problems) {
        Set<ConfigId> ids = new HashSet<>();
        problems.stream()
                .filter(problem -> problem.isError() && problem.key().isEmpty())
                .forEach(problem -> problem.id().ifPresent(ids::add));
        return ids;
    }

    /** Takes one configuration. */
    void add(ConfigId id, Map<String, ConfigValue> values) {
        if (!schemas.containsKey(id.pid()) && unchecked.contains(id.pid())) {
            configurations.put(id, new Checked(Optional.of(asWritten(values)), "", allMasked(values), values.keySet()));
            return;
        }
        Optional<Problem.Builder> refusal = Admission.refusal(id, schemas);
        if (refusal.isEmpty()) {
            check(id, values);
            return;
        }
        if (!schemas.containsKey(id.pid())) {
            String reason = Admission.reason(id);
            configurations.put(id, new Checked(Optional.empty(), reason, allMasked(values), Set.of()));
        }
        Problem.Builder problem = refusal.get().id(id);
        values.values().stream().findFirst().ifPresent(value -> problem.at(value.origin()));
        problems.add(problem.build());
    }

    /** Nobody knows which of them are secrets. */
    private static Map<String, ConfigValue> allMasked(Map<String, ConfigValue> values) {
        return Mask.masked(values, key -> true);
    }

    private void check(ConfigId id, Map<String, ConfigValue> values) {
        Checks.Checked known = checks.check(id, values, schemas.get(id.pid()), siblings);
        ValidationResult result = known.result();
        result.problems().stream()
                .filter(problem -> !isMissing(problem) || !halfRead.contains(id))
                .map(problem -> isMissing(problem) ? placed(id, problem) : problem)
                .forEach(problems::add);
        results.put(id, result);
        Optional<Map<String, Object>> typed = result.isValid() ? Optional.of(known.typed()) : Optional.empty();
        configurations.put(id, new Checked(typed, "", known.shown(), known.secrets()));
    }

    private static boolean isMissing(Problem problem) {
        return problem.code().equals(MISSING);
    }

    /** A key is missing where somebody takes it away, or in no line: then the lowest file is where it most likely belongs. */
    private Problem placed(ConfigId id, Problem problem) {
        Optional<Origin> place = problem.key()
                .flatMap(key -> resolution.written(id, key))
                .map(ConfigValue::origin)
                .or(() -> resolution.sources(id).stream().findFirst().map(path -> new Origin("", path, 0, 0)));
        return place.map(at -> Problem.error(problem.code(), problem.message())
                        .id(id)
                        .key(problem.key().orElse(null))
                        .at(at)
                        .fixes(problem.fixes())
                        .build())
                .orElse(problem);
    }

    /** Nobody knows the types: text and numbers as they are written. */
    private static Map<String, Object> asWritten(Map<String, ConfigValue> values) {
        Map<String, Object> written = new TreeMap<>();
        values.forEach((key, value) -> {
            Object raw = value.raw();
            if (raw instanceof List<?> list) {
                written.put(key, list.stream().map(Examination::plain).toArray(String[]::new));
            } else if (raw instanceof Boolean
                    || raw instanceof Integer
                    || raw instanceof Long
                    || raw instanceof Double) {
                written.put(key, raw);
            } else {
                written.put(key, plain(raw));
            }
        });
        return written;
    }

    private static String plain(Object raw) {
        return raw instanceof Deferred deferred ? deferred.word() : raw.toString();
    }

    /** What was found by each configuration's own check, for the checks over all of them. */
    Map<ConfigId, ValidationResult> results() {
        return results;
    }

    /** Takes what a check over all configurations has found. An error keeps its configuration out. */
    void addAll(List<Problem> found) {
        problems.addAll(found);
        found.stream()
                .filter(Problem::isError)
                .forEach(problem -> problem.id()
                        .ifPresent(id -> configurations.computeIfPresent(id, (same, one) -> one.withoutTyped())));
    }

    ValidatedConfig result() {
        return new ValidatedConfig(resolution, configurations, problems);
    }
}
