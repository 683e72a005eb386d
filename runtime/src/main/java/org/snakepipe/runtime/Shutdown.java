// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.PrintStream;

/**
 * What happens at Ctrl-C and SIGTERM: the framework stops in order, so that pipelines drain. A process that a signal ends has
 * the exit code 130 or 143 whatever its hooks did; as an orderly end is what was asked for, it is made 0.
 */
final class Shutdown extends Thread {
    private static final long PATIENCE_SECONDS = 20;

    private final Container container;
    private final PrintStream err;
    private volatile boolean ended;

    Shutdown(Container container, PrintStream err) {
        super("snakepipe-shutdown");
        this.container = container;
        this.err = err;
    }

    /** Says that the process ends by itself: its exit code stands. */
    void disarm() {
        ended = true;
    }

    @Override
    public void run() {
        if (ended) {
            return;
        }
        int code = Launcher.OK;
        try {
            if (!container.stop(PATIENCE_SECONDS)) {
                err.println("snakepipe: not everything stopped within " + PATIENCE_SECONDS
                        + " s; what was on its way is read again at the next start");
                code = Launcher.FAILURE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = Launcher.FAILURE;
        }
        System.out.flush();
        err.flush();
        Runtime.getRuntime().halt(code);
    }

}
