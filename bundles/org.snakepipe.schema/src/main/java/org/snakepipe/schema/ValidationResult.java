// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

/** What a check of one configuration found. Immutable; results of one schema share what is the same in them. */
public final class ValidationResult {
    private final Map<String, Object> typed;
    private final Map<String, ConfigValue> effective;
    private final List<Problem> problems;
    private final boolean valid;

    /**
     * A result.
     *
     * @param typed     unmodifiable, sorted by key
     * @param effective unmodifiable, sorted by key
     * @param problems  sorted by place
     */
    ValidationResult(Map<String, Object> typed, Map<String, ConfigValue> effective, List<Problem> problems) {
        this.typed = typed;
        this.effective = effective;
        this.problems = List.copyOf(problems);
        valid = this.problems.isEmpty() || this.problems.stream().noneMatch(Problem::isError);
    }

    /**
     * The values as ConfigurationAdmin takes them: of the type of the schema, trimmed, a number for a duration or a size,
     * defaults applied; an array for a positive cardinality (of primitives for numbers, booleans and characters), a
     * {@link List} for a negative one. A secret that is filled in later is there as its word. A value that only the target
     * machine has is {@link org.snakepipe.api.config.Deferred}, which ConfigurationAdmin refuses.
     *
     * @return sorted by key, without the keys that have an error. The arrays are shared: not to be changed
     */
    public Map<String, Object> typed() {
        return typed;
    }

    /**
     * The values with their origins, defaults too (layer {@code default}, source the PID). Secrets are not masked.
     *
     * @return sorted by key; with the keys that have an error
     */
    public Map<String, ConfigValue> effective() {
        return effective;
    }

    /**
     * Everything that is wrong, secrets masked.
     *
     * @return problems, sorted by place
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * The best fix of each problem that has one.
     *
     * @return edits, in the order of the problems
     */
    public List<Edit> fixes() {
        List<Edit> edits = new ArrayList<>();
        for (Problem problem : problems) {
            if (problem.id().isPresent() && !problem.fixes().isEmpty()) {
                Fix fix = problem.fixes().get(0);
                boolean add = fix.kind() == Fix.Kind.ADD;
                edits.add(new Edit(
                        problem.id().get(),
                        add ? fix.key() : problem.key().orElse(""),
                        add ? Optional.empty() : problem.origin(),
                        fix));
            }
        }
        return edits;
    }

    /**
     * Tells whether the configuration may be published.
     *
     * @return {@code true} when there is no error; there may be warnings
     */
    public boolean isValid() {
        return valid;
    }
}
