// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A generation that is, or was, in force. Immutable.
 *
 * @param number      grows with each change, also over restarts
 * @param environment of which environment
 * @param version     of the product that brought it into force
 * @param at          when it came into force
 * @param author      who asked for it; empty when nobody did but the files themselves
 * @param cause       what asked for it, for people
 * @param changes     what it changed, a line each
 * @param files       path to SHA-256 of the accepted files, of configuration and of overrides
 * @param plugins     name of the file in {@code deploy/} to SHA-256, of the accepted plugins and libraries
 */
public record GenerationInfo(
        long number,
        String environment,
        String version,
        Instant at,
        String author,
        String cause,
        List<String> changes,
        Map<String, String> files,
        Map<String, String> plugins) {
    /** Copies the collections, sorted. */
    public GenerationInfo {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(cause, "cause");
        changes = List.copyOf(changes);
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        plugins = Collections.unmodifiableMap(new TreeMap<>(plugins));
    }
}
