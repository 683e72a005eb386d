// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;

/** Opens a source anew when reading it failed. Called on the source thread. */
@FunctionalInterface
public interface Reopening {
    /**
     * Opens it.
     *
     * @param from where to begin
     * @return the reader
     * @throws OpenFailure          if it cannot be opened now
     * @throws InterruptedException if the pipeline is stopping
     */
    Lease<SourceReader> open(Position from) throws OpenFailure, InterruptedException;
}
