// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.util.Objects;

/**
 * A record that cannot be processed, however often it is tried, and the reason.
 *
 * @param record the record
 * @param reason one sentence for people: what was found and what is allowed
 */
public record Rejection(Record record, String reason) {
    /**
     * Checks that nothing is {@code null}.
     *
     * @param record as in the record
     * @param reason as in the record
     */
    public Rejection {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(reason, "reason");
    }
}
