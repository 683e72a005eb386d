// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Objects;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;

/**
 * A fix and where it belongs, so that a command can apply it. Immutable.
 *
 * @param id  the configuration
 * @param key the key as it is written now; of {@link Fix.Kind#ADD} the key that is to be there
 * @param at  where the key is written; empty when it is not
 * @param fix what to do
 */
public record Edit(ConfigId id, String key, Optional<Origin> at, Fix fix) {
    /** Checks that nothing is {@code null}. */
    public Edit {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(fix, "fix");
    }
}
