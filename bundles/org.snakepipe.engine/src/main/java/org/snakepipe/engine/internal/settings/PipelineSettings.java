// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import java.lang.System.Logger.Level;

/**
 * What the configuration of a pipeline says, checked. Immutable.
 *
 * @param route    what records pass through
 * @param tempo    how fast
 * @param limits   how much at once
 * @param ordering which records keep their order
 * @param onError  what becomes of rejected records
 * @param logLevel the least important level that its parts may log
 * @param enabled    whether it is to run
 * @param bestEffort sinks that never hold it
 */
public record PipelineSettings(
        Route route,
        Tempo tempo,
        Limits limits,
        Ordering ordering,
        OnError onError,
        Level logLevel,
        boolean enabled,
        BestEffort bestEffort) {
    /**
     * Without best-effort sinks.
     *
     * @param route    what records pass through
     * @param tempo    how fast
     * @param limits   how much at once
     * @param ordering which records keep their order
     * @param onError  what becomes of rejected records
     * @param logLevel the least important level that its parts may log
     * @param enabled  whether it is to run
     */
    public PipelineSettings(
            Route route,
            Tempo tempo,
            Limits limits,
            Ordering ordering,
            OnError onError,
            Level logLevel,
            boolean enabled) {
        this(route, tempo, limits, ordering, onError, logLevel, enabled, BestEffort.NONE);
    }

    /**
     * How many workers there are in fact: order over all records leaves room for only one.
     *
     * @return at least 1
     */
    public int crew() {
        return ordering == Ordering.STRICT ? 1 : tempo.workers();
    }
}
