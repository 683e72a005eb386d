// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.List;
import java.util.Objects;

/**
 * One environment of the configuration directory. Immutable.
 *
 * @param name          its name, the one of its directory or of its flat file
 * @param parents       what its {@code extends} names, the first one wins over the second
 * @param ancestors     all it extends, the oldest first, without itself: the order in which layers are laid. Empty when it
 *                      stands on {@code base} alone, or when its ancestors cannot be told because of an error
 * @param description   what it is for; may be empty
 * @param guarded       {@code protected}: a change waits for somebody who confirms it; what the nearest ancestor says, when
 *                      it says nothing itself
 * @param autoApply     {@code auto.apply}: a change goes live without confirmation although the environment is guarded;
 *                      inherited likewise
 * @param uncheckedPids {@code unchecked.pids}: PIDs that are published although no schema knows them; inherited likewise
 */
public record Environment(
        String name,
        List<String> parents,
        List<String> ancestors,
        String description,
        boolean guarded,
        boolean autoApply,
        List<String> uncheckedPids) {
    /** Copies the lists. */
    public Environment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        parents = List.copyOf(parents);
        ancestors = List.copyOf(ancestors);
        uncheckedPids = List.copyOf(uncheckedPids);
    }
}
