// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which the engine decides. Methods may be called from any other. */
final class ControlThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "engine-control");
        thread.setDaemon(true);
        return thread;
    });

    private Thread yielding;
    private boolean urged;

    /** Nothing is decided any more. */
    static final class Closed extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private Closed(Throwable cause) {
            super("the engine is closing: nothing is decided any more", cause);
        }
    }

    /** A decision that gives nothing. */
    interface Decision {
        /** Decides. */
        void run() throws Exception;
    }

    /**
     * Decides, and waits for it. Checked exceptions other than an interruption come in unchecked ones.
     *
     * @throws Closed if the engine closes before it is begun
     */
    <T> T call(Callable<T> decision) throws InterruptedException {
        try {
            return executor.submit(decision).get();
        } catch (RejectedExecutionException | CancellationException e) {
            throw new Closed(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException(e.getCause().getMessage());
            }
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(io);
            }
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Decides, and waits for it. */
    void run(Decision decision) throws InterruptedException {
        call(() -> {
            decision.run();
            return null;
        });
    }

    /** Decides soon; when the engine is closing, not at all. */
    void later(Runnable decision) {
        later(decision, 0);
    }

    /** Decides after so many nanoseconds. */
    void later(Runnable decision, long nanos) {
        try {
            executor.schedule(decision, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The engine is closing: a decision is left out");
        }
    }

    /** From here on, on the control thread, {@link #urge} interrupts: something that can be tried again later. */
    synchronized void beginYielding() {
        urged = false;
        yielding = Thread.currentThread();
    }

    /** Until here. @return whether somebody more urgent came */
    synchronized boolean endYielding() {
        yielding = null;
        if (urged) {
            Thread.interrupted();
        }
        return urged;
    }

    /** Something more urgent comes. */
    synchronized void urge() {
        if (yielding != null) {
            urged = true;
            yielding.interrupt();
        }
    }

    @Override
    public void close() {
        for (Runnable left : executor.shutdownNow()) {
            // Who waits for it would wait for ever.
            if (left instanceof Future<?> decision) {
                decision.cancel(false);
            }
        }
    }
}
