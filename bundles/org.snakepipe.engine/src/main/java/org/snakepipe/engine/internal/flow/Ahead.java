// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.snakepipe.api.pipeline.SourceReader;

/** What a source has still ahead, as it says now and then. Asked on the source thread, read by any. */
final class Ahead {
    private static final long DUE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private volatile OptionalLong left = OptionalLong.empty();
    private long asked = System.nanoTime() - DUE_NANOS;

    void look(SourceReader reader) {
        long now = System.nanoTime();
        if (now - asked >= DUE_NANOS) {
            asked = now;
            left = reader.remaining();
        }
    }

    /** Nothing, for good. */
    void end() {
        left = OptionalLong.of(0);
    }

    OptionalLong left() {
        return left;
    }
}
