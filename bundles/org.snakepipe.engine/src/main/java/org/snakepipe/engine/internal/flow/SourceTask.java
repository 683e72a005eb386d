// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Reason;

/** The source thread of a run: reads until told to stop, lets the rest arrive, and closes everything. */
final class SourceTask implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTask.class);
    private static final long DISMISS_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long CLOSE_NANOS = DISMISS_NANOS + TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_WAIT_SECONDS = 5;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RunState state;
    private final AckWindow window;
    private final LineSwitch lines;
    private final CheckpointKeeper keeper;
    private final Reopening reopening;
    private final End end;
    private final SourceLoop loop;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile Lease<SourceReader> reader;
    private volatile boolean drained;
    private volatile long giveUp = Long.MAX_VALUE;
    private Map<ConfigId, String> uses = Map.of();

    SourceTask(
            RunState state,
            AckWindow window,
            LineSwitch lines,
            CheckpointKeeper keeper,
            Lease<SourceReader> reader,
            PipelineRun.Services services) {
        this.state = state;
        this.window = window;
        this.lines = lines;
        this.keeper = keeper;
        this.reader = reader;
        this.reopening = services.reopening();
        this.end = services.end();
        this.loop = new SourceLoop(
                state,
                window,
                keeper,
                new Worker(state, lines, window, new Rejects(state, services), services),
                () -> lines.now().keyed().isPresent()
                        || services.outlets().keyed().isPresent());
    }

    /** The open source; {@code null} while it is being opened anew. */
    Lease<SourceReader> reader() {
        return reader;
    }

    SourceLoop loop() {
        return loop;
    }

    /** Leaves the thread behind, which does not return: it can do no harm any more, and the workers go home. */
    void abandon() throws InterruptedException {
        state.abandon();
        loop.dismiss(DISMISS_NANOS);
        loop.breakOff();
        lines.end();
    }

    /** Nobody waits for it longer than this from now on, and a little more for closing. The earliest end counts. */
    synchronized void allow(long nanos) {
        giveUp = Math.min(giveUp, System.nanoTime() + nanos + CLOSE_NANOS);
    }

    /** Waits until everything is closed, or the time it was allowed is over; somebody may allow it less meanwhile. */
    boolean awaitGone() throws InterruptedException {
        long left;
        while ((left = giveUp - System.nanoTime()) > 0) {
            if (gone.await(Math.min(left, SLICE_NANOS), TimeUnit.NANOSECONDS)) {
                return true;
            }
        }
        return hasEnded();
    }

    boolean hasEnded() {
        return gone.getCount() == 0;
    }

    /** Whether everything that was read has arrived. */
    boolean isDrained() {
        return drained;
    }

    @Override
    public void run() {
        boolean ended = false;
        Backoff backoff = new Backoff(MOST_WAIT_SECONDS);
        try {
            while (!state.isStopping() && !ended) {
                ended = turn(backoff);
            }
            drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("The source of the pipeline {} failed", state.name(), e);
            state.fail(
                    "the source failed with " + e + ": the log has the details; start the pipeline to try again",
                    false);
        } finally {
            close();
            gone.countDown();
        }
        // Who cuts off the rest of a source that has ended has stopped the run: it says so itself.
        if (ended && drained || !state.failure().isEmpty()) {
            end.ended(new End.Reason(state.failure(), state.again(), uses));
        }
    }

    /** One look at the source; {@code true} when it has ended for good. */
    private boolean turn(Backoff backoff) throws InterruptedException {
        try {
            if (reader == null) {
                reader = reopening.open(window.checkpoint().position());
            }
            boolean ended = loop.turn(reader.get());
            state.troubleEnded(this);
            backoff.reset();
            return ended;
        } catch (IOException e) {
            broken(Reason.of(e));
        } catch (InterruptedException e) {
            if (state.isStopping()) {
                throw e;
            }
            // Nobody here interrupts a source that is to go on: a plugin did.
            broken("the source was interrupted");
        } catch (OpenFailure e) {
            state.trouble(this, e.getMessage());
        }
        long until = System.nanoTime() + backoff.next();
        while (!state.isStopping() && System.nanoTime() < until) {
            loop.sendReplays();
            state.pauseBeforeTry(Math.min(SLICE_NANOS, until - System.nanoTime()));
        }
        return false;
    }

    /** Closes the source. What is on its way would be read a second time: it arrives first. */
    private void broken(String reason) throws InterruptedException {
        state.trouble(this, reason);
        closeReader();
        loop.clear();
        while (!state.isStopping() && !window.awaitEmpty(SLICE_NANOS)) {
            loop.sendReplays();
            keeper.saveWhenDue();
        }
    }

    private void drain() throws InterruptedException {
        if (state.failure().isEmpty()) {
            loop.flush();
        }
        while (state.mayDrain()) {
            if (window.awaitEmpty(SLICE_NANOS)) {
                remember();
                return;
            }
            keeper.saveWhenDue();
        }
    }

    /** A source that is done is not done before that is written: else it would be read once more. */
    private void remember() throws InterruptedException {
        while (!keeper.save() && state.mayDrain()) {
            state.pauseBeforeTry(SLICE_NANOS);
        }
        drained = true;
    }

    private void close() {
        uses = uses();
        try {
            state.stop(System.nanoTime());
            loop.dismiss(DISMISS_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper.save();
        loop.breakOff();
        closeReader();
        lines.end();
    }

    private Map<ConfigId, String> uses() {
        Map<ConfigId, String> all = new HashMap<>(lines.now().uses());
        if (reader != null) {
            all.putAll(reader.uses());
        }
        return all;
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
