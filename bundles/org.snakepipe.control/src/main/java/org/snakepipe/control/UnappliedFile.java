// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.Objects;
import org.snakepipe.api.config.Origin;

/**
 * A file whose content on the disk is not what is in force. Immutable.
 *
 * @param path     relative to the configuration directory; with {@code deploy/} or {@code data/overrides/} before it for
 *                 files of those
 * @param state    why
 * @param reason   one sentence for people: what is wrong, and how to go on
 * @param replaced whether what the file was before is in force in its place; else nothing of it is
 */
public record UnappliedFile(String path, State state, String reason, boolean replaced) {
    /** Why a file is not in force. */
    public enum State {
        /** Its content is wrong. It is looked at again with each change, and by {@code retry}. */
        REJECTED,
        /** It cannot be read. */
        UNREADABLE,
        /** It was tried and did not come up. It is not tried again before its content changes, or by {@code retry}. */
        TAKEN_BACK,
        /** Somebody went back to a generation without it. It is held until its content changes, or by {@code retry}. */
        ROLLED_BACK,
        /** It is good, and was saved together with something that is not. It goes live with the next change. */
        WAITING,
        /** It is good, and waits for somebody to confirm it by {@code apply}. */
        PENDING
    }

    /** Checks that nothing is missing. */
    public UnappliedFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
    }

    /** Path, state and reason, and what is in force instead: one line for people. */
    @Override
    public String toString() {
        String instead = replaced ? "what it was before stays in force" : "nothing of it is in force";
        String word = state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        // As an origin is shown: also a name with line breaks is one line.
        return new Origin("", path, 0, 0) + ", " + word + ": " + reason + "; " + instead;
    }
}
