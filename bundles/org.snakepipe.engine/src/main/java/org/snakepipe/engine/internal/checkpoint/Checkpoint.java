// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.checkpoint;

import org.snakepipe.api.pipeline.Position;

/**
 * How far a pipeline has come. Immutable.
 *
 * @param position what has been acknowledged
 * @param total    records acknowledged since the first start or the last reset
 * @param stopped  whether somebody stopped the pipeline by hand
 */
public record Checkpoint(Position position, long total, boolean stopped) {
    /** Nothing has been read. */
    public static final Checkpoint START = new Checkpoint(Position.START, 0, false);

    /**
     * The same, stopped by hand or no longer.
     *
     * @param now whether it is stopped
     * @return the checkpoint
     */
    public Checkpoint stopped(boolean now) {
        return new Checkpoint(position, total, now);
    }
}
