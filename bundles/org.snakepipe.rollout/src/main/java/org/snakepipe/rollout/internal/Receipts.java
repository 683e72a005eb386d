// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Outcome;

/** Tells what came of each rollout: those who ask, those who listen, and the log. Used by one thread. */
final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    private final Snapshot snapshot;
    private final Consumer<Outcome> listeners;

    Receipts(Snapshot snapshot, Consumer<Outcome> listeners) {
        this.snapshot = snapshot;
        this.listeners = listeners;
    }

    /** Tells it. One that changed nothing does not hide the last one that did, but it ends a failure. @param left what is wrong now */
    void give(Outcome outcome, Generation current, List<Problem> left) {
        boolean wasWell = snapshot.lastOutcome()
                .filter(last -> last.status() != Outcome.Status.APPLIED)
                .isEmpty();
        boolean silent = outcome.status() == Outcome.Status.UNCHANGED && wasWell;
        snapshot.set(current, silent ? snapshot.lastOutcome() : Optional.of(outcome), left);
        log(outcome);
        listeners.accept(outcome);
    }

    private static void log(Outcome outcome) {
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
