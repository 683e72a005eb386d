// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads a source. Called from one thread at a time; {@link #close} may come from another after {@link #poll} returned. */
@ConsumerType
public interface SourceReader extends AutoCloseable {
    /**
     * Reads the next records. Fewer than asked for is no hint of an end: return early when records are large, as all that are
     * returned at once are in memory at once.
     *
     * @param max  how many records at most, at least 1
     * @param wait how long to wait for the first one; zero means not at all
     * @return what there is, {@link Polled#nothing()} when the time is up, {@link Polled#end()} when there will never be more
     * @throws IOException          if the source cannot be read now; the engine opens it again later, from the last
     *                              acknowledged position
     * @throws InterruptedException if the pipeline is stopping
     */
    Polled poll(int max, Duration wait) throws IOException, InterruptedException;

    /**
     * About how much is still to be read, in a unit of the source's own that shrinks evenly: bytes of files, rows. It may grow
     * when more comes. Asked a few times a second, between two calls of {@link #poll}, on the same thread; it must not wait.
     *
     * @return 0 or more; empty when nobody knows
     */
    default OptionalLong remaining() {
        return OptionalLong.empty();
    }

    @Override
    void close() throws IOException;
}
