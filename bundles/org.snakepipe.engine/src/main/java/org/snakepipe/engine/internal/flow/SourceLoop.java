// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.engine.internal.settings.Ordering;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * Reads the source, gathers batches, hands them out. When there is no room it does not read: nothing is ever dropped. Used by
 * the source thread of a pipeline.
 */
final class SourceLoop {
    /** No wait is longer, so that a change, a stop and a checkpoint are never late. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final RunState state;
    private final AckWindow window;
    private final CheckpointKeeper keeper;
    private final RateLimit limit;
    private final Worker worker;
    private final BooleanSupplier keyed;
    private final Queue<Replay> replays = new ArrayDeque<>();
    /** By identity: to compare replays would be to compare records. */
    private final Map<Replay, Replay> handedOut = new IdentityHashMap<>();

    private boolean over;
    private final Ahead ahead = new Ahead();
    private volatile Crew crew;

    private List<Record> records = new ArrayList<>();
    private List<Rejection> rejections = new ArrayList<>();
    private Map<String, String> progress = new TreeMap<>();
    private long bytes;
    private long since;

    /** @param keyed whether a sink has a key at the moment */
    SourceLoop(RunState state, AckWindow window, CheckpointKeeper keeper, Worker worker, BooleanSupplier keyed) {
        this.state = state;
        this.window = window;
        this.keeper = keeper;
        this.limit = new RateLimit(System::nanoTime, state.settings().tempo().rateLimit());
        this.worker = worker;
        this.keyed = keyed;
    }

    /** One look at the source; {@code true} when it has ended for good. */
    boolean turn(SourceReader reader) throws IOException, InterruptedException {
        sendReplays();
        PipelineSettings settings = state.settings();
        limit.set(settings.tempo().rateLimit());
        window.bounds(settings.limits().queueRecords(), settings.limits().queueBytes());
        if (!crewIsReady(settings)) {
            return false;
        }
        sendReplays();
        if (!keeper.saveWhenDue()) {
            state.pause(SLICE_NANOS);
            return false;
        }
        if (!roomIsThere()) {
            return false;
        }
        if (state.isPaused()) {
            flush();
            state.pause(SLICE_NANOS);
            return false;
        }
        int room = settings.tempo().batchSize() - count();
        int may = room <= 0 ? 0 : limit.available(room);
        if (may == 0 && room > 0) {
            flushWhenDue(settings);
            state.pause(Math.min(SLICE_NANOS, Math.max(1_000_000, limit.nanosToNext())));
            return false;
        }
        if (may > 0) {
            Polled polled = reader.poll(may, wait(settings));
            if (polled.isEnd()) {
                ahead.end();
                flush();
                return true;
            }
            take(polled);
            ahead.look(reader);
        }
        flushWhenDue(settings);
        return false;
    }

    /** Only who has waited in vain is told to be full: a queue that is full for a moment is a queue that is used. */
    private boolean roomIsThere() throws InterruptedException {
        boolean room = window.awaitRoom(SLICE_NANOS);
        state.full(!room);
        return room;
    }

    Ahead ahead() {
        return ahead;
    }

    /** Takes records that are to be replayed, from any thread; {@code false} when nobody would hand them out any more. */
    boolean replay(Replay replay) {
        synchronized (replays) {
            return !over && replays.add(replay);
        }
    }

    private Replay nextReplay() {
        synchronized (replays) {
            return replays.poll();
        }
    }

    /** Waits for no room, also when the source cannot be read: what is replayed may be what makes room. */
    void sendReplays() {
        Replay replay;
        while (crew != null && (replay = nextReplay()) != null) {
            Replay now = replay;
            synchronized (handedOut) {
                handedOut.put(now, now);
            }
            now.done().whenComplete((arrived, failure) -> returned(now));
            crew.handOut(window, now);
            // Who waits before the next try has something to do meanwhile.
            state.changed();
        }
    }

    private void returned(Replay replay) {
        synchronized (handedOut) {
            handedOut.remove(replay);
        }
    }

    /**
     * Takes nothing to replay any more, and says so of what has not been handed out; of the rest nobody is going to say any more
     * whether it arrived.
     */
    void breakOff() {
        synchronized (replays) {
            over = true;
        }
        Replay replay;
        while ((replay = nextReplay()) != null) {
            replay.done().complete(false);
        }
        List<Replay> left;
        synchronized (handedOut) {
            left = List.copyOf(handedOut.keySet());
        }
        left.forEach(one -> one.done().completeExceptionally(new IOException("the run ended before all had arrived")));
    }

    /** A batch that has begun waits for others only as long as it may linger. */
    private Duration wait(PipelineSettings settings) {
        if (count() == 0) {
            return Duration.ofNanos(SLICE_NANOS);
        }
        long left = settings.tempo().linger().toNanos() - (System.nanoTime() - since);
        return Duration.ofNanos(Math.max(0, Math.min(SLICE_NANOS, left)));
    }

    private int count() {
        return records.size() + rejections.size();
    }

    private void take(Polled polled) {
        int before = count();
        records.addAll(polled.records());
        rejections.addAll(polled.rejections());
        // As written, not added up: that a partition is to be forgotten must arrive too.
        progress.putAll(polled.progress().offsets());
        for (Record record : polled.records()) {
            bytes += record.approximateSize();
        }
        limit.passed(count() - before);
        if (before == 0 && count() > 0) {
            since = System.nanoTime();
        }
        if (count() == 0 && !progress.isEmpty()) {
            flush();
        }
    }

    private void flushWhenDue(PipelineSettings settings) {
        boolean full = count() >= settings.tempo().batchSize()
                || bytes >= settings.limits().batchBytes();
        boolean lingered = count() > 0
                && System.nanoTime() - since >= settings.tempo().linger().toNanos();
        if (full || lingered) {
            flush();
        }
    }

    /** Hands out what has been gathered. */
    void flush() {
        if (count() == 0 && progress.isEmpty()) {
            return;
        }
        crew.handOut(window, List.copyOf(records), List.copyOf(rejections), Position.of(progress), bytes);
        clear();
    }

    /** Forgets what has been gathered and not handed out: the source is read again from the last acknowledged position. */
    void clear() {
        records = new ArrayList<>();
        rejections = new ArrayList<>();
        progress = new TreeMap<>();
        bytes = 0;
    }

    /** Another number of workers, or another order, begins when everything that is on its way has arrived. */
    private boolean crewIsReady(PipelineSettings settings) throws InterruptedException {
        Ordering ordering = settings.ordering().resolve(keyed.getAsBoolean());
        if (crew != null && crew.is(settings.crew(), ordering)) {
            return true;
        }
        if (crew != null) {
            if (!window.awaitEmpty(SLICE_NANOS)) {
                return false;
            }
            crew.dismiss(DRAIN_NANOS);
        }
        crew = new Crew(state.name(), settings.crew(), ordering, worker);
        return true;
    }

    void dismiss(long nanos) throws InterruptedException {
        if (crew != null) {
            crew.dismiss(nanos);
        }
    }
}
