// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.List;
import java.util.Objects;

/**
 * One environment of the configuration directory. Immutable.
 *
 * @param name        its name, the one of its directory
 * @param ancestors   what it extends, the oldest first, without itself; empty when it stands on {@code base} alone, or when
 *                    its ancestors cannot be told because of an error
 * @param description what it is for; may be empty
 */
public record Environment(String name, List<String> ancestors, String description) {
    /** Copies the list. */
    public Environment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        ancestors = List.copyOf(ancestors);
    }
}
