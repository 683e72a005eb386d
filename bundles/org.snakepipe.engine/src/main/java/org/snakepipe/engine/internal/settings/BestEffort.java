// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import java.time.Duration;
import java.util.List;
import org.snakepipe.api.config.ConfigId;

/**
 * Sinks that get everything too, but never hold the pipeline.
 *
 * @param sinks      their ids, in order; may be empty
 * @param failures   so many failures in a row open the breaker of a sink
 * @param waitMin    the first wait of an open breaker before the sink is tried
 * @param waitMax    the longest
 * @param spoolBytes how large the spool of each sink may be
 */
public record BestEffort(List<ConfigId> sinks, int failures, Duration waitMin, Duration waitMax, long spoolBytes) {
    /** There are none. */
    public static final BestEffort NONE =
            new BestEffort(List.of(), 5, Duration.ofSeconds(1), Duration.ofMinutes(1), 256L << 20);

    /** Copies the list. */
    public BestEffort {
        sinks = List.copyOf(sinks);
    }
}
