// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs code of plugins on a thread of its own, which can be given up: what hangs there hangs alone. */
final class ForeignCall {
    private final FutureTask<Void> task;
    private final Thread thread;

    private ForeignCall(String name, Callable<Void> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, name);
        thread.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param name of the thread, as it stands in thread dumps
     */
    static ForeignCall begin(String name, Callable<Void> work) {
        ForeignCall call = new ForeignCall(name, work);
        call.thread.start();
        return call;
    }

    /**
     * Waits.
     *
     * @return {@code false} when it is not finished in time; it runs on
     * @throws ExecutionException   what it threw
     * @throws InterruptedException if the caller is interrupted; it runs on
     */
    boolean finishes(Duration limit) throws ExecutionException, InterruptedException {
        try {
            task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Like {@link #finishes}, for what has to be done even when the caller is to stop; the interrupt flag stays. */
    boolean finishesRegardless(Duration limit) throws ExecutionException {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return finishes(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks it to end; whether it does is its own affair. */
    void interrupt() {
        thread.interrupt();
    }

    /** Where it is, for people: {@code thread 'x' is at org.example.Activator.start(Activator.java:12)}. */
    String whereabouts() {
        StackTraceElement[] stack = thread.getStackTrace();
        return "thread '" + thread.getName() + "'" + (stack.length == 0 ? " has ended" : " is at " + place(stack));
    }

    /** The first place that is not the JDK's: whoever waits there can be recognised by it. */
    private static String place(StackTraceElement... stack) {
        StackTraceElement place = Stream.of(stack)
                .filter(element -> !element.getClassName().startsWith("java."))
                .filter(element -> !element.getClassName().startsWith("jdk."))
                .findFirst()
                .orElse(stack[0]);
        return place.getClassName() + "." + place.getMethodName() + "(" + place.getFileName() + ":"
                + place.getLineNumber() + ")";
    }
}
