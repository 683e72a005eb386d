// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Code of others, on a thread that can be left behind: what hangs there hangs alone. @param <T> what it answers */
final class ForeignCall<T> {
    private final Callable<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final CompletableFuture<T> end = new CompletableFuture<>();
    private volatile Thread thread;

    private ForeignCall(Callable<T> work) {
        this.work = work;
    }

    /** Begins on a thread of its own. @param name of the thread, as it stands in thread dumps */
    static <T> ForeignCall<T> begin(String name, Callable<T> work) {
        return begin(
                job -> {
                    Thread thread = new Thread(job, name);
                    thread.setDaemon(true);
                    thread.start();
                },
                work);
    }

    /** Begins on one of these threads. */
    static <T> ForeignCall<T> begin(Executor threads, Callable<T> work) {
        ForeignCall<T> call = new ForeignCall<>(work);
        threads.execute(call::run);
        return call;
    }

    private void run() {
        synchronized (this) {
            if (answer.isCancelled()) {
                // Nobody waits for it, and who has given it up may have gone on as if it would never run.
                end.completeExceptionally(new CancellationException());
                return;
            }
            thread = Thread.currentThread();
        }
        T result = null;
        Throwable thrown = null;
        try {
            result = work.call();
        } catch (Throwable e) {
            // Foreign code: whatever it throws is its answer, and must not leave who waits waiting. To a future, a
            // cancellation would be its own.
            thrown = e instanceof CancellationException ? new IllegalStateException("what it did was cancelled", e) : e;
        }
        // From here on an interrupt would be one of somebody else's call.
        synchronized (this) {
            thread = null;
        }
        // The answer last: who has it may ask at once whether this has ended.
        complete(end, result, thrown);
        complete(answer, result, thrown);
    }

    private static <T> void complete(CompletableFuture<T> future, T result, Throwable thrown) {
        if (thrown == null) {
            future.complete(result);
        } else {
            future.completeExceptionally(thrown);
        }
    }

    /**
     * Waits, and {@link #giveUp gives up} when it takes too long.
     *
     * @param limit how long
     * @throws TimeoutException     with the place where it is, for the log
     * @throws ExecutionException   what it threw
     * @throws InterruptedException if the caller is to stop; the call goes on
     */
    T get(Duration limit) throws TimeoutException, ExecutionException, InterruptedException {
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String place = Stacks.of(thread);
            giveUp();
            throw new TimeoutException(place);
        }
    }

    /**
     * Nobody waits for it any more: it is interrupted, or never begins; nothing, when it has answered. What it says to being
     * interrupted is no answer.
     */
    void giveUp() {
        synchronized (this) {
            if (answer.cancel(false) && thread != null) {
                thread.interrupt();
            }
        }
    }

    /** Its answer: cancelled when it was given up. */
    CompletableFuture<T> answer() {
        return answer;
    }

    /** How it came to an end, also when nobody waits for its answer any more. */
    CompletableFuture<T> end() {
        return end;
    }
}
