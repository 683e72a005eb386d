// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ReloadResult;

/**
 * What has to be on the disk around a change, and what is said when it cannot be written. Remembers that something is owed, so
 * that it can be written when there is room again. Used by one thread.
 */
final class Ledger {
    private static final String AGAIN =
            ": make room in the data directory, or its permissions right; it is tried again by"
                    + " itself and with each change";

    private final Journal journal;
    private final GenerationStore store;
    private final HeldStore held;
    private final Recorders recorders;

    private boolean owing;

    Ledger(Journal journal, GenerationStore store, HeldStore held, Recorders recorders) {
        this.journal = journal;
        this.store = store;
        this.held = held;
        this.recorders = recorders;
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** Before anything is touched. Gives what is wrong: then nothing may be touched. */
    Optional<Problem> intend(Journal.Intent intent) {
        Optional<Problem> unwritable = write(() -> journal.intend(intent))
                .map(e -> Problem.error(
                                "store.failed",
                                "the journal cannot be written (" + e + "), so nothing was changed" + AGAIN)
                        .build());
        if (unwritable.isPresent()) {
            recorders.forget();
            return unwritable;
        }
        Optional<Problem> unrecorded = recorders.intend(intent);
        if (unrecorded.isPresent()) {
            // The journal must not say that something is under way.
            write(() -> journal.ended(intent, "refused"));
            owing = true;
        }
        return unrecorded;
    }

    /**
     * After a generation came into force. Each is tried, whatever became of the others: a journal that still says that something
     * is under way would have its files put back by the next process, unless last good knows better.
     *
     * @param intent what came; empty at the start
     */
    Optional<Problem> applied(Generation now, Desk desk, Optional<Journal.Intent> intent) {
        Journal.Intent done =
                intent.orElseGet(() -> new Journal.Intent(0, now.number(), "", "boot", List.of(), Map.of(), Map.of()));
        Optional<IOException> journalled = write(() -> journal.ended(done, "applied"));
        Optional<IOException> heldToo = write(() -> held.write(desk));
        Optional<Problem> remembered = remembered(() -> store.good(now));
        owing = remembered.isPresent() || journalled.isPresent() || heldToo.isPresent();
        return journalled.map(Ledger::notRemembered).or(() -> remembered).or(() -> heldToo.map(Ledger::notRemembered));
    }

    /** After nothing had to be touched, but files mean the same in other words. */
    Optional<Problem> same(Generation now) {
        return remembered(() -> store.good(now));
    }

    private Optional<Problem> remembered(Writing writing) {
        Optional<IOException> failure = write(writing);
        owing = failure.isPresent();
        return failure.map(Ledger::notRemembered);
    }

    private static Problem notRemembered(IOException e) {
        return Problem.warning(
                        "store.failed",
                        "the configuration is in force, but cannot be remembered as last good (" + e + ")" + AGAIN)
                .build();
    }

    /** After everything is as it was before. Each is tried, as above. @param status what the journal says of it; empty to leave it as it is */
    Optional<Problem> takenBack(Optional<String> status, Desk desk, Journal.Intent intent) {
        Optional<IOException> journalled = status.flatMap(state -> write(() -> journal.ended(intent, state)));
        return write(() -> held.write(desk))
                .or(() -> journalled)
                .map(e -> Problem.error(
                                "store.failed",
                                "the list of held files cannot be written (" + e
                                        + "): after a restart they are tried again")
                        .build());
    }

    /** After somebody let go of what was held. */
    void heldChanged(Desk desk) {
        write(() -> held.write(desk));
    }

    /** Tells those who wrote down what was intended what came of it. Gives what they could not write. */
    List<Problem> recorded(long epoch, ReloadResult result) {
        return recorders.ended(epoch, result);
    }

    /** Whatever is thrown must not leave something half done. */
    private Optional<IOException> write(Writing writing) {
        try {
            writing.run();
            return Optional.empty();
        } catch (IOException e) {
            owing = true;
            return Optional.of(e);
        } catch (RuntimeException e) {
            owing = true;
            return Optional.of(new IOException(e.toString(), e));
        }
    }

    /** What lies there has to be tried again, for a reason that may have passed. */
    void owe() {
        owing = true;
    }

    /** Whether something could not be written that matters still, or has to be tried again. */
    boolean isOwing() {
        return owing;
    }

    /** Whether it is worth to try again. */
    boolean canWrite() {
        return journal.canWrite();
    }
}
