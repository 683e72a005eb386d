// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.checkpoint;

import org.snakepipe.api.pipeline.Position;

/**
 * How far a pipeline has come. Immutable.
 *
 * @param position what has been acknowledged
 * @param total    records acknowledged since the first start or the last reset
 * @param state    how many changes of the states of its parts belong to it; 0 when they never remembered anything
 */
public record Checkpoint(Position position, long total, long state) {
    /** Nothing has been read. */
    public static final Checkpoint START = new Checkpoint(Position.START, 0);

    /**
     * Of parts that remember nothing.
     *
     * @param position what has been acknowledged
     * @param total    records acknowledged
     */
    public Checkpoint(Position position, long total) {
        this(position, total, 0);
    }
}
