// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/** A configuration directory in memory, for tests. */
final class ConfigTrees {
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, Set<String>> keys = new TreeMap<>();
    private Set<String> singletons = Set.of();

    static ConfigTrees tree() {
        return new ConfigTrees();
    }

    ConfigTrees file(String path, String... lines) {
        files.put(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ConfigTrees bytes(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    ConfigTrees variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    ConfigTrees knows(String pid, String... known) {
        keys.put(pid, Set.of(known));
        return this;
    }

    ConfigTrees singletons(String... pids) {
        singletons = Set.of(pids);
        return this;
    }

    Resolution resolve(String environment) {
        KnownKeys known = new KnownKeys() {
            @Override
            public Set<String> keys(String pid) {
                return keys.getOrDefault(pid, Set.of());
            }

            @Override
            public Set<String> singletons() {
                return singletons;
            }
        };
        return new EnvironmentResolver().resolve(files, environment, variables, known);
    }

    Environments environments() {
        return new EnvironmentResolver().environments(files);
    }

    /** What people read: the severity and the line. */
    static List<String> texts(Resolution resolution) {
        return resolution.problems().stream().map(ConfigTrees::text).toList();
    }

    /** Raw value of a key. */
    static Object raw(Resolution resolution, String id, String key) {
        return resolution.values().get(ConfigId.parse(id)).get(key).raw();
    }

    private static String text(Problem problem) {
        return problem.severity() + " " + problem;
    }
}
