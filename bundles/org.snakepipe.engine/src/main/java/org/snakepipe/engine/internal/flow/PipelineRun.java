// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * A pipeline from its start to its end: one source thread, the workers, the window. Settings and line may change while it
 * runs. Methods may be called from any thread.
 */
public final class PipelineRun {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_RECORDS = 100_000;
    private static final long CHECKPOINT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long DISMISS_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MOST_WAIT_SECONDS = 5;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Opens the source anew when reading it failed. */
    public interface Reopening {
        /**
         * Opens it.
         *
         * @param from where to begin
         * @return the reader
         * @throws OpenFailure          if it cannot be opened now
         * @throws InterruptedException if the pipeline is stopping
         */
        Lease<SourceReader> open(Position from) throws OpenFailure, InterruptedException;
    }

    /** Hears that a run has ended by itself. */
    public interface End {
        /**
         * It ended.
         *
         * @param failure why; empty when a finite source was read to its end
         * @param again   whether trying again later may help
         */
        void ended(String failure, boolean again);
    }

    private final String name;
    private final CheckpointFile file;
    private final Reopening reopening;
    private final End end;
    private final Counters counters;
    private final AckWindow window;
    private final RateLimit limit;
    private final Thread thread;
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Object lineLock = new Object();
    private Line line;
    private volatile Lease<SourceReader> reader;
    private Checkpoint saved;
    private long lastSave = System.nanoTime();
    private boolean unsaved;
    private volatile PipelineSettings settings;
    private volatile boolean stopping;
    private volatile long drainUntil = Long.MAX_VALUE;
    private volatile String failure;
    private volatile boolean again;
    private volatile String trouble = "";
    private volatile boolean drained;

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
        this.name = name;
        this.settings = settings;
        this.reader = reader;
        this.line = line;
        this.saved = from;
        this.file = services.file();
        this.reopening = services.reopening();
        this.end = services.end();
        this.counters = services.counters();
        this.window = new AckWindow(from, MOST_RECORDS, MOST_BYTES);
        this.limit = new RateLimit(System::nanoTime, settings.tempo().rateLimit());
        this.thread = new Thread(this::run, "pipeline-" + name + "-source");
        thread.setDaemon(true);
    }

    /**
     * What a run uses.
     *
     * @param file      its checkpoint
     * @param reopening opens the source anew
     * @param end       hears that it ended by itself
     * @param counters  counts, also over restarts of the pipeline
     */
    public record Services(CheckpointFile file, Reopening reopening, End end, Counters counters) {}

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    String name() {
        return name;
    }

    PipelineSettings settings() {
        return settings;
    }

    boolean isStopping() {
        return stopping;
    }

    /**
     * Other settings of the same source, in force at once.
     *
     * @param now the settings
     */
    public void change(PipelineSettings now) {
        settings = now;
        limit.set(now.tempo().rateLimit());
        LockSupport.unpark(thread);
    }

    /**
     * The line that batches pass at the moment.
     *
     * @return the line
     */
    public Line line() {
        synchronized (lineLock) {
            return line;
        }
    }

    /**
     * The reader's part.
     *
     * @return the lease; {@code null} while the source is being opened anew
     */
    public Lease<SourceReader> reader() {
        return reader;
    }

    /**
     * Lets batches pass another line from now on; those that are under way end in the old one.
     *
     * @param next the line
     */
    public void swap(Line next) {
        Line old;
        synchronized (lineLock) {
            old = line;
            line = next;
        }
        old.retire();
    }

    Line enterLine() {
        while (true) {
            Line now = line();
            if (now.enter()) {
                return now;
            }
            Thread.onSpinWait();
        }
    }

    /** Waits, unless the pipeline stops. */
    void pause(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopping");
        }
        LockSupport.parkNanos(nanos);
    }

    void trouble(String message) {
        if (!message.equals(trouble)) {
            LOG.warn("Pipeline {}: {}; trying again", name, message);
        }
        trouble = message;
        counters.error(message);
    }

    void troubleEnded() {
        if (!trouble.isEmpty()) {
            LOG.info("Pipeline {} goes on", name);
            trouble = "";
        }
    }

    void fail(String reason, boolean mayTryAgain) {
        counters.error(reason);
        again = mayTryAgain;
        failure = reason;
        drainUntil = System.nanoTime();
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Writes how far everything has arrived; {@code false} when that is not possible now, so that nothing more is read. */
    boolean checkpointWhenDue() {
        if (System.nanoTime() - lastSave < CHECKPOINT_NANOS) {
            return !unsaved;
        }
        lastSave = System.nanoTime();
        return save();
    }

    private boolean save() {
        Checkpoint now = window.checkpoint();
        if (!unsaved && now.equals(saved)) {
            return true;
        }
        try {
            file.write(now);
            saved = now;
            if (unsaved) {
                unsaved = false;
                troubleEnded();
            }
            return true;
        } catch (IOException e) {
            unsaved = true;
            trouble(e.getMessage() + ": nothing more is read until it can; make room in the data directory");
            return false;
        }
    }

    private void run() {
        SourceLoop source = new SourceLoop(this, window, limit, new Worker(this, window, counters));
        boolean ended = false;
        Backoff backoff = new Backoff(MOST_WAIT_SECONDS);
        try {
            while (!stopping && !ended) {
                ended = turn(source, backoff);
            }
            drain(source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The source of the pipeline {} failed", name, e);
            fail("the source failed with " + e + ": the log has the details; start the pipeline to try again", false);
        } finally {
            close(source);
            gone.countDown();
        }
        if (ended && failure == null) {
            end.ended("", false);
        } else if (failure != null) {
            end.ended(failure, again);
        }
    }

    private boolean turn(SourceLoop source, Backoff backoff) throws InterruptedException {
        try {
            if (reader == null) {
                reader = reopening.open(window.checkpoint().position());
            }
            boolean ended = source.turn(reader.get());
            backoff.reset();
            return ended;
        } catch (IOException e) {
            trouble(e.getMessage() == null ? e.toString() : e.getMessage());
            closeReader();
            source.clear();
            // What is on its way would be read a second time: it arrives first.
            while (!stopping && !window.awaitEmpty(SLICE_NANOS)) {
                checkpointWhenDue();
            }
        } catch (OpenFailure e) {
            trouble(e.getMessage());
        }
        long until = System.nanoTime() + backoff.next();
        while (!stopping && System.nanoTime() < until) {
            pause(Math.min(SLICE_NANOS, until - System.nanoTime()));
        }
        return false;
    }

    private void drain(SourceLoop source) throws InterruptedException {
        if (failure == null) {
            source.flush();
        }
        while (failure == null && System.nanoTime() < drainUntil) {
            if (window.awaitEmpty(SLICE_NANOS)) {
                drained = true;
                return;
            }
            checkpointWhenDue();
        }
    }

    private void close(SourceLoop source) {
        try {
            stopping = true;
            source.dismiss(DISMISS_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        save();
        closeReader();
        line().retire();
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /**
     * Stops: what is on its way arrives, then everything is closed.
     *
     * @param nanos how long to let it arrive; what has not is read again at the next start
     * @return {@code true} when everything arrived
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean stop(long nanos) throws InterruptedException {
        drainUntil = System.nanoTime() + nanos;
        stopping = true;
        LockSupport.unpark(thread);
        boolean ended = gone.await(nanos + DISMISS_NANOS + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
        if (!ended) {
            thread.interrupt();
        }
        return ended && drained;
    }

    /**
     * What keeps it from going on at the moment, though it tries again by itself.
     *
     * @return a sentence; empty when nothing does
     */
    public String trouble() {
        return trouble;
    }

    /**
     * Whether it is letting the rest arrive.
     *
     * @return {@code true} from {@link #stop} on
     */
    public boolean isDraining() {
        return stopping;
    }

    /**
     * How far everything has arrived.
     *
     * @return the checkpoint of this moment
     */
    public Checkpoint checkpoint() {
        return window.checkpoint();
    }

    /**
     * Records on their way.
     *
     * @return the count
     */
    public long inFlight() {
        return window.inFlight();
    }
}
