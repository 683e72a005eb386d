// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the thread of the rollout has to do, and when it is time to do something by itself. Filled from any thread, emptied by one. */
final class JobQueue {
    private static final long FIRST_WAIT_SECONDS = 2;
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final Clock clock;
    private long again = FIRST_WAIT_SECONDS;

    private final Duration look;

    /** @param clock tells when an override ends @param look how often it is looked at, at least, until then */
    JobQueue(Clock clock, Duration look) {
        this.clock = clock;
        this.look = look;
    }

    void add(Job job) {
        jobs.add(job);
    }

    void addAll(List<Job> more) {
        jobs.addAll(more);
    }

    /** Adds what need not be done twice. */
    void addOnce(Job job) {
        if (!jobs.contains(job)) {
            jobs.add(job);
        }
    }

    /** The next, if it comes by then; {@code null} when it does not. @param end of {@link System#nanoTime} */
    Job poll(long end) throws InterruptedException {
        return jobs.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits, and takes everything that is there then. Nothing when it is time to do something by itself, or to look whether it is.
     *
     * @param owing  whether something has to be tried again: after 2 to 60 seconds, each time later
     * @param expiry when to look in any case
     */
    List<Job> take(boolean owing, Optional<Instant> expiry) throws InterruptedException {
        List<Job> waiting = new ArrayList<>();
        Job first = await(owing, expiry);
        again = first == null && owing ? Math.min(again * 2, LONGEST_WAIT_SECONDS) : FIRST_WAIT_SECONDS;
        if (first != null) {
            waiting.add(first);
            jobs.drainTo(waiting);
        }
        return waiting;
    }

    private Job await(boolean owing, Optional<Instant> expiry) throws InterruptedException {
        if (!owing && expiry.isEmpty()) {
            return jobs.take();
        }
        long millis = owing ? TimeUnit.SECONDS.toMillis(again) : look.toMillis();
        if (expiry.isPresent()) {
            // One more than the rest: a clock that counts milliseconds is not to wake us before the moment.
            long rest = Duration.between(clock.instant(), expiry.get()).toMillis() + 1;
            millis = Math.min(millis, Math.max(0, rest));
        }
        return jobs.poll(millis, TimeUnit.MILLISECONDS);
    }

    boolean isPast(Instant moment) {
        return !clock.instant().isBefore(moment);
    }

    /** Nobody will do what was asked for. @param why for people */
    void abandon(String why) {
        jobs.forEach(job -> {
            if (job instanceof Job.Asked<?> asked) {
                asked.request().abandon(why);
            }
        });
    }
}
