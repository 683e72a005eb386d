// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on after what nobody expects: a fault of ours, a heap that is used up. Watching that ended would be noticed by nobody, as
 * an edit that comes to nothing. Used by one thread.
 */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** What is done again and again. */
    interface Step {
        /** Does it. @return nanoseconds until the next one is due */
        long run() throws InterruptedException;
    }

    /** How time passes. */
    interface Pause {
        void last(Duration pause) throws InterruptedException;
    }

    private final Object what;
    private final Pause pauses;
    private final Runnable anew;
    private Duration next = FIRST;
    private boolean failed;

    /**
     * Begins.
     *
     * @param what   is watched, for people
     * @param pauses passes time
     * @param anew   forgets what the step before a fault may have left half done
     */
    Attempts(Object what, Pause pauses, Runnable anew) {
        this.what = what;
        this.pauses = pauses;
        this.anew = anew;
    }

    /** Takes a step. @return nanoseconds until the next one is due: at once after a fault, and the pause that follows it */
    long at(Step step) throws InterruptedException {
        try {
            if (failed) {
                anew.run();
                failed = false;
            }
            long due = step.run();
            next = FIRST;
            return due;
        } catch (RuntimeException | Error e) {
            failed = true;
            Duration pause = next;
            next = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
            LOG.error("Watching {} failed; everything there is looked at anew in {} ms", what, pause.toMillis(), e);
            pauses.last(pause);
            return 0;
        }
    }
}
