// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.checkpoint;

import org.snakepipe.api.pipeline.Position;

/**
 * How far a pipeline has come. Immutable.
 *
 * @param position what has been acknowledged
 * @param total    records acknowledged since the first start or the last reset
 */
public record Checkpoint(Position position, long total) {
    /** Nothing has been read. */
    public static final Checkpoint START = new Checkpoint(Position.START, 0);
}
