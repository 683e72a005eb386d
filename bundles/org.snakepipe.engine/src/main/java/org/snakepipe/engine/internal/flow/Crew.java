// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.engine.internal.settings.Ordering;

/**
 * The workers of a pipeline and how work is divided among them: by key, so that records with the same key stay in order, or
 * from one lane.
 */
final class Crew {
    private final Ordering ordering;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final int size;
    private int turn;
    private volatile boolean dismissed;

    /** Does the work of a worker. */
    @FunctionalInterface
    interface Work {
        /** Takes a share to its end. @param lane has what may be done meanwhile, when that cannot go on */
        void take(Batch.Share share, Lane lane);
    }

    Crew(String pipeline, int size, Ordering ordering, Work work) {
        this.size = size;
        this.ordering = ordering;
        int count = ordering == Ordering.KEY ? size : 1;
        for (int lane = 0; lane < count; lane++) {
            lanes.add(new Lane());
        }
        for (int worker = 0; worker < size; worker++) {
            Lane lane = lanes.get(worker % count);
            Thread thread = new Thread(() -> run(lane, work), "pipeline-" + pipeline + "-worker-" + (worker + 1));
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(Lane lane, Work work) {
        while (!dismissed) {
            try {
                work.take(lane.take(), lane);
            } catch (InterruptedException e) {
                // Sent home; or a plugin left the flag behind, which take() has cleared.
                continue;
            }
        }
    }

    boolean is(int wantedSize, Ordering wantedOrdering) {
        return size == wantedSize && ordering == wantedOrdering;
    }

    /** Divides a batch and hands it out. */
    void handOut(AckWindow window, List<Record> records, List<Rejection> rejections, Position progress, long bytes) {
        int count = records.size() + rejections.size();
        handOut(records, rejections, Optional.empty(), parts -> window.begin(progress, count, bytes, parts));
    }

    /** Hands out what is replayed: it has been counted, and moves no position. */
    void handOut(AckWindow window, Replay replay) {
        int count = replay.records().size();
        long bytes =
                replay.records().stream().mapToLong(Record::approximateSize).sum();
        handOut(replay.records(), List.of(), Optional.of(replay), parts -> window.beginAgain(count, bytes, parts));
    }

    private void handOut(
            List<Record> records, List<Rejection> rejections, Optional<Replay> replay, IntFunction<Batch> begin) {
        if (ordering != Ordering.KEY || size == 1) {
            lanes.get(0).add(new Batch.Share(begin.apply(1), records, rejections, replay));
            return;
        }
        List<List<Record>> shares = new ArrayList<>();
        for (int lane = 0; lane < size; lane++) {
            shares.add(new ArrayList<>());
        }
        turn = (turn + 1) % size;
        for (Record record : records) {
            int lane =
                    record.key().map(key -> Math.floorMod(key.hashCode(), size)).orElse(turn);
            shares.get(lane).add(record);
        }
        int parts = (int) shares.stream().filter(share -> !share.isEmpty()).count();
        Batch batch = begin.apply(Math.max(1, parts));
        List<Rejection> left = rejections;
        for (int lane = 0; lane < size; lane++) {
            if (!shares.get(lane).isEmpty()) {
                lanes.get(lane).add(new Batch.Share(batch, shares.get(lane), left, replay));
                left = List.of();
            }
        }
        if (parts == 0) {
            lanes.get(turn).add(new Batch.Share(batch, List.of(), left, replay));
        }
    }

    /** Sends the workers home; those that are busy are interrupted. */
    void dismiss(long nanos) throws InterruptedException {
        dismissed = true;
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + nanos;
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }
}
