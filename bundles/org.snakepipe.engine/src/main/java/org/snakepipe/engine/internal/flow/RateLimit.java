// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.function.LongSupplier;

/**
 * Lets so many records a second pass, in small portions, so that a low rate flows evenly. Changing the rate is in force at
 * once: nothing that was saved up at the old one remains. Used by one thread.
 */
final class RateLimit {
    private static final double SECOND = 1e9;
    private static final double PORTION_SECONDS = 0.1;

    private final LongSupplier clock;
    private long rate;
    private long seenRate = -1;
    private double saved;
    private long last;

    RateLimit(LongSupplier clock, long rate) {
        this.clock = clock;
        this.rate = rate;
        this.last = clock.getAsLong();
    }

    void set(long perSecond) {
        rate = perSecond;
    }

    /** How many of so many may pass now; 0 means wait {@link #nanosToNext}. */
    int available(int wanted) {
        long now = rate;
        if (now == 0) {
            seenRate = 0;
            return wanted;
        }
        refill(now);
        return (int) Math.min(wanted, (long) saved);
    }

    private void refill(long now) {
        long time = clock.getAsLong();
        if (now != seenRate) {
            seenRate = now;
            saved = 1;
        } else {
            double most = Math.max(1, now * PORTION_SECONDS);
            saved = Math.min(most, saved + (time - last) / SECOND * now);
        }
        last = time;
    }

    /** So many have passed. */
    void passed(int count) {
        if (seenRate > 0) {
            saved -= count;
        }
    }

    /** How long until one more may pass. */
    long nanosToNext() {
        return seenRate <= 0 ? 0 : (long) Math.ceil(Math.max(0, 1 - saved) / seenRate * SECOND);
    }
}
