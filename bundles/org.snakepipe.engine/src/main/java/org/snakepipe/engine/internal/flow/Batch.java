// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;

/**
 * Records that were read together and are acknowledged together. For order by key a batch is divided among workers; it is done
 * when all of its parts are.
 */
final class Batch {
    private final long number;
    private final Position progress;
    private final int count;
    private final long bytes;
    private final AtomicInteger parts;
    private final boolean again;
    private final Queue<Runnable> whenArrived = new ConcurrentLinkedQueue<>();
    private final long began = System.nanoTime();

    /** @param again whether all of it has been counted and acknowledged before */
    Batch(long number, Position progress, int count, long bytes, int parts, boolean again) {
        this.number = number;
        this.progress = progress;
        this.count = count;
        this.bytes = bytes;
        this.parts = new AtomicInteger(parts);
        this.again = again;
    }

    /**
     * What one worker gets of a batch.
     *
     * @param batch      the batch
     * @param records    may be empty when everything was rejected
     * @param rejections what the source could not read
     * @param replay     what is replayed; empty for what was just read
     */
    record Share(Batch batch, List<Record> records, List<Rejection> rejections, Optional<Replay> replay) {}

    /** When it set out, by {@link System#nanoTime}. */
    long began() {
        return began;
    }

    long number() {
        return number;
    }

    Position progress() {
        return progress;
    }

    /** Records, and what could not be read as one. */
    int count() {
        return count;
    }

    boolean isAgain() {
        return again;
    }

    long bytes() {
        return bytes;
    }

    /** To be run once the batch and all before it have arrived; before {@link #partDone}. */
    void whenArrived(Runnable action) {
        whenArrived.add(action);
    }

    /** It and all before it have arrived. */
    void arrived() {
        whenArrived.forEach(Runnable::run);
    }

    /** One part is done; {@code true} when it was the last. */
    boolean partDone() {
        return parts.decrementAndGet() == 0;
    }
}
