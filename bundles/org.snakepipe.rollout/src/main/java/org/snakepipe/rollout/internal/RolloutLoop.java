// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
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
    private static final long FIRST_WAIT_SECONDS = 2;
    private static final long LONGEST_WAIT_SECONDS = 60;

    /** Something that the thread has to do. */
    private sealed interface Job permits Changed, Arrived, Secret, Drifted, Asked {}

    private record Changed(ChangeSet set) implements Job {}

    private record Arrived(Participant participant) implements Job {}

    private record Secret() implements Job {}

    private record Drifted() implements Job {}

    /** @param request the answer @param work gives it; nothing when it was withdrawn */
    private record Asked<T>(Request<T> request, Work<T> work) implements Job {
        void run(Commands commands) throws InterruptedException {
            if (request.isDone()) {
                return;
            }
            try {
                work.run(commands, request).ifPresent(request::answer);
            } catch (InterruptedException e) {
                request.fail(new CancellationException("the runtime stops"));
                throw e;
            } catch (Exception e) {
                // Whatever it is: it is the answer of the one who asked.
                LOG.debug("A request failed", e);
                request.fail(e);
            }
        }
    }

    /** What somebody asks for. */
    interface Work<T> {
        Optional<T> run(Commands commands, Permit permit) throws Exception;
    }

    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final Disk disk;
    private final Rollout rollout;
    private final Commands commands;
    private final Drift drift;
    private final Boot boot;
    private final Attempt attempt;
    private final Participants participants;
    private final Clock clock;
    private final Runnable published;
    private final Runnable settled;
    private final CountDownLatch running;
    private final List<Job> early = new ArrayList<>();
    private long again = FIRST_WAIT_SECONDS;
    private volatile boolean closed;
    private final Thread thread = new Thread(this::run, "snakepipe-rollout");

    /**
     * Prepares the thread.
     *
     * @param disk      takes what lies there at first
     * @param clock     tells when an override ends
     * @param published called once the first generation is published
     * @param settled   called once its receipt is given
     * @param running   opens when everything that the first generation is for has been started
     */
    RolloutLoop(
            Disk disk,
            Rollout rollout,
            Commands commands,
            Drift drift,
            Boot boot,
            Attempt attempt,
            Participants participants,
            Clock clock,
            Runnable published,
            Runnable settled,
            CountDownLatch running) {
        this.disk = disk;
        this.rollout = rollout;
        this.commands = commands;
        this.drift = drift;
        this.boot = boot;
        this.attempt = attempt;
        this.participants = participants;
        this.clock = clock;
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
        jobs.add(new Changed(set));
    }

    @Override
    public void changed() {
        jobs.add(new Secret());
    }

    /** Somebody else may have written a configuration. Returns at once. */
    public void drifted() {
        Drifted job = new Drifted();
        if (!jobs.contains(job)) {
            jobs.add(job);
        }
    }

    /** Has something done on the thread of the rollout, after what is waiting already. */
    <T> Request<T> ask(Duration deadline, Work<T> work) {
        Request<T> request = new Request<>(deadline);
        if (thread.isInterrupted() || closed) {
            request.abandon();
            return request;
        }
        jobs.add(new Asked<>(request, work));
        return request;
    }

    /**
     * Somebody takes part from now on.
     *
     * @param participant who
     */
    public void arrived(Participant participant) {
        participants.add(participant);
        jobs.add(new Arrived(participant));
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
        }
    }

    private void awaitFiles() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!disk.isComplete()) {
            Job job = jobs.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (job == null) {
                LOG.error("Nobody has read {} within {} s: going on without", disk.missing(), PATIENCE_SECONDS);
                return;
            }
            if (job instanceof Changed changed) {
                disk.apply(changed.set());
            } else if (job instanceof Asked<?>) {
                early.add(job);
            }
        }
    }

    /** Takes everything that waits: sets merge to the latest. A mistake of ours must not end the thread. */
    private void next() throws InterruptedException {
        List<Job> waiting = new ArrayList<>();
        boolean owing = rollout.isOwing();
        Optional<Instant> expiry = rollout.nextExpiry();
        Job first = await(owing, expiry);
        again = first == null ? Math.min(again * 2, LONGEST_WAIT_SECONDS) : FIRST_WAIT_SECONDS;
        if (first != null) {
            waiting.add(first);
            jobs.drainTo(waiting);
        }
        try {
            if (waiting.stream().anyMatch(Arrived.class::isInstance)) {
                Attempt.Result result = attempt.settleNow(rollout.current().draft());
                result.errors().forEach(problem -> LOG.warn("{}", problem));
            }
            boolean secret = waiting.stream().anyMatch(Secret.class::isInstance);
            if (secret) {
                rollout.releaseForSecrets();
            }
            List<ChangeSet> sets = waiting.stream()
                    .filter(Changed.class::isInstance)
                    .map(job -> ((Changed) job).set())
                    .toList();
            if (!sets.isEmpty()) {
                rollout.change(sets);
            } else if (secret) {
                rollout.again("a secret changed");
            } else if (expiry.isPresent() && !clock.instant().isBefore(expiry.get())) {
                rollout.again("an override ended");
            } else if (first == null && owing) {
                rollout.tryAgain();
            }
            if (waiting.stream().anyMatch(Drifted.class::isInstance)) {
                drift.look();
            }
            for (Job job : waiting) {
                if (job instanceof Asked<?> asked) {
                    asked.run(commands);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("A change could not be handled: nothing of it may be in force. Save the file once more", e);
        }
    }

    /** The next job; {@code null} when it is time to do something by itself. */
    private Job await(boolean owing, Optional<Instant> expiry) throws InterruptedException {
        if (!owing && expiry.isEmpty()) {
            return jobs.take();
        }
        long millis = owing ? TimeUnit.SECONDS.toMillis(again) : Long.MAX_VALUE;
        if (expiry.isPresent()) {
            // One more than the rest: a clock that counts milliseconds is not to wake us before the moment.
            long rest = Duration.between(clock.instant(), expiry.get()).toMillis() + 1;
            millis = Math.min(millis, Math.max(0, rest));
        }
        return jobs.poll(millis, TimeUnit.MILLISECONDS);
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
        jobs.forEach(job -> {
            if (job instanceof Asked<?> asked) {
                asked.request().abandon();
            }
        });
        participants.close();
    }
}
