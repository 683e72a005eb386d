// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops the container when the system ends the process: Ctrl-C, SIGTERM. Pipelines drain meanwhile.
 *
 * <p>The hook only asks; the main thread waits for the end, as it does when a verb stops the runtime, and says how it ended.
 */
final class ShutdownHook implements AutoCloseable {
    private static final Duration REST = Duration.ofSeconds(2);

    private final Container container;
    private final Duration limit;
    private final PrintStream out;
    private final String startOfLine;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.FAILURE;

    private ShutdownHook(Container container, Duration limit, boolean terminal, PrintStream out) {
        this.container = container;
        this.limit = limit;
        this.out = out;
        // Over the status line, and over what the terminal shows of Ctrl-C.
        this.startOfLine = terminal ? "\r\u001b[K" : "";
    }

    /**
     * Makes and registers one.
     *
     * @param limit    how long stopping takes at most
     * @param terminal whether a status line may stand where it speaks
     */
    static ShutdownHook register(Container container, Duration limit, boolean terminal, PrintStream out) {
        ShutdownHook hook = new ShutdownHook(container, limit, terminal, out);
        Runtime.getRuntime().addShutdownHook(new Thread(hook::stop, "snakepipe-shutdown"));
        return hook;
    }

    /** The container has ended; {@code exitCode} is what the process ends with. Returns it. */
    int ended(int code) {
        exitCode = code;
        return code;
    }

    /** The main thread has left, whatever way: nothing is left to stop. */
    @Override
    public void close() {
        ended.countDown();
    }

    private void stop() {
        if (ended.getCount() == 0) {
            return;
        }
        out.println(
                startOfLine + "Stopping: what is on its way arrives first, for at most " + limit.toSeconds() + " s.");
        try {
            container.stop();
            ended.await(limit.plus(REST).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A JVM that a signal ends reports 128 + the signal, which supervisors take for a failure. All is closed by
        // now:
        // halt alone can say 0, as the JVM is shutting down already.
        Runtime.getRuntime().halt(exitCode);
    }
}
