// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import java.time.Duration;
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

    @Override
    void close() throws IOException;
}
