// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Plugins that are to be registered as one set, with the configuration they need. Immutable.
 *
 * @param jars          the files; they are copied into {@code deploy/} under their names
 * @param directories   where what they lack may be; what is found there and needed is registered too. Empty: nothing is
 *                      taken along
 * @param configuration path of a configuration file to its new content, empty to delete it; comes into force with the jars or
 *                      not at all
 * @param options       who, and how
 */
public record Registration(
        List<Path> jars, List<Path> directories, Map<String, Optional<String>> configuration, ApplyOptions options) {
    /** Copies the collections. */
    public Registration {
        Objects.requireNonNull(options, "options");
        jars = List.copyOf(jars);
        directories = List.copyOf(directories);
        configuration = Map.copyOf(configuration);
    }

    /**
     * Of jars alone.
     *
     * @param jars    the files
     * @param options who, and how
     * @return a registration that takes nothing along and changes no configuration
     */
    public static Registration of(Collection<Path> jars, ApplyOptions options) {
        return new Registration(List.copyOf(jars), List.of(), Map.of(), options);
    }
}
