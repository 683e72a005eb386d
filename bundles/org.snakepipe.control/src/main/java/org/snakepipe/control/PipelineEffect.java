// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.Objects;

/**
 * What a change means for a pipeline. Immutable.
 *
 * @param pipeline its name
 * @param kind     what happens
 * @param detail   of what, for people; may be empty
 */
public record PipelineEffect(String pipeline, Kind kind, String detail) {
    /** What can happen to a pipeline, the least first. */
    public enum Kind {
        /** Settings are others; nothing is opened anew. */
        IN_PLACE,
        /** A transform or a sink is opened anew beside the one that works, and takes over between two batches. */
        SWAP,
        /** The source is read to a checkpoint and opened anew. */
        RESTART,
        /** It comes. */
        START,
        /** It goes. */
        STOP
    }

    /** Checks that nothing is missing. */
    public PipelineEffect {
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    @Override
    public String toString() {
        String word = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return pipeline + ": " + word + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
