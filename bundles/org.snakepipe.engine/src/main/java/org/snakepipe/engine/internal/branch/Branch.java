// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.engine.internal.flow.Bisection;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Reason;
import org.snakepipe.engine.internal.quarantine.Quarantine;
import org.snakepipe.engine.internal.quarantine.Quarantine.Reject;
import org.snakepipe.engine.internal.settings.OnError;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * One best-effort sink of a pipeline: a thread that takes batches from the backlog, in order, to the sink. Whatever the sink
 * does, throws, hangs or is not there, only this thread waits for it. Methods may be called from any thread.
 */
final class Branch {
    private static final Logger LOG = LoggerFactory.getLogger(Branch.class);
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long HANG_MILLIS = 1_000;

    private final ConfigId id;
    private final String pipeline;
    private final OpenSink sink;
    private final Quarantine quarantine;
    private final Backlog backlog;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final CountDownLatch looked = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Thread thread;
    private volatile PipelineSettings settings;
    private volatile String lastError = "";
    private volatile boolean stopping;
    private volatile long nextTry;

    /**
     * What it is made of.
     *
     * @param pipeline   its name
     * @param quarantine keeps what the sink rejects
     * @param directory  of the spool
     */
    record Place(String pipeline, Quarantine quarantine, Path directory) {}

    /** Begins; its thread opens what an earlier process left. */
    Branch(OpenSink sink, Place place, PipelineSettings settings, Map<ConfigId, String> wanted) {
        this.id = sink.id();
        this.pipeline = place.pipeline();
        this.sink = sink;
        this.quarantine = place.quarantine();
        this.backlog = new Backlog(place.directory(), settings.bestEffort().spoolBytes());
        want(settings, wanted);
        this.thread = new Thread(this::run, "pipeline-" + pipeline + "-best-effort " + id);
        thread.setDaemon(true);
        thread.start();
    }

    /** Other settings, or other parts: what may help is tried at once. */
    void want(PipelineSettings now, Map<ConfigId, String> wanted) {
        boolean same = settings != null
                && settings.bestEffort().equals(now.bestEffort())
                && settings.limits().equals(now.limits());
        settings = now;
        backlog.bound(now.bestEffort().spoolBytes());
        if (!same) {
            breaker.set(now.bestEffort(), now.limits());
        }
        if (sink.want(wanted)) {
            breaker.tryNow();
        }
    }

    Backlog backlog() {
        return backlog;
    }

    /** Whether it has a key; as long as it has never been open it may have one. */
    boolean isKeyed() {
        return sink.isKeyed();
    }

    private void run() {
        try {
            // Not by who made it: it may take long, and he decides for all pipelines.
            backlog.load();
            looked.countDown();
            while (!stopping || !isSettled()) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("The best-effort sink {} of {} is stopped", id, pipeline);
        } finally {
            sink.close();
            looked.countDown();
            gone.countDown();
        }
    }

