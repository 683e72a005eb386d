// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What of a pipeline moves from moment to moment. Immutable.
 *
 * @param bytesInFlight  about how many bytes the records take that are read and not yet acknowledged
 * @param lag            for how long the oldest of them is on its way; zero when there is none
 * @param lastCheckpoint when this run last wrote how far it has come; empty when it has not
 * @param nextTry        when what failed is tried again by itself; empty when nothing waits for that
 * @param quarantined    rejected records in the quarantine of the pipeline
 * @param bytes          about how many bytes the records take that were acknowledged since this process started
 * @param remaining      about how much the source has still to read, in a unit of its own; empty when nobody knows
 */
public record PipelineGauges(
        long bytesInFlight,
        Duration lag,
        Optional<Instant> lastCheckpoint,
        Optional<Instant> nextTry,
        long quarantined,
        long bytes,
        OptionalLong remaining) {
    /** Checks that nothing is {@code null}. */
    public PipelineGauges {
        Objects.requireNonNull(lag, "lag");
        Objects.requireNonNull(lastCheckpoint, "lastCheckpoint");
        Objects.requireNonNull(nextTry, "nextTry");
        Objects.requireNonNull(remaining, "remaining");
    }
}
