// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/**
 * Something about environments beside one another that somebody may want to know. Immutable.
 *
 * @param kind    what it is
 * @param level   how much it matters
 * @param problem code, sentence, place and fixes, for whoever prints problems; its severity is that of the level, and a note
 *                is a warning there
 * @param related other places that the sentence speaks of
 */
public record Finding(Kind kind, Level level, Problem problem, List<Origin> related) {
    /** What has been found. */
    public enum Kind {
        /** A file cannot be read or understood, or is passed over: what is said of environments is not complete. */
        UNREADABLE,
        /** A value of a lower layer is set again, to another value. */
        INTENDED,
        /** A value of a lower layer is set again, to the same. */
        REDUNDANT,
        /** An environment sets keys of a configuration that nobody completes. */
        ORPHAN,
        /** A value counts in no environment. */
        SHADOWED,
        /** One of two environments that belong together has what the other has not. */
        MISSING,
        /** One secret serves a protected environment and another one. */
        SHARED_SECRET,
        /** A contract is broken, or says nothing that could be kept. */
        CONTRACT
    }

    /** How much it matters. */
    public enum Level {
        /** Good to know. */
        NOTE,
        /** Probably a mistake. */
        WARNING,
        /** Against what somebody has laid down. */
        ERROR
    }

    /** Copies the list. */
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(problem, "problem");
        related = List.copyOf(related);
    }

    static Finding note(Kind kind, Problem.Builder problem, List<Origin> related) {
        return new Finding(kind, Level.NOTE, problem.build(), related);
    }

    /** A finding that matters as much as its problem. */
    static Finding of(Kind kind, Problem problem, List<Origin> related) {
        return new Finding(kind, problem.isError() ? Level.ERROR : Level.WARNING, problem, related);
    }

    /** {@code warning base/x.cfg:4: ...}. */
    @Override
    public String toString() {
        return level.name().toLowerCase(Locale.ROOT) + " " + problem;
    }
}
