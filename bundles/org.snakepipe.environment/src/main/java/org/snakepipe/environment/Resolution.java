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
    private final Environment environment;
    private final Map<ConfigId, Map<String, ConfigValue>> values;
    private final List<Problem> problems;

    Resolution(Environment environment, Map<ConfigId, Map<String, ConfigValue>> values, List<Problem> problems) {
        this.environment = Objects.requireNonNull(environment, "environment");
        Map<ConfigId, Map<String, ConfigValue>> copy = new TreeMap<>();
        values.forEach((id, keys) -> copy.put(id, Collections.unmodifiableMap(new TreeMap<>(keys))));
        this.values = Collections.unmodifiableMap(copy);
        this.problems = List.copyOf(problems);
    }

    /**
     * The environment this was made for.
     *
     * @return the environment; with no more than its name when nothing knows it
     */
    public Environment environment() {
        return environment;
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
