// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;

/**
 * Records that were rejected and go once more through the part that rejected them, and through what comes after it: what came
 * before has done its work, and the other sinks have them already.
 *
 * @param by      the transform or sink that rejected them
 * @param records as they came to it
 * @param done    is told when all have arrived, or were rejected again and kept: {@code true}; {@code false} when the run ended
 *                before it handed any of them out, so that they may be sent again; an exception when the run ended and nobody
 *                knows
 */
public record Replay(ConfigId by, List<Record> records, CompletableFuture<Boolean> done) {
    /** Copies the list. */
    public Replay {
        records = List.copyOf(records);
    }
}
