// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long to wait before trying again: twice as long each time, with jitter, so that many do not try at once. */
public final class Backoff {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long firstNanos;
    private final long mostNanos;
    private long next;

    /**
     * Begins at a tenth of a second.
     *
     * @param mostSeconds the longest wait
     */
    public Backoff(long mostSeconds) {
        this(FIRST_NANOS, TimeUnit.SECONDS.toNanos(mostSeconds));
    }

    /**
     * With another first wait.
     *
     * @param firstNanos the first wait
     * @param mostNanos  the longest
     */
    public Backoff(long firstNanos, long mostNanos) {
        this.firstNanos = firstNanos;
        this.mostNanos = Math.max(firstNanos, mostNanos);
        this.next = firstNanos;
    }

    /**
     * The next wait.
     *
     * @return nanoseconds, between half and all of what is due
     */
    public long next() {
        long due = next;
        next = Math.min(mostNanos, next * 2);
        return due / 2 + ThreadLocalRandom.current().nextLong(due / 2 + 1);
    }

    /** It worked: begin anew. */
    public void reset() {
        next = firstNanos;
    }
}
