// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.checkpoint;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What somebody said last about a pipeline; it holds, also over restarts, until they say something else.
 *
 * @param kind  what was said
 * @param since when
 * @param by    who; empty when that is not known
 */
public record Order(Kind kind, Instant since, String by) {
    /** What can be said. */
    public enum Kind {
        /** It is to run, which is also so when nobody has said anything. */
        RUN,
        /** Nothing is to be read; everything stays open. */
        PAUSE,
        /** It is to be closed. */
        STOP
    }

    /** Nobody has said anything. */
    public static final Order NONE = new Order(Kind.RUN, Instant.EPOCH, "");

    /**
     * Somebody says it now.
     *
     * @param kind what
     * @param by   who; empty when that is not known
     * @return the order
     */
    public static Order now(Kind kind, String by) {
        return kind == Kind.RUN ? NONE : new Order(kind, Instant.now().truncatedTo(ChronoUnit.MILLIS), by);
    }

    /**
     * Whether it is to pause.
     *
     * @return {@code true} for {@link Kind#PAUSE}
     */
    public boolean isPause() {
        return kind == Kind.PAUSE;
    }

    /**
     * Whether it is to be stopped.
     *
     * @return {@code true} for {@link Kind#STOP}
     */
    public boolean isStop() {
        return kind == Kind.STOP;
    }

    /** For people: {@code paused by alice}, {@code stopped by hand}; empty when it is to run. */
    @Override
    public String toString() {
        return switch (kind) {
            case RUN -> "";
            case PAUSE -> "paused by " + (by.isEmpty() ? "hand" : by);
            case STOP -> "stopped by " + (by.isEmpty() ? "hand" : by);
        };
    }
}
