// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.time.Instant;
import java.util.function.LongSupplier;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.engine.internal.flow.Backoff;
import org.snakepipe.engine.internal.settings.BestEffort;
import org.snakepipe.engine.internal.settings.Limits;

/**
 * Whether a sink that fails is tried: closed, after each failure, with short waits; open, after so many failures in a row, only
 * now and then, with one batch (half-open), until that arrives. Thread-safe.
 */
final class Breaker {
    private final LongSupplier nanos;
    private int failuresToOpen;
    private Backoff closedWaits;
    private Backoff openWaits;
    private BestEffortSink.Breaker state = BestEffortSink.Breaker.CLOSED;
    private Instant since = Instant.now();
    private int failures;
    private boolean waiting;
    private long until;

    /** Closed. @param nanos the time */
    Breaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Other thresholds and waits, in force with the next failure. */
    synchronized void set(BestEffort now, Limits limits) {
        failuresToOpen = now.failures();
        closedWaits = new Backoff(limits.retryMin().toNanos(), limits.retryMax().toNanos());
        openWaits = new Backoff(now.waitMin().toNanos(), now.waitMax().toNanos());
    }

    /** How long to wait before the sink may be tried: nanoseconds, 0 for now. An open one whose time has come is half-open. */
    synchronized long waitNanos() {
        if (waiting && until - nanos.getAsLong() <= 0) {
            waiting = false;
        }
        if (!waiting && state == BestEffortSink.Breaker.OPEN) {
            become(BestEffortSink.Breaker.HALF_OPEN);
        }
        return waiting ? until - nanos.getAsLong() : 0;
    }

    /** A batch has arrived. */
    synchronized void succeeded() {
        failures = 0;
        waiting = false;
        closedWaits.reset();
        openWaits.reset();
        become(BestEffortSink.Breaker.CLOSED);
    }

    /** It failed, or did not open. */
    synchronized void failed() {
        failures++;
        boolean open = state != BestEffortSink.Breaker.CLOSED || failures >= failuresToOpen;
        waiting = true;
        until = nanos.getAsLong() + (open ? openWaits : closedWaits).next();
        if (open) {
            become(BestEffortSink.Breaker.OPEN);
        }
    }

    /** Something has changed that may help: no more waiting. */
    synchronized void tryNow() {
        waiting = false;
        closedWaits.reset();
        openWaits.reset();
    }

    private void become(BestEffortSink.Breaker next) {
        if (state != next) {
            state = next;
            since = Instant.now();
        }
    }

    synchronized BestEffortSink.Breaker state() {
        return state;
    }

    synchronized Instant since() {
        return since;
    }

    /** Whether the last attempt failed. */
    synchronized boolean isFailing() {
        return failures > 0;
    }
}
