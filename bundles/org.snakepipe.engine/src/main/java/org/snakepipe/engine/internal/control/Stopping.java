// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.checkpoint.Order;
import org.snakepipe.engine.internal.flow.PipelineRun;

/**
 * How one pipeline is stopped without anybody waiting for it: begins its {@link Departure}, and says what holds when that is over.
 * Its {@link ManagedPipeline} uses it on the control thread; {@link #departed} is also called on the thread of the departure, when
 * the engine is closing; {@link #awaitClosed} and {@link #whenDeparted} by any thread.
 */
final class Stopping {
    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);

    private final PipelineContext context;
    private final StandingOrder order;
    private final CurrentRun run;
    private final Endings endings;
    private final Listener listener;
    /** While it is being stopped; begun and ended by the control thread. */
    private volatile Departure departure;
    /** Something changed while it was being stopped. */
    private boolean changed;

    /** Hears that everything is closed; on the thread of the departure. */
    @FunctionalInterface
    interface Listener {
        /** Has {@link Stopping#departed} called, and waits for that. @return what that said */
        boolean stopped() throws InterruptedException;
    }

    Stopping(PipelineContext context, StandingOrder order, CurrentRun run, Endings endings, Listener listener) {
        this.context = context;
        this.order = order;
        this.run = run;
        this.endings = endings;
        this.listener = listener;
    }

    /** Whether it is being stopped: nothing of it is to be changed until that is over. */
    boolean isDeparting() {
        return departure != null;
    }

    /** It is to be brought to what is wanted once it has stopped. */
    void bringOnLater() {
        changed = true;
    }

    /** Whether something changed while it was being stopped. */
    boolean isChanged() {
        return changed;
    }

    /** Ends when it is not being stopped any more: with whether everything arrived. From any thread. */
    CompletableFuture<Boolean> whenDeparted() {
        Departure going = departure;
        return going == null ? CompletableFuture.completedFuture(true) : going.done();
    }

    /**
     * Hurries the stop that is under way, and waits until everything is closed. From any thread that is not needed for that.
     *
     * @return {@code false} when it is not being stopped: nothing was done
     */
    boolean awaitClosed(Duration deadline) throws InterruptedException {
        Departure going = departure;
        if (going == null) {
            return false;
        }
        going.hurry(deadline);
        going.awaitClosed();
        return true;
    }

    /** Begins to stop the run, if there is one and it is not being stopped already. */
    Departure depart(Duration deadline) {
        if (departure != null) {
            return departure;
        }
        run.disown();
        endings.clear();
        changed = false;
        PipelineRun running = run.get();
        Departure going = new Departure(running, new Departure.Owner() {
            @Override
            public void closeSinks() throws InterruptedException {
                context.branches().close(context.settings().get());
            }

            @Override
            public boolean departed() throws InterruptedException {
                return listener.stopped();
            }
        });
        departure = going;
        if (running != null) {
            context.condition().set(PipelineState.DRAINING, "");
        }
        going.begin(context.name(), deadline);
        return going;
    }

    /**
     * Everything is closed that was to be.
     *
     * @return {@code false} when there is more by now
     */
    boolean departed() {
        Departure going = departure;
        if (!going.isComplete()) {
            return false;
        }
        if (going.run() != null) {
            run.leave(going.run());
        }
        departure = null;
        if (order.isStop()) {
            order.set(Order.now(Order.Kind.STOP, order.get().by()));
            context.condition().set(PipelineState.STOPPED, order.get());
            run.forgetPending();
        } else {
            context.condition().set(PipelineState.WAITING, "waits to be started again");
        }
        going.runSteps();
        return true;
    }

    /**
     * Somebody wants it to be stopped, with its best-effort sinks. Does not wait.
     *
     * @return ends when it has stopped: with whether everything arrived, or with an {@link IOException} when that cannot be
     *     remembered over a restart
     */
    CompletableFuture<Boolean> stop(Order stop, Duration deadline) {
        // Before anybody can see it draining: who asks then has to hear that it stops for good.
        order.set(stop);
        Departure going = depart(deadline);
        going.hurry(deadline);
        going.takeSinks();
        try {
            // Already now, in case this process does not live to see the end.
            order.write(stop);
        } catch (IOException e) {
            LOG.debug("Written again when it has stopped, and said then", e);
        }
        return going.then(() -> {
            Order now = order.get();
            if (now.isStop()) {
                order.write(now);
            }
        });
    }
}
