// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.List;
import java.util.Map;

/**
 * Lays the layers of a configuration directory over one another, key by key: {@code base}, the ancestors of the
 * environment from the oldest on, the environment, {@code local}, environment variables. Without state; from any thread.
 */
public final class EnvironmentResolver {
    /**
     * Resolves one tree. Bad content never throws: everything that is wrong becomes a problem of the result.
     *
     * @param files       path relative to the configuration directory, with {@code /}, to content: the whole tree
     * @param environment the name of the environment to resolve for
     * @param variables   the variables of the process, those of others too
     * @param known       what schemas know
     * @return the values, and all that is wrong
     */
    public Resolution resolve(
            Map<String, byte[]> files, String environment, Map<String, String> variables, KnownKeys known) {
        return new Resolution(environment, List.of(), Map.of(), List.of());
    }
}
