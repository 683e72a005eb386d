// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.util.Optional;
import org.snakepipe.api.config.ConfigId;

/** The definitions that are there at this moment; from any thread. */
@FunctionalInterface
public interface Parts {
    /**
     * Finds one.
     *
     * @param id of its configuration
     * @return the definition; empty while nobody provides it
     */
    Optional<Part> find(ConfigId id);
}
