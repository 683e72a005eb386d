// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/** What the threads of one run tell each other: what is wanted, whether to go on, what is wrong. Thread-safe. */
final class RunState {
    private static final Logger LOG = LoggerFactory.getLogger(RunState.class);

    private static final int MOST_SAID = 100;
    private static final int MOST_SHOWN = 3;

    private final String name;
    private final Counters counters;
    private volatile PipelineSettings settings;
    private volatile boolean stopping;
    private volatile long drainUntil = Long.MAX_VALUE;
    private volatile String failure = "";
    private volatile boolean again;
    private volatile boolean abandoned;
    private volatile boolean paused;
    private volatile long fullSince;
    private volatile long nextTry;
    private final Object changes = new Object();
    private long changeCount;
    private volatile long troubledSince;
    private volatile long wellSince;
    private final Map<Object, String> troubles = new ConcurrentHashMap<>();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    RunState(String name, PipelineSettings settings, Counters counters) {
        this.name = name;
        this.settings = settings;
        this.counters = counters;
    }

    String name() {
        return name;
    }

    PipelineSettings settings() {
        return settings;
    }

    void settings(PipelineSettings now) {
        boolean other = !now.equals(settings);
        settings = now;
        if (other) {
            changed();
        }
    }

    /** Something is different now, so that what failed may work: nobody waits any longer before trying it again. */
    void changed() {
        synchronized (changes) {
            changeCount++;
            changes.notifyAll();
        }
    }

    /** How often something was changed, for {@link #pauseBeforeTry(long, long)}. */
    long changeCount() {
        synchronized (changes) {
            return changeCount;
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** Nothing more is read; what is on its way may arrive until then, by {@link System#nanoTime}. The earliest end counts. */
    synchronized void stop(long until) {
        drainUntil = Math.min(drainUntil, until);
        stopping = true;
    }

    /** Nobody waits for the threads any more: another run may have begun, and nothing may be written over what is its. */
    void abandon() {
        abandoned = true;
        stop(System.nanoTime());
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Nothing is read, but everything stays open. */
    void pause(boolean now) {
        paused = now;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether there is room for more. */
    void full(boolean now) {
        if (!now) {
            if (fullSince != 0) {
                wellSince = System.currentTimeMillis();
            }
            fullSince = 0;
        } else if (fullSince == 0) {
            fullSince = System.currentTimeMillis();
        }
    }

    /** Since when nothing is read because what is on its way is full: milliseconds since 1970, 0 when it is not. */
    long fullSince() {
        return fullSince;
    }

    /** When what does not work is tried again: milliseconds since 1970, 0 when nothing waits. */
    long nextTry() {
        return troubles.isEmpty() ? 0 : nextTry;
    }

    /** Waits before another try. */
    void pauseBeforeTry(long nanos) throws InterruptedException {
        nextTry = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(nanos);
        pause(nanos);
    }

    /**
     * Waits before another try, or until something changes.
     *
     * @param seen the {@link #changeCount} before the try that failed
     * @return whether something has changed since
     */
    boolean pauseBeforeTry(long nanos, long seen) throws InterruptedException {
        nextTry = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(nanos);
        long end = System.nanoTime() + nanos;
        try {
            synchronized (changes) {
                long left = nanos;
                while (changeCount == seen && left > 0) {
                    // At least a millisecond: none means for ever.
                    changes.wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
                    left = end - System.nanoTime();
                }
                return changeCount != seen;
            }
        } catch (InterruptedException e) {
            if (stopping) {
                throw e;
            }
            // A flag that a plugin left behind only shortens the wait.
            return false;
        }
    }

    /** Whether nothing is to be written any more: it has failed, or another run may have begun. */
    boolean isOver() {
        return abandoned || !failure.isEmpty();
    }

    boolean mayDrain() {
        return failure.isEmpty() && System.nanoTime() < drainUntil;
    }

    /** Ends the run. @param mayTryAgain whether another run may fare better without a change */
    void fail(String reason, boolean mayTryAgain) {
        counters.error(reason);
        again = mayTryAgain;
        failure = reason;
        stop(System.nanoTime());
    }

    /** Why it failed; empty when it has not. */
    String failure() {
        return failure;
    }

    boolean again() {
        return again;
    }

    /**
     * Something does not work at the moment and is tried again. The same is logged once until all works again.
     *
     * @param who what does not work: it ends when the very same works again, and not when something else does
     */
    void trouble(Object who, String message) {
        if (troubles.put(who, message) == null && troubles.size() == 1) {
            troubledSince = System.currentTimeMillis();
        }
        counters.error(message);
        if (said.size() < MOST_SAID && said.add(message)) {
            LOG.warn("Pipeline {}: {}; trying again", name, message);
        }
    }

    void troubleEnded(Object who) {
        if (troubles.remove(who) != null && troubles.isEmpty()) {
            said.clear();
            wellSince = System.currentTimeMillis();
            LOG.info("Pipeline {} goes on", name);
        }
    }

    /** Since when something does not work: milliseconds since 1970, 0 when everything does. */
    long troubledSince() {
        return troubles.isEmpty() ? 0 : troubledSince;
    }

    /** Since when it neither fails nor is full any more: milliseconds since 1970, 0 when it never was. */
    long wellSince() {
        return wellSince;
    }

    /** What does not work: all of it, or as much as can be read; empty when all works. */
    String trouble() {
        List<String> all = troubles.values().stream().distinct().sorted().toList();
        String shown = all.stream().limit(MOST_SHOWN).collect(Collectors.joining("; and "));
        return all.size() <= MOST_SHOWN ? shown : shown + "; and " + (all.size() - MOST_SHOWN) + " more";
    }

    /** Waits, unless the run is stopping. A flag that a plugin left behind only shortens the wait. */
    void pause(long nanos) throws InterruptedException {
        if (Thread.interrupted() && stopping) {
            throw new InterruptedException("stopping");
        }
        LockSupport.parkNanos(nanos);
    }
}
