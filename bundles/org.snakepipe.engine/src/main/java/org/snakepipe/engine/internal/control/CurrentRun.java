// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.flow.End;
import org.snakepipe.engine.internal.flow.Line;
import org.snakepipe.engine.internal.flow.PipelineRun;
import org.snakepipe.engine.internal.flow.Replay;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * The run of one pipeline, if there is one, with the checkpoint it goes on from and what waits to be replayed by it. A
 * {@link ManagedPipeline} and its {@link Stopping} begin and end runs on the control thread; the thread that stops a bundle, those
 * that close the engine, and that of a {@link Departure} then, may end one too. Any thread may look at it.
 */
final class CurrentRun {
    private final PipelineContext context;
    private final Condition condition;
    private final StandingOrder order;
    private final Listener listener;
    private final AtomicReference<PipelineRun> run = new AtomicReference<>();
    private final Queue<Replay> pending = new ConcurrentLinkedQueue<>();
    private volatile Checkpoint checkpoint;
    private long number;

    /** Hears of the end of a run. */
    @FunctionalInterface
    interface Listener {
        /** It ended by itself; on the source thread, or on the control thread if it did not begin. @param run which one */
        void ended(long run, End.Reason reason);
    }

    /** Reads the checkpoint; one that cannot be read is said, and asked for again at the start. */
    CurrentRun(PipelineContext context, StandingOrder order, Listener listener) {
        this.context = context;
        this.condition = context.condition();
        this.order = order;
        this.listener = listener;
        Checkpoint read = Checkpoint.START;
        try {
            read = context.file().read();
            context.states().load(read.state());
        } catch (IOException e) {
            condition.set(PipelineState.FAILED, e.getMessage());
        }
        checkpoint = read;
        condition.recentFrom(read.total());
    }

    /** What runs, also when it has ended and that was not heard yet; {@code null} when nothing does. */
    PipelineRun get() {
        return run.get();
    }

    /** How far the pipeline came, unless it runs. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Starts one; there must be none. @param line is taken over, also when it does not start */
    void start(PipelineSettings now, Line line, Duration deadline) throws OpenFailure, InterruptedException {
        long started = ++number;
        condition.set(PipelineState.STARTING, "");
        boolean begun = false;
        try {
            begin(started, now, line, deadline);
            begun = true;
        } catch (IOException e) {
            condition.failed(e.getMessage());
            // The disk may be there again by and by.
            listener.ended(started, new End.Reason(e.getMessage(), true, Map.of()));
        } catch (OpenFailure e) {
            condition.failed(e.getMessage());
            throw e;
        } finally {
            if (!begun) {
                line.retire();
            }
        }
    }

    private void begin(long started, PipelineSettings now, Line line, Duration deadline)
            throws IOException, OpenFailure, InterruptedException {
        checkpoint = context.file().read();
        context.states().load(checkpoint.state());
        Lease<SourceReader> reader = context.opener().reader(now.route().source(), checkpoint.position(), deadline);
        PipelineRun.Services services = new PipelineRun.Services(
                context.file(),
                from -> context.opener().reader(source(), from, deadline),
                reason -> listener.ended(started, reason),
                context.counters(),
                context.quarantine(),
                context.branches(),
                context.states());
        PipelineRun next = new PipelineRun(context.name(), now, reader, line, checkpoint, services);
        run.set(next);
        condition.nextTry(0);
        next.pause(order.isPause());
        condition.runs(order.get());
        Replay first;
        while ((first = pending.poll()) != null) {
            next.replay(first);
        }
        next.start();
    }

    /** As it was told last: other settings may have come while it runs. */
    private ConfigId source() {
        return context.settings().get().route().source();
    }

    /** Stops it, if there is one, and waits for it; the best-effort sinks go on. */
    void halt(Duration deadline) throws InterruptedException {
        PipelineRun running = run.get();
        if (running != null) {
            condition.set(PipelineState.DRAINING, "");
            running.stop(deadline.toNanos());
            leave(running);
        }
    }

    /** From any thread: by now another may run, of which nothing is to be forgotten. */
    void leave(PipelineRun gone) {
        if (run.get() == gone) {
            checkpoint = gone.checkpoint();
            run.compareAndSet(gone, null);
        }
    }

    /** What the end of the one that is would say is not asked for any more. */
    void disown() {
        number++;
    }

    /** One ended by itself. @return {@code false} when it was replaced in the meantime, or is not asked any more */
    boolean ended(long which) {
        if (which != number) {
            return false;
        }
        PipelineRun running = run.get();
        if (running != null) {
            checkpoint = running.checkpoint();
            run.compareAndSet(running, null);
        }
        return true;
    }

    /** The next one reads on from elsewhere; there must be none now. @throws IOException if that cannot be written */
    void reset(Position to) throws IOException {
        Checkpoint start = new Checkpoint(to, 0);
        context.file().write(start);
        checkpoint = start;
        condition.recentFrom(0);
    }

    /** Sends it through the one that is. @return {@code false} when there is none that takes it */
    boolean replay(Replay replay) {
        PipelineRun running = run.get();
        return running != null && running.replay(replay);
    }

    /** Sends it through the next one. */
    void replayNext(Replay replay) {
        pending.add(replay);
    }

    /** Whether something waits to be replayed by the next one. */
    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Nobody waits for it any more: a later start is not to send it. */
    void forget(Replay replay) {
        if (pending.remove(replay)) {
            replay.done().complete(false);
        }
    }

    /** There will be no next one by itself: who sent something is not to wait for it. */
    void forgetPending() {
        pending.forEach(this::forget);
    }

    /** Whether it is made of that part. */
    boolean dependsOn(ConfigId id) {
        PipelineRun running = run.get();
        if (running == null) {
            return false;
        }
        Lease<SourceReader> reader = running.reader();
        return source().equals(id)
                || reader != null && reader.uses().containsKey(id)
                || running.line().uses().containsKey(id);
    }
}
