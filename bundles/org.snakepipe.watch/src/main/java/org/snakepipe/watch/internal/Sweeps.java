// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often a root is looked at although no bell rings. That costs as much as all else of a runtime at rest, so it is seldom
 * while bells tell everything, and often once one was missed: behind a link, or on a volume that others write to, as those of
 * containers and networks, the next changes will be missed too. Used by one thread.
 */
final class Sweeps {
    /** No bell hangs in a directory that is not there, and who makes it waits for it to be read. */
    static final Duration AWAY = Duration.ofMillis(500);

    static final Duration OFTEN = Duration.ofSeconds(5);
    static final Duration SELDOM = Duration.ofSeconds(15);
    /** So long after a change that no bell told, others like it are expected. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final Duration seldom;
    private boolean missed;
    private long missedAt;

    Sweeps(LongSupplier nanos) {
        this(nanos, SELDOM);
    }

    Sweeps(LongSupplier nanos, Duration seldom) {
        this.nanos = nanos;
        this.seldom = seldom;
    }

    /** A look found what no bell had told. */
    void found() {
        missed = true;
        missedAt = nanos.getAsLong();
    }

    /**
     * The longest time until the next look.
     *
     * @param there whether the root is a directory
     * @param heard whether bells hang wherever they should
     * @return nanoseconds
     */
    long next(boolean there, boolean heard) {
        if (!there) {
            return AWAY.toNanos();
        }
        missed &= nanos.getAsLong() - missedAt < REMEMBERED.toNanos();
        return (heard && !missed ? seldom : OFTEN).toNanos();
    }
}
