// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;

/**
 * Runs constructors and openings of plugins, each on a thread of its own that is left behind when it takes too long. What such
 * a thread opens after all is closed at once.
 */
public final class Disposable {
    private static final Logger LOG = LoggerFactory.getLogger(Disposable.class);

    private Disposable() {}

    private enum State {
        RUNNING,
        DONE,
        LEFT
    }

    /**
     * Runs foreign code and waits for it.
     *
     * @param <T>      of the result
     * @param id       whose code it is
     * @param what     what it does, for messages: {@code opening}
     * @param deadline how long to wait
     * @param code     the foreign code
     * @return its result, never {@code null}
     * @throws OpenFailure          if it throws, gives nothing, or takes too long
     * @throws InterruptedException if the caller is interrupted
     */
    public static <T> T call(ConfigId id, String what, Duration deadline, Callable<T> code)
            throws OpenFailure, InterruptedException {
        AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
        AtomicReference<T> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(() -> run(code, state, result, failure, done), "engine-" + what + " " + id);
        thread.setDaemon(true);
        thread.start();
        try {
            if (!done.await(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    && state.compareAndSet(State.RUNNING, State.LEFT)) {
                String where = where(thread);
                thread.interrupt();
                throw new OpenFailure(
                        id,
                        false,
                        what + " " + id + " took longer than " + deadline.toMillis() + " ms: " + where,
                        null);
            }
        } catch (InterruptedException e) {
            state.compareAndSet(State.RUNNING, State.LEFT);
            thread.interrupt();
            throw e;
        }
        if (failure.get() != null) {
            throw failure(id, what, failure.get());
        }
        return result.get();
    }

    /** Foreign code may throw anything: whatever it is, it is handed to the one who waits. */
    private static <T> void run(
            Callable<T> code,
            AtomicReference<State> state,
            AtomicReference<T> result,
            AtomicReference<Throwable> failure,
            CountDownLatch done) {
        try {
            T value = code.call();
            result.set(value);
            if (!state.compareAndSet(State.RUNNING, State.DONE) && value instanceof AutoCloseable open) {
                open.close();
            }
        } catch (Throwable e) {
            failure.set(e);
            if (!state.compareAndSet(State.RUNNING, State.DONE)) {
                LOG.debug("Left behind, and failed", e);
            }
        } finally {
            done.countDown();
        }
    }

    private static OpenFailure failure(ConfigId id, String what, Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null && deepest.getCause() != deepest && !(deepest instanceof IOException)) {
            deepest = deepest.getCause();
        }
        boolean passing = cause instanceof IOException;
        boolean named = passing || deepest instanceof IllegalArgumentException || deepest instanceof OpenFailure;
        return new OpenFailure(
                id, passing, what + " " + id + " failed: " + (named ? Reason.of(deepest) : deepest.toString()), cause);
    }

    /** The innermost place that is not the Java library's: nobody is helped by Unsafe.park. */
    private static String where(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                return "it hangs at " + frame;
            }
        }
        return "it is not known where";
    }
}