    /** Waits until it has looked what an earlier process left. @param until when at the latest: {@link System#nanoTime} */
    void awaitLooked(long until) throws InterruptedException {
        looked.await(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Nothing waits, or nothing can be done about it. */
    private boolean isSettled() {
        return breaker.isFailing() || backlog.records() == 0;
    }

    private void turn() throws InterruptedException {
        long wait = breaker.waitNanos();
        nextTry = wait == 0 ? 0 : System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(wait);
        if (wait > 0) {
            sink.closeStale();
            LockSupport.parkNanos(Math.min(wait, SLICE_NANOS));
            if (Thread.interrupted() && stopping) {
                throw new InterruptedException("stopping");
            }
            return;
        }
        try {
            sink.open();
            Backlog.Waiting first = backlog.first(SLICE_NANOS);
            if (first != null) {
                write(first.records());
                backlog.done();
                works();
            } else if (breaker.isFailing()) {
                // It opens again and there is nothing to try it with.
                works();
            }
        } catch (InterruptedException e) {
            if (stopping) {
                throw e;
            }
            failed("it was interrupted");
        } catch (OpenFailure | IOException e) {
            failed(Reason.of(e));
        } catch (RuntimeException | Error e) {
            LOG.error("The best-effort sink {} of the pipeline {} failed", id, pipeline, e);
            failed(e.toString());
        }
    }

    private void write(List<Record> batch) throws IOException, InterruptedException {
        List<Reject> rejects = new ArrayList<>();
        int taken = sink.write(lease -> Bisection.write(lease, batch, rejects, true));
        written.addAndGet(taken);
        rejected.addAndGet(rejects.size());
        if (!rejects.isEmpty() && settings.onError().action() != OnError.Action.SKIP) {
            keep(rejects);
        }
    }

    /** The pipeline is neither stopped nor held by them, whatever {@code on.error} says: they are kept where they can be. */
    private void keep(List<Reject> rejects) {
        try {
            quarantine.keep(rejects, settings.limits().quarantineBytes());
        } catch (IOException e) {
            lastError = rejects.size() + " rejected records are lost: " + e.getMessage();
            LOG.warn("Best-effort sink {} of the pipeline {}: {}", id, pipeline, lastError);
        }
    }

    private void works() {
        if (breaker.isFailing()) {
            LOG.info("Best-effort sink {} of the pipeline {} works again", id, pipeline);
            lastError = "";
        }
        breaker.succeeded();
    }

    private void failed(String reason) {
        BestEffortSink.Breaker before = breaker.state();
        breaker.failed();
        lastError = reason;
        if (breaker.state() == BestEffortSink.Breaker.OPEN && before == BestEffortSink.Breaker.CLOSED) {
            LOG.warn(
                    "Best-effort sink {} of the pipeline {} is left alone for a while, its records are spooled: {}",
                    id,
                    pipeline,
                    reason);
        }
    }

    /** A part is about to go: when the sink uses it, it is closed before this returns. */
    void partLeaving(ConfigId part, Duration deadline) throws InterruptedException {
        if (!sink.uses(part)) {
            return;
        }
        if (!sink.evict(deadline)) {
            LOG.warn("The best-effort sink {} of {} holds up its bundle: it is interrupted", id, pipeline);
            thread.interrupt();
            sink.evict(Duration.ofMillis(HANG_MILLIS));
        }
    }

    /** It is to end as soon as nothing waits, or nothing can be done about what waits; {@link #close} is next. */
    void end() {
        stopping = true;
    }

    /**
     * Nothing is opened or written any more; what waits is on the disk.
     *
     * @param until a sink that works gets so long to take it: {@link System#nanoTime}
     */
    void close(long until) throws InterruptedException {
        end();
        if (!gone.await(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            interrupt();
            if (!gone.await(HANG_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The best-effort sink {} of {} does not return: it is left behind", id, pipeline);
            }
        }
        try {
            backlog.close();
        } catch (IOException e) {
            LOG.warn("The spool of {} in {} does not close: {}", id, pipeline, e.getMessage());
        }
    }

    /** What it is busy with is broken off, if it can be. */
    void interrupt() {
        thread.interrupt();
    }

    /** What is left for it, once it is closed; empty when it was closed before it knew. */
    Optional<BestEffortSink> atRest() {
        return backlog.isLoaded()
                ? Optional.of(RestingSinks.of(
                        id,
                        new Spool.Summary(backlog.records(), backlog.bytes(), backlog.oldest(), backlog.dropped()),
                        backlog.trouble()))
                : Optional.empty();
    }

    BestEffortSink status() {
        long oldest = backlog.oldest();
        String trouble = backlog.trouble();
        return new BestEffortSink(
                id.toString(),
                breaker.state(),
                breaker.since(),
                backlog.records(),
                backlog.bytes(),
                oldest == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)),
                written.get(),
                rejected.get(),
                backlog.dropped(),
                nextTry == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(nextTry)),
                trouble.isEmpty() ? lastError : trouble);
    }
}
