// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.engine.internal.flow.PipelineRun;

/**
 * A pipeline that is being stopped. It waits for what is on its way on a thread of its own, so that the control thread has time
 * for all others, and answers everybody who waits for the stop when it is over.
 */
final class Departure {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

    private final PipelineRun run;
    private final Owner owner;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final List<Asked> steps = new CopyOnWriteArrayList<>();

    private volatile boolean sinksToo;
    private volatile boolean sinksClosed;

    /** Whose departure it is; called on the thread of the departure. */
    interface Owner {
        /** Closes the best-effort sinks. */
        void closeSinks() throws InterruptedException;

        /** Everything is closed that was to be. @return {@code false} when there is more by now */
        boolean departed() throws InterruptedException;
    }

    /** What is to be done once everything is closed. */
    @FunctionalInterface
    interface Step {
        /** Does so; on the control thread. */
        void run() throws IOException;
    }

    /** Who asked for a step hears of it. */
    private record Asked(Step step, CompletableFuture<Void> answer) {}

    /**
     * Nothing is waited for before {@link #begin}.
     *
     * @param run   which stops; {@code null} when none does
     * @param owner does what a departure cannot
     */
    Departure(PipelineRun run, Owner owner) {
        this.run = run;
        this.owner = owner;
    }

    /** Begins, and does not wait. */
    void begin(String pipeline, Duration deadline) {
        hurry(deadline);
        Thread thread = new Thread(this::depart, "pipeline-" + pipeline + "-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private void depart() {
        boolean drained = false;
        try {
            drained = run == null || run.awaitStopped();
            do {
                if (sinksToo && !sinksClosed) {
                    owner.closeSinks();
                    sinksClosed = true;
                }
                closed.countDown();
            } while (!owner.departed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("What comes after a stop failed", e);
        } finally {
            closed.countDown();
            done.complete(drained);
            // Of what was not done, as the stop was broken off: nobody is to wait for ever.
            steps.forEach(asked -> asked.answer()
                    .completeExceptionally(
                            new IllegalStateException("it did not come to that: the log has the details")));
        }
    }

    /** What is on its way gets no more than this time from now on. From any thread. */
    void hurry(Duration deadline) {
        if (run != null) {
            run.beginStop(deadline.toNanos());
        }
    }

    /** The best-effort sinks are to be closed too. On the control thread. */
    void takeSinks() {
        sinksToo = true;
    }

    /** Whether nothing is left to be closed. On the control thread. */
    boolean isComplete() {
        return !sinksToo || sinksClosed;
    }

    PipelineRun run() {
        return run;
    }

    /** Does something when everything is closed, in the order of asking. On the control thread. @return see {@link #done} */
    CompletableFuture<Boolean> then(Step step) {
        Asked asked = new Asked(step, new CompletableFuture<>());
        steps.add(asked);
        return done.thenCombine(asked.answer(), (drained, nothing) -> drained);
    }

    /** Does what was asked for. On the control thread, or, when the engine is closing, on that of the departure. */
    void runSteps() {
        for (Asked asked : steps) {
            try {
                asked.step().run();
                asked.answer().complete(null);
            } catch (IOException | RuntimeException e) {
                asked.answer().completeExceptionally(e);
            }
        }
    }

    /** Waits until everything is closed that was to be so far; not on a thread that it needs for that. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Ends when the pipeline has stopped, and runs again if that is wanted: with whether everything arrived. */
    CompletableFuture<Boolean> done() {
        return done;
    }
}
