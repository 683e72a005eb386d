// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

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
import org.snakepipe.control.ConfigState;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.Siblings;
import org.snakepipe.schema.ValidationResult;

/** Collects what becomes of the configurations of one candidate. Used by one thread, for one draft. */
final class DraftBuilder {
    private static final String MISSING = "key.missing";

    private final Provenance provenance;
    private final Map<String, Schema> schemas;
    private final Set<String> unchecked;
    private final Checks checks;
    private final Siblings siblings;
    private final Fingerprints fingerprints;
    private final Set<ConfigId> halfRead;

    private final Map<ConfigId, Map<String, Object>> typed = new TreeMap<>();
    private final Map<ConfigId, String> prints = new HashMap<>();
    private final Map<ConfigId, ConfigState> states = new TreeMap<>();
    private final Map<ConfigId, Set<String>> secrets = new HashMap<>();
    private final Map<ConfigId, ValidationResult> results = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Begins.
     *
     * @param provenance   where the values come from
     * @param schemas      PID to its schema
     * @param unchecked    PIDs that are published although no schema knows them
     * @param checks       results of the checks before
     * @param siblings     what other environments write
     * @param fingerprints of values
     * @param found        what is wrong with the files
     */
    DraftBuilder(
            Provenance provenance,
            Map<String, Schema> schemas,
            Set<String> unchecked,
            Checks checks,
            Siblings siblings,
            Fingerprints fingerprints,
            List<Problem> found) {
        this.provenance = provenance;
        this.schemas = schemas;
        this.unchecked = unchecked;
        this.checks = checks;
        this.siblings = siblings;
        this.fingerprints = fingerprints;
        this.halfRead = halfRead(found);
        problems.addAll(found);
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
            states.put(id, new ConfigState(id, ConfigState.State.PUBLISHED, "", values));
            publish(id, asWritten(values));
            return;
        }
        Optional<Problem.Builder> refusal = Admission.refusal(id, schemas);
        if (refusal.isEmpty()) {
            check(id, values);
            return;
        }
        if (!schemas.containsKey(id.pid())) {
            states.put(id, new ConfigState(id, ConfigState.State.WAITING, Admission.reason(id), values));
        }
        Problem.Builder problem = refusal.get().id(id);
        values.values().stream().findFirst().ifPresent(value -> problem.at(value.origin()));
        problems.add(problem.build());
    }

    private void check(ConfigId id, Map<String, ConfigValue> values) {
        Checks.Checked checked = checks.check(id, values, schemas.get(id.pid()), siblings);
        ValidationResult result = checked.result();
        result.problems().stream()
                .filter(problem -> !isMissing(problem) || !halfRead.contains(id))
                .map(problem -> isMissing(problem) ? inLowestFile(id, problem) : problem)
                .forEach(problems::add);
        secrets.put(id, checked.secrets());
        states.put(id, checked.state());
        results.put(id, result);
        if (result.isValid()) {
            publish(id, checked.typed());
        }
    }

    private void publish(ConfigId id, Map<String, Object> values) {
        typed.put(id, values);
        prints.put(id, fingerprints.of(values));
    }

    private static boolean isMissing(Problem problem) {
        return problem.code().equals(MISSING);
    }

    /** A key is missing in no line: the lowest file is where it most likely belongs. */
    private Problem inLowestFile(ConfigId id, Problem problem) {
        return provenance.sources(id).stream()
                .findFirst()
                .map(path -> Problem.error(problem.code(), problem.message())
                        .id(id)
                        .key(problem.key().orElse(null))
                        .at(new Origin("", path, 0, 0))
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
                written.put(key, list.stream().map(DraftBuilder::plain).toArray(String[]::new));
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
        found.stream().filter(Problem::isError).forEach(problem -> problem.id().ifPresent(typed::remove));
    }

    Draft build() {
        return new Draft(typed, prints, states, secrets, provenance, problems);
    }
}
