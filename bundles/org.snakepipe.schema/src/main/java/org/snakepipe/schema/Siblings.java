// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.List;
import org.snakepipe.api.config.ConfigId;

/** Knows which values a key has elsewhere, above all in the environments beside this one. From any thread. */
@FunctionalInterface
public interface Siblings {
    /** Knows nothing. */
    Siblings NONE = (id, key) -> List.of();

    /**
     * The values of a key. Asked only when something is wrong with it, and never for a secret.
     *
     * @param id  the configuration
     * @param key the key
     * @return values as they are written in files, the most usual first; empty when nobody has one
     */
    List<String> values(ConfigId id, String key);
}
