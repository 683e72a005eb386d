// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.ReloadResult;

/** Tells what came of each rollout: those who ask, those who listen, and the log. Used by one thread. */
final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    private final Snapshot snapshot;
    private final Consumer<ReloadResult> listeners;

    Receipts(Snapshot snapshot, Consumer<ReloadResult> listeners) {
        this.snapshot = snapshot;
        this.listeners = listeners;
    }

    String environment() {
        return snapshot.environment();
    }

    /**
     * Tells it. One that changed nothing does not hide the last one that did, but it ends a failure of which nothing is left on
     * the disk.
     */
    void give(ReloadResult result, Snapshot.State state) {
        boolean wasWell = snapshot.lastResult()
                .filter(last -> last.status() != ReloadResult.Status.APPLIED)
                .isEmpty();
        boolean lasts = wasWell || !state.unapplied().isEmpty();
        if (result.status() == ReloadResult.Status.UNCHANGED && lasts) {
            answer(result, state);
        } else {
            snapshot.set(state);
            tell(result);
        }
    }

    /** Tells one that is no change of anything: the last one stays what it was. */
    void answer(ReloadResult result, Snapshot.State state) {
        snapshot.set(state.with(snapshot.lastResult()));
        tell(result);
    }

    private void tell(ReloadResult result) {
        log(result);
        listeners.accept(result);
    }

    private static void log(ReloadResult outcome) {
        String line = outcome.status() + " generation " + outcome.generation() + " in "
                + outcome.total().toMillis() + " ms (" + outcome.cause() + ")";
        switch (outcome.status()) {
            case UNCHANGED -> LOG.info("{}", line);
            case APPLIED -> LOG.info("{} {}", line, outcome.changes());
            default -> LOG.warn("{}", line);
        }
        outcome.problems().forEach(problem -> LOG.warn("{}", problem));
    }
}
