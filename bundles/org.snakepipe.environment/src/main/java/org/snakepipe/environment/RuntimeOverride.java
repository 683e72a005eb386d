// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;

/**
 * One value that somebody set at run time, over all files and variables. Immutable.
 *
 * @param id     the configuration
 * @param key    its key
 * @param value  text, number, Boolean, or a list of these; may hold words
 * @param author who set it
 * @param reason why
 * @param expiry when it ends; empty when it does not
 * @param origin where it is written; its layer names author and reason
 */
public record RuntimeOverride(
        ConfigId id, String key, Object value, String author, String reason, Optional<Instant> expiry, Origin origin) {
    /** Checks that nothing is {@code null}. */
    public RuntimeOverride {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(expiry, "expiry");
        Objects.requireNonNull(origin, "origin");
    }

    /** Whether it counts at a moment. */
    boolean isActive(Instant now) {
        return expiry.isEmpty() || now.isBefore(expiry.get());
    }
}
