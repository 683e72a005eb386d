// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.Environment;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.Resolution;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.validation.SchemaKeys;

/**
 * All environments of a directory, resolved as any machine would. Those whose ancestors cannot be told are left out: their
 * error is told elsewhere, and all that could be said of them would be wrong.
 */
final class Directory {
    /** The layer that all environments stand on. */
    static final String BASE = "base";

    private static final String ENVIRONMENTS = "environments/";

    private final Map<String, Resolution> resolutions = new TreeMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Set<ConfigId>> unsure = new TreeMap<>();

    /** Resolves them, each once. All are held, so that they share what is the same. */
    Directory(EnvironmentManager manager, ConfigFiles files, SchemaKeys known) {
        for (Environment environment : manager.environments(files).list()) {
            String name = environment.name();
            names.add(name);
            if (environment.parents().isEmpty() || !environment.ancestors().isEmpty()) {
                Resolution resolution = manager.resolve(files, name, Surroundings.offline(), known);
                resolutions.put(name, resolution);
                unsure.put(name, unsure(resolution));
            }
        }
    }

    /** Configurations with a file that could not be read to its end, and those of which such a file may speak. */
    private static Set<ConfigId> unsure(Resolution resolution) {
        Set<ConfigId> ids = new HashSet<>(resolution.doubts().keySet());
        for (Problem problem : resolution.problems()) {
            if (problem.isError() && problem.key().isEmpty()) {
                problem.id().ifPresent(ids::add);
            }
        }
        return ids;
    }

    Collection<Resolution> all() {
        return resolutions.values();
    }

    /** All names, also of environments that are left out. */
    Set<String> names() {
        return names;
    }

    Optional<Resolution> get(String name) {
        return Optional.ofNullable(resolutions.get(name));
    }

    /** Whether it may say more of a configuration than can be read. */
    boolean isUnsure(Resolution resolution, ConfigId id) {
        return unsure.get(resolution.environment().name()).contains(id);
    }

    boolean isUnsure(ConfigId id) {
        return unsure.values().stream().anyMatch(ids -> ids.contains(id));
    }

    /** The layer of a file: the name of its environment, or {@code base}. */
    static String layer(String source) {
        String rest = source.startsWith(ENVIRONMENTS) ? source.substring(ENVIRONMENTS.length()) : source;
        int slash = rest.indexOf('/');
        return slash >= 0 ? rest.substring(0, slash) : rest.substring(0, Math.max(0, rest.lastIndexOf('.')));
    }

    /** Whether it is a file that all environments stand on. */
    static boolean isBase(String source) {
        return layer(source).equals(BASE);
    }
}
