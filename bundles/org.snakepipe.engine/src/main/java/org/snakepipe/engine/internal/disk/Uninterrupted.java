// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Reads and writes that an interruption is not to break off: it would close the channel, for everybody. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Something with a channel.
     *
     * @param <T> of the result
     */
    @FunctionalInterface
    public interface Io<T> {
        /**
         * Does it, with a channel that is open; may be done twice.
         *
         * @return the result
         * @throws IOException if it cannot be done
         */
        T run() throws IOException;
    }

    /**
     * Does something to its end. An interruption is kept for what the thread does next.
     *
     * @param <T> of the result
     * @param io  what is done; once more when it was interrupted in the middle
     * @return its result
     * @throws IOException if it fails
     */
    public static <T> T call(Io<T> io) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return io.run();
                } catch (ClosedByInterruptException e) {
                    Thread.interrupted();
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
