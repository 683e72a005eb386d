// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The answer that somebody waits for. Whoever withdraws it and the thread that begins to work on it for good race for one flag:
 * either nothing is touched, or it is brought to its end.
 *
 * @param <T> of the answer
 */
final class Request<T> extends CompletableFuture<T> implements Permit {
    /** Why nobody works on anything any more, as a rule. */
    static final String STOPS = "the runtime stops";

    private enum State {
        WAITING,
        BEGUN,
        WITHDRAWN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Void> withdrawn = new CompletableFuture<>();

    /** Is given up by itself when it has not begun by then. */
    Request(Duration deadline) {
        CompletableFuture.delayedExecutor(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> expire(deadline));
    }

    private void expire(Duration deadline) {
        if (withdraw()) {
            completeExceptionally(
                    new TimeoutException("not begun within " + deadline.toMillis() + " ms; nothing was touched"));
            withdrawn.complete(null);
        }
    }

    private boolean withdraw() {
        return state.compareAndSet(State.WAITING, State.WITHDRAWN);
    }

    @Override
    public boolean cancel(boolean interrupt) {
        if (!withdraw()) {
            return isCancelled();
        }
        boolean cancelled = super.cancel(interrupt);
        withdrawn.complete(null);
        return cancelled;
    }

    @Override
    public boolean begin() {
        return state.compareAndSet(State.WAITING, State.BEGUN) || state.get() == State.BEGUN;
    }

    @Override
    public CompletionStage<?> withdrawn() {
        return withdrawn;
    }

    /** Answers, unless it was withdrawn. */
    void answer(T value) {
        if (begin()) {
            complete(value);
        }
    }

    /** Answers with what went wrong. */
    void fail(Throwable problem) {
        if (begin()) {
            completeExceptionally(problem);
        }
    }

    /** Nobody will work on it. @param why for people */
    void abandon(String why) {
        if (withdraw()) {
            completeExceptionally(new CancellationException(why));
            withdrawn.complete(null);
        }
    }
}
