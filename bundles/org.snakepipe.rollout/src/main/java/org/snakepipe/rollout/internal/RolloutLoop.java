// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.ChangeListener;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.Participant;
import org.snakepipe.control.SecretListener;

/** The thread of the rollout: boots, then takes one merged set of changes after the other. */
public final class RolloutLoop implements ChangeListener, SecretListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutLoop.class);
    private static final long PATIENCE_SECONDS = 20;
    private static final long CLOSE_MILLIS = 5_000;
    private static final String START_FAILED = "the start failed, see 'snakepipe status': restart";

    private final JobQueue jobs;
    private final Disk disk;
    private final Rollout rollout;
    private final Commands commands;
    private final Drift drift;
    private final Boot boot;
    private final Attempt attempt;
    private final Participants participants;
    private final Runnable published;
    private final Runnable settled;
    private final CountDownLatch running;
    private final List<Job> early = new ArrayList<>();
    private volatile boolean closed;
    private volatile String why = Request.STOPS;
    private final Thread thread = new Thread(this::run, "snakepipe-rollout");

    /**
     * Prepares the thread.
     *
     * @param jobs      what it has to do
     * @param disk      takes what lies there at first
     * @param published called once the first generation is published
     * @param settled   called once its receipt is given
     * @param running   opens when everything that the first generation is for has been started
     */
    RolloutLoop(
            JobQueue jobs,
            Disk disk,
            Rollout rollout,
            Commands commands,
            Drift drift,
            Boot boot,
            Attempt attempt,
            Participants participants,
            Runnable published,
            Runnable settled,
            CountDownLatch running) {
        this.jobs = jobs;
        this.disk = disk;
        this.rollout = rollout;
        this.commands = commands;
        this.drift = drift;
        this.boot = boot;
        this.attempt = attempt;
        this.participants = participants;
        this.published = published;
        this.settled = settled;
        this.running = running;
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    @Override
    public void changed(ChangeSet set) {
        jobs.add(new Job.Changed(set));
    }

    @Override
    public void accident(ChangeSet set, Runnable confirm) {
        jobs.add(new Job.Gone(set, confirm));
    }

    @Override
    public void changed() {
        jobs.add(new Job.Secret());
    }

    /** Somebody else may have written a configuration. Returns at once. */
    public void drifted() {
        jobs.addOnce(new Job.Drifted());
    }

    /** Has something done on the thread of the rollout, after what is waiting already. */
    <T> Request<T> ask(Duration deadline, Job.Work<T> work) {
        Request<T> request = new Request<>(deadline);
        if (thread.isInterrupted() || closed) {
            request.abandon(why);
            return request;
        }
        jobs.add(new Job.Asked<>(request, work));
        if (closed) {
            // Nobody may have seen it any more.
            jobs.abandon(why);
        }
        return request;
    }

    /**
     * Somebody takes part from now on.
     *
     * @param participant who
     */
    public void arrived(Participant participant) {
        participants.add(participant);
        jobs.add(new Job.Arrived(participant));
    }

    /**
     * Somebody takes part no longer.
     *
     * @param participant who
     */
    public void left(Participant participant) {
        participants.remove(participant);
    }

    private void run() {
        try {
            boot.prepare();
            awaitFiles();
            boot.publish();
            published.run();
            if (!running.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "Not everything has started within {} s; what has is brought to its configuration",
                        PATIENCE_SECONDS);
            }
            boot.settle();
            settled.run();
            jobs.addAll(early);
            while (true) {
                next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Only the start comes here. Whoever asks is told at once, instead of at the end of his patience.
            LOG.error("The start failed: nothing that is saved comes into force. Restart, and please report this", e);
            why = START_FAILED;
            closed = true;
            jobs.abandon(why);
            rollout.startFailed(e);
            settled.run();
        }
    }

    private void awaitFiles() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!disk.isComplete()) {
            Job job = jobs.poll(end);
            if (job == null) {
                LOG.error("Nobody has read {} within {} s: going on without", disk.unseen(), PATIENCE_SECONDS);
                return;
            }
            if (job instanceof Job.Changed changed) {
                disk.apply(changed.set());
            } else if (job instanceof Job.Asked<?> || job instanceof Job.Gone) {
                early.add(job);
            }
        }
    }

    /** Takes everything that waits: sets merge to the latest. */
    private void next() throws InterruptedException {
        boolean owing = rollout.isOwing();
        Optional<Instant> expiry = rollout.nextExpiry();
        List<Job> waiting = jobs.take(owing, expiry);
        if (waiting.stream().anyMatch(Job.Arrived.class::isInstance)) {
            guarded("a participant came", this::settleArrived);
        }
        for (Job job : waiting) {
            if (job instanceof Job.Gone gone) {
                guarded("what is gone", () -> rollout.accident(gone.set(), gone.confirm()));
            }
        }
        guarded("a change", () -> change(waiting, owing, expiry));
        if (waiting.stream().anyMatch(Job.Drifted.class::isInstance)) {
            guarded("what somebody else wrote", drift::look);
        }
        for (Job job : waiting) {
            if (job instanceof Job.Asked<?> asked) {
                asked.run(commands);
            }
        }
    }

    private void settleArrived() throws InterruptedException {
        Attempt.Result result = attempt.settleNow(rollout.current().draft());
        if (!Participants.isPassing(result.errors()) || !result.worse().isEmpty()) {
            // There is nothing to go back to: what is in force was accepted without it.
            rollout.note("a participant came", Problems.union(result.errors(), result.worse()));
        }
    }

    private void change(List<Job> waiting, boolean owing, Optional<Instant> expiry) throws InterruptedException {
        boolean secret = waiting.stream().anyMatch(Job.Secret.class::isInstance);
        if (secret) {
            rollout.releaseForSecrets();
        }
        List<ChangeSet> sets = waiting.stream()
                .filter(Job.Changed.class::isInstance)
                .map(job -> ((Job.Changed) job).set())
                .toList();
        if (!sets.isEmpty()) {
            rollout.change(sets);
        } else if (secret) {
            rollout.again("a secret changed");
        } else if (expiry.filter(jobs::isPast).isPresent()) {
            rollout.again("an override ended");
        } else if (waiting.isEmpty() && owing) {
            rollout.tryAgain();
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** A mistake of ours must neither end the thread nor take with it what waits besides. */
    private void guarded(String what, Work work) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            rollout.failed(what, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jobs.abandon(why);
        participants.close();
    }
}
