// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;

/** What a tree of files means in one environment. Immutable. */
public final class Resolution {
    private final String environment;
    private final List<Environment> environments;
    private final Map<ConfigId, Map<String, ConfigValue>> values;
    private final List<Problem> problems;

    Resolution(
            String environment,
            List<Environment> environments,
            Map<ConfigId, Map<String, ConfigValue>> values,
            List<Problem> problems) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.environments = List.copyOf(environments);
        Map<ConfigId, Map<String, ConfigValue>> copy = new TreeMap<>();
        values.forEach((id, keys) -> copy.put(id, Collections.unmodifiableMap(new TreeMap<>(keys))));
        this.values = Collections.unmodifiableMap(copy);
        this.problems = List.copyOf(problems);
    }

    /**
     * The environment this was made for.
     *
     * @return its name, also when nothing knows it
     */
    public String environment() {
        return environment;
    }

    /**
     * What the environment extends.
     *
     * @return names, the oldest first, without the environment itself; empty when there are none or they cannot be told
     */
    public List<String> ancestors() {
        return environments.stream()
                .filter(candidate -> candidate.name().equals(environment))
                .findFirst()
                .map(Environment::ancestors)
                .orElse(List.of());
    }

    /**
     * All environments that the directory knows; {@code dev} is always among them.
     *
     * @return sorted by name
     */
    public List<Environment> environments() {
        return environments;
    }

    /**
     * The winning values.
     *
     * @return configuration to key to value with origin and what it hides; both maps are sorted. A configuration whose
     *     files hold only comments is there, with no keys. Values with an error in them are there too: ask
     *     {@link #problems()} first.
     */
    public Map<ConfigId, Map<String, ConfigValue>> values() {
        return values;
    }

    /**
     * Everything that is wrong.
     *
     * @return problems, sorted by place. The {@link org.snakepipe.api.config.Origin#source() source} of a problem of a file
     *     is the path of the file, relative to the configuration directory
     */
    public List<Problem> problems() {
        return problems;
    }
}
