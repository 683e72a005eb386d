// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a best-effort sink of a pipeline is at this moment. Immutable. It gets everything that the pipeline writes, but never
 * holds it: what it cannot take is spooled. Counts are since this process started unless said otherwise.
 *
 * @param id        of the sink
 * @param breaker   whether it is written to
 * @param since     since when the breaker is like that
 * @param spooled   records that wait for it, also those of earlier processes
 * @param bytes     size of its spool on disk
 * @param oldest    when the oldest record that waits came; empty when none does
 * @param written   records it has taken
 * @param rejected  records it will never take
 * @param dropped   records it will never get because the spool was full or could not be written or read
 * @param nextTry   when it is tried again; empty when it works
 * @param lastError what went wrong last; empty when nothing did since it worked
 */
public record BestEffortSink(
        String id,
        Breaker breaker,
        Instant since,
        long spooled,
        long bytes,
        Optional<Instant> oldest,
        long written,
        long rejected,
        long dropped,
        Optional<Instant> nextTry,
        String lastError) {
    /** Whether a sink is written to. */
    public enum Breaker {
        /** It is. After a failure the same batch is tried again soon. */
        CLOSED,
        /** It failed too often in a row: it is left alone for a while. */
        OPEN,
        /** It is being tried with one batch. */
        HALF_OPEN
    }

    /** Checks that nothing is {@code null}. */
    public BestEffortSink {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(breaker, "breaker");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(oldest, "oldest");
        Objects.requireNonNull(nextTry, "nextTry");
        Objects.requireNonNull(lastError, "lastError");
    }
}
