// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/** A configuration directory in memory, for tests. */
final class ConfigTrees {
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, Set<String>> keys = new TreeMap<>();
    private final EnvironmentManager resolver = new EnvironmentResolver();
    private final Set<String> secretKeys = new TreeSet<>();
    private final Map<String, List<String>> defaults = new TreeMap<>();
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

    boolean hasVariables() {
        return !variables.isEmpty();
    }

    ConfigTrees knows(String pid, String... known) {
        keys.put(pid, Set.of(known));
        return this;
    }

    ConfigTrees singletons(String... pids) {
        singletons = Set.of(pids);
        return this;
    }

    ConfigTrees secretKey(String pidAndKey) {
        secretKeys.add(pidAndKey);
        return this;
    }

    ConfigTrees defaults(String pidAndKey, String... elements) {
        defaults.put(pidAndKey, List.of(elements));
        return this;
    }

    Resolution resolve(String environment) {
        return resolve(environment, Surroundings.live(variables, SecretNames.of(List.of("db.password", "token"))));
    }

    Resolution resolve(String environment, Surroundings surroundings) {
        KnownKeys known = new KnownKeys() {
            @Override
            public Set<String> keys(String pid) {
                return keys.getOrDefault(pid, Set.of());
            }

            @Override
            public Set<String> singletons() {
                return singletons;
            }

            @Override
            public boolean isSecret(String pid, String key) {
                return secretKeys.contains(pid + "/" + key);
            }

            @Override
            public List<String> defaults(String pid, String key) {
                return defaults.getOrDefault(pid + "/" + key, List.of());
            }
        };
        return resolver.resolve(resolver.read(files), environment, surroundings, known);
    }

    Environments environments() {
        return resolver.environments(resolver.read(files));
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
