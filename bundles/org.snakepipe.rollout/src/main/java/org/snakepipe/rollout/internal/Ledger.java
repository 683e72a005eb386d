// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.Problem;

/**
 * What has to be on the disk around a change, and what is said when it cannot be written. Remembers that something is owed, so
 * that it can be written when there is room again. Used by one thread.
 */
final class Ledger {
    private static final String AGAIN =
            ": make room in the data directory, or its permissions right; it is tried again by"
                    + " itself and with each change";

    private final GenerationStore store;
    private boolean owing;

    Ledger(GenerationStore store) {
        this.store = store;
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** Before anything is touched. Gives what is wrong: then nothing may be touched. */
    Optional<Problem> intend(long epoch, String cause, List<String> lines) {
        return write(() -> store.intend(epoch, cause, lines))
                .map(e -> Problem.error(
                                "store.failed",
                                "the journal cannot be written (" + e + "), so nothing was changed" + AGAIN)
                        .build());
    }

    /** After a generation came into force. */
    Optional<Problem> applied(Generation now, HeldFiles held, long epoch, String cause, List<String> lines) {
        return remembered(() -> {
            store.good(now);
            store.hold(held.lasting());
            store.ended(epoch, "applied", cause, lines);
        });
    }

    /** After nothing had to be touched, but files mean the same in other words. */
    Optional<Problem> same(Generation now) {
        return remembered(() -> store.good(now));
    }

    private Optional<Problem> remembered(Writing writing) {
        Optional<IOException> failure = write(writing);
        owing = failure.isPresent();
        return failure.map(e -> Problem.warning(
                        "store.failed",
                        "the configuration is in force, but cannot be remembered as last good (" + e + ")" + AGAIN)
                .build());
    }

    /** After everything is as it was before. */
    Optional<Problem> takenBack(String status, HeldFiles held, long epoch, String cause, List<String> lines) {
        return write(() -> {
                    store.ended(epoch, status, cause, lines);
                    store.hold(held.lasting());
                })
                .map(e -> Problem.error(
                                "store.failed",
                                "the list of held files cannot be written (" + e + "): after a restart they are tried"
                                        + " again")
                        .build());
    }

    private Optional<IOException> write(Writing writing) {
        try {
            writing.run();
            return Optional.empty();
        } catch (IOException e) {
            owing = true;
            return Optional.of(e);
        }
    }

    /** Whether something could not be written that matters still. */
    boolean isOwing() {
        return owing;
    }

    /** Whether it is worth to try again. */
    boolean canWrite() {
        return store.canWrite();
    }
}
