// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import java.util.Objects;

/**
 * One environment that the configuration directory knows. Immutable.
 *
 * @param name        its name
 * @param ancestors   what it extends, the oldest first; empty when it stands on {@code base} alone
 * @param description what it is for; may be empty
 * @param active      {@code true} for the one this runtime runs in
 */
public record EnvironmentInfo(String name, List<String> ancestors, String description, boolean active) {
    /** Copies the list. */
    public EnvironmentInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        ancestors = List.copyOf(ancestors);
    }
}
