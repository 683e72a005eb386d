// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What waits for one worker, or for all that share it, in order. What is replayed goes past the rest: whoever waits for room in the
 * quarantine would else wait for what makes it. Needs no bound: the {@link AckWindow} bounds what is on its way. Thread-safe.
 */
final class Lane {
    private final Deque<Batch.Share> read = new ArrayDeque<>();
    private final Deque<Batch.Share> replayed = new ArrayDeque<>();

    synchronized void add(Batch.Share share) {
        (share.replay().isPresent() ? replayed : read).addLast(share);
        notifyAll();
    }

    /** Waits for one. */
    synchronized Batch.Share take() throws InterruptedException {
        while (read.isEmpty() && replayed.isEmpty()) {
            wait();
        }
        return replayed.isEmpty() ? read.removeFirst() : replayed.removeFirst();
    }

    /** One that is replayed, for a worker that cannot go on with what it has. @return {@code null} when there is none */
    synchronized Batch.Share aside() {
        return replayed.pollFirst();
    }
}
