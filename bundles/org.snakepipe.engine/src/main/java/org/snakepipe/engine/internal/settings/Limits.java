// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import java.time.Duration;

/**
 * How much there may be at once, and how long to wait before another try.
 *
 * @param batchBytes      a batch that has so many bytes is complete
 * @param queueRecords    records on their way, beyond which nothing is read
 * @param queueBytes      bytes on their way, beyond which nothing is read; one batch that is larger passes alone
 * @param retryMin        the first wait before a batch is tried again
 * @param retryMax        the longest
 * @param quarantineBytes how large the quarantine may be
 */
public record Limits(
        long batchBytes,
        long queueRecords,
        long queueBytes,
        Duration retryMin,
        Duration retryMax,
        long quarantineBytes) {
    /** What holds when nothing is configured. */
    public static final Limits DEFAULT =
            new Limits(4L << 20, 100_000, 32L << 20, Duration.ofMillis(100), Duration.ofSeconds(10), 256L << 20);
}
