// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.quarantine.Quarantine;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.state.States;

/**
 * A pipeline from its start to its end: one source thread, the workers, the window. Settings and line may change while it
 * runs. Methods may be called from any thread.
 */
public final class PipelineRun {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

    private final RunState state;
    private final AckWindow window;
    private final LineSwitch lines;
    private final CheckpointKeeper keeper;
    private final SourceTask task;
    private final Thread thread;

    /**
     * Takes over what is open; nothing moves before {@link #start}.
     *
     * @param name      of the pipeline
     * @param settings  its settings
     * @param reader    the open source
     * @param line      the open stages and writers
     * @param from      how far it came before
     * @param services  what it uses
     */
    public PipelineRun(
            String name,
            PipelineSettings settings,
            Lease<SourceReader> reader,
            Line line,
            Checkpoint from,
            Services services) {
        state = new RunState(name, settings, services.counters());
        window = new AckWindow(
                from, settings.limits().queueRecords(), settings.limits().queueBytes(), services.states()::number);
        lines = new LineSwitch(line);
        keeper = new CheckpointKeeper(window, from, state, services);
        task = new SourceTask(state, window, lines, keeper, reader, services);
        thread = new Thread(task, "pipeline-" + name + "-source");
        thread.setDaemon(true);
    }

    /**
     * What a run uses.
     *
     * @param file       its checkpoint
     * @param reopening  opens the source anew
     * @param end        hears that it ended by itself
     * @param counters   counts, also over restarts of the pipeline
     * @param quarantine keeps rejected records
     * @param outlets    gets what is written, and never holds the run
     * @param states     what its parts remember, as it was at its checkpoint
     */
    public record Services(
            CheckpointFile file,
            Reopening reopening,
            End end,
            Counters counters,
            Quarantine quarantine,
            Outlets outlets,
            States states) {}

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /**
     * Other settings of the same source, in force at once.
     *
     * @param now the settings
     */
    public void change(PipelineSettings now) {
        state.settings(now);
        LockSupport.unpark(thread);
    }

    /**
     * The line that batches pass at the moment.
     *
     * @return the line
     */
    public Line line() {
        return lines.now();
    }

    /**
     * The reader's part.
     *
     * @return the lease; {@code null} while the source is being opened anew
     */
    public Lease<SourceReader> reader() {
        return task.reader();
    }

    /**
     * Lets batches pass another line from now on; those that are under way end in the old one. A run that is over gives it
     * back.
     *
     * @param next the line
     */
    public void swap(Line next) {
        lines.swap(next);
        state.changed();
    }

    /**
     * Stops: what is on its way arrives, then everything is closed.
     *
     * @param nanos how long to let it arrive; what has not is read again at the next start
     * @return {@code true} when everything arrived
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean stop(long nanos) throws InterruptedException {
        beginStop(nanos);
        return awaitStopped();
    }

    /**
     * Begins to stop, and does not wait. One that stops already gets no more than this time from now on.
     *
     * @param nanos how long to let arrive what is on its way
     */
    public void beginStop(long nanos) {
        state.stop(System.nanoTime() + nanos);
        task.allow(nanos);
        LockSupport.unpark(thread);
    }

    /**
     * Waits, after {@link #beginStop}, until everything is closed. A source that does not return in time is left behind.
     *
     * @return {@code true} when everything arrived
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean awaitStopped() throws InterruptedException {
        if (!task.awaitGone()) {
            LOG.warn(
                    "The source of the pipeline {} does not return in time; it is interrupted and left behind",
                    state.name());
            thread.interrupt();
            task.abandon();
            return false;
        }
        return task.isDrained();
    }

    /**
     * Reads nothing any more while everything stays open, or reads on.
     *
     * @param paused whether it is to pause
     */
    public void pause(boolean paused) {
        state.pause(paused);
        LockSupport.unpark(thread);
    }

    /**
     * Whether it reads nothing because somebody said so.
     *
     * @return {@code true} from {@link #pause} on
     */
    public boolean isPaused() {
        return state.isPaused();
    }

    /**
     * Waits until everything that was read has arrived.
     *
     * @param nanos how long
     * @return whether nothing is on its way
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean awaitEmpty(long nanos) throws InterruptedException {
        return window.awaitEmpty(nanos);
    }

    /**
     * Sends records that were rejected through the line again, by way of the workers.
     *
     * @param replay what, and who hears of it
     * @return {@code false} when the run is over, or is about to be: nothing is sent, and nobody hears of it
     */
    public boolean replay(Replay replay) {
        boolean taken = task.loop().replay(replay);
        LockSupport.unpark(thread);
        return taken;
    }

    /** There is room where there was none: what waits for it tries again at once. */
    public void roomMade() {
        state.changed();
    }

    /**
     * What it is doing, in figures.
     *
     * @return a snapshot
     */
    public Gauges gauges() {
        return new Gauges(
                window.inFlight(),
                window.bytesInFlight(),
                window.lagNanos(),
                keeper.savedAt(),
                state.fullSince(),
                state.nextTry(),
                state.troubledSince(),
                state.wellSince(),
                task.loop().ahead().left());
    }

    /**
     * Figures of one moment. Times are in milliseconds since 1970, 0 for none.
     *
     * @param records       on their way
     * @param bytes         on their way, about
     * @param lagNanos      for how long the oldest of them is
     * @param savedAt       when the last checkpoint was written
     * @param fullSince     since when nothing is read because there is no room
     * @param nextTry       when what failed is tried again
     * @param troubledSince since when something does not work
     * @param wellSince     since when it neither fails nor is full any more
     * @param remaining     what the source has still to read, in its own unit
     */
    public record Gauges(
            long records,
            long bytes,
            long lagNanos,
            long savedAt,
            long fullSince,
            long nextTry,
            long troubledSince,
            long wellSince,
            OptionalLong remaining) {}

    /**
     * What keeps it from going on at the moment, though it tries again by itself.
     *
     * @return a sentence; empty when nothing does
     */
    public String trouble() {
        return state.trouble();
    }

    /**
     * Whether it is letting the rest arrive.
     *
     * @return {@code true} from {@link #stop} on
     */
    public boolean isDraining() {
        return state.isStopping();
    }

    /**
     * Whether it is over; who owns it may not have heard yet.
     *
     * @return {@code true} when everything is closed
     */
    public boolean hasEnded() {
        return task.hasEnded();
    }

    /**
     * How far everything has arrived.
     *
     * @return the checkpoint of this moment
     */
    public Checkpoint checkpoint() {
        return window.checkpoint();
    }
}
