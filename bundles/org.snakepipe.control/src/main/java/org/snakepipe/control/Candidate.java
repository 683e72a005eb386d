// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files that might come into force. Immutable.
 *
 * @param environment in which environment
 * @param directory   where they were read; empty for the configuration directory of this runtime, as it has settled
 * @param files       path, relative to the directory and with {@code /}, to content
 */
public record Candidate(String environment, Optional<Path> directory, Map<String, FileContent> files) {
    /** Copies the map, sorted. */
    public Candidate {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(directory, "directory");
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }
}
