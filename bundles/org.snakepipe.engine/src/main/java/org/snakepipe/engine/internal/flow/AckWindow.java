// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;

/**
 * Which batches are on their way, bounded in records and bytes, and how far everything has arrived: batches finish in any
 * order, but only the longest unbroken row of finished ones moves the position. Records count until then, so that a batch that
 * is tried for hours leaves only so many to be read again after a crash; bytes count while they take memory. Thread-safe.
 */
final class AckWindow {
    private long mostRecords;
    private long mostBytes;
    private final LongSupplier states;
    private final Map<Long, Batch> finished = new HashMap<>();
    private final Map<Long, Batch> open = new HashMap<>();
    private Position position;
    private long total;
    private long nextNumber;
    private long firstOpen;
    private long records;
    private long bytes;

    /** Of parts that remember nothing. */
    AckWindow(Checkpoint from, long mostRecords, long mostBytes) {
        this(from, mostRecords, mostBytes, from::state);
    }

    /** @param states how many changes of states are acknowledged, asked right after batches have {@link Batch#arrived} */
    AckWindow(Checkpoint from, long mostRecords, long mostBytes, LongSupplier states) {
        this.states = states;
        this.position = from.position();
        this.total = from.total();
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /** Other bounds, in force at once. */
    synchronized void bounds(long recordsAtMost, long bytesAtMost) {
        if (mostRecords != recordsAtMost || mostBytes != bytesAtMost) {
            mostRecords = recordsAtMost;
            mostBytes = bytesAtMost;
            notifyAll();
        }
    }

    /** Waits until there is room for more. A batch that is larger than everything passes alone. */
    synchronized boolean awaitRoom(long nanos) throws InterruptedException {
        return awaitUntil(nanos, false);
    }

    /** Waits until nothing is on its way, also no batch that has only moved the position. */
    synchronized boolean awaitEmpty(long nanos) throws InterruptedException {
        return awaitUntil(nanos, true);
    }

    private boolean awaitUntil(long nanos, boolean empty) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (empty ? firstOpen < nextNumber : records >= mostRecords || bytes >= mostBytes) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** A batch sets out. */
    synchronized Batch begin(Position progress, int count, long size, int parts) {
        return begin(new Batch(nextNumber++, progress, count, size, parts, false));
    }

    /** A batch sets out that was acknowledged long ago: it moves nothing, and counts only while it takes memory. */
    synchronized Batch beginAgain(int count, long size, int parts) {
        return begin(new Batch(nextNumber++, Position.START, count, size, parts, true));
    }

    private Batch begin(Batch batch) {
        records += batch.count();
        bytes += batch.bytes();
        open.put(batch.number(), batch);
        return batch;
    }

    /** A batch has arrived. */
    synchronized void finish(Batch batch) {
        bytes -= batch.bytes();
        records -= batch.isAgain() ? batch.count() : 0;
        finished.put(batch.number(), batch);
        Batch first;
        while ((first = finished.remove(firstOpen)) != null) {
            open.remove(firstOpen);
            firstOpen++;
            if (!first.isAgain()) {
                records -= first.count();
                total += first.count();
            }
            position = position.plus(first.progress());
            first.arrived();
        }
        notifyAll();
    }

    /** How far everything has arrived. */
    synchronized Checkpoint checkpoint() {
        return new Checkpoint(position, total, states.getAsLong());
    }

    synchronized long inFlight() {
        return records;
    }

    synchronized long bytesInFlight() {
        return bytes;
    }

    /** How long the oldest batch that has not arrived is on its way: nanoseconds, 0 when there is none. */
    synchronized long lagNanos() {
        Batch oldest = open.get(firstOpen);
        return oldest == null ? 0 : Math.max(0, System.nanoTime() - oldest.began());
    }
}
