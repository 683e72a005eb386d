// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.Objects;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;

/**
 * A value that somebody wrote and that has no effect, because a higher layer sets the same key. Immutable.
 *
 * @param id      the configuration
 * @param key     the key
 * @param written where the value without effect is written
 * @param by      where the value that counts is written
 * @param value   the value that counts, for people: {@code <set>} when it is a secret
 */
public record Shadowed(ConfigId id, String key, Origin written, Origin by, String value) {
    /** How a value that unsets its key is shown, however it is written. */
    static final String UNSET = "$[unset]";

    /** Checks that nothing is {@code null}. */
    public Shadowed {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(written, "written");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(value, "value");
    }

    /** {@code no effect: batch.size is set to 200 by SNAKE_PIPE_PIPELINE_ORDERS__BATCH_SIZE}. */
    @Override
    public String toString() {
        String what = value.equals(UNSET) ? key + " is unset" : key + " is set to " + value;
        boolean override = by.layer().startsWith("override ");
        return "no effect: " + what + " by " + by + (override ? " (" + by.layer() + ")" : "");
    }
}
