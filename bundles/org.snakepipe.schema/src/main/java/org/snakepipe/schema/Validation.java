// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;

/** What a check of one configuration found. Immutable. */
public final class Validation {
    private final Map<String, Object> typed;
    private final Map<String, ConfigValue> effective;
    private final List<Problem> problems;

    Validation(Map<String, Object> typed, Map<String, ConfigValue> effective, List<Problem> problems) {
        this.typed = Collections.unmodifiableMap(new TreeMap<>(typed));
        this.effective = Collections.unmodifiableMap(new TreeMap<>(effective));
        this.problems = List.copyOf(problems);
    }

    /**
     * The values as ConfigurationAdmin takes them: of the type of the schema, trimmed, defaults applied; an array for a
     * positive cardinality (of primitives for numbers, booleans and characters), a {@link List} for a negative one.
     *
     * @return sorted by key; without the keys that have an error. The arrays belong to the caller
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
     * Tells whether the configuration may be published.
     *
     * @return {@code true} when there is no error; there may be warnings
     */
    public boolean isValid() {
        return problems.stream().noneMatch(Problem::isError);
    }
}
