// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.List;
import java.util.Objects;

/**
 * What is said about a PID as a whole beside Metatype. Immutable.
 *
 * @param open      {@code true} when keys that the schema does not know bring a warning only
 * @param reserved  why nobody may configure it, for people; empty when everybody may
 * @param requires  keys that always need a value
 * @param conflicts keys of which at most one may be written
 */
public record Traits(boolean open, String reserved, List<String> requires, List<String> conflicts) {
    /** Nothing is said. */
    public static final Traits NONE = new Traits(false, "", List.of(), List.of());

    /** Copies the lists. */
    public Traits {
        Objects.requireNonNull(reserved, "reserved");
        requires = List.copyOf(requires);
        conflicts = List.copyOf(conflicts);
    }
}
