// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;

/** Who gets what a pipeline writes and never holds it: its best-effort sinks. Thread-safe. */
public interface Outlets {
    /**
     * Takes over a batch. Waits for no sink.
     *
     * @param batch what all required sinks have, not empty, unmodifiable
     * @param only  the one it is for, as when it is replayed; empty for all
     * @return {@code false} when the one it is for is not there any more: it does not get it
     */
    boolean offer(List<Record> batch, Optional<ConfigId> only);

    /**
     * Whether there is one of this id.
     *
     * @param id of a sink
     * @return {@code true} when {@link #offer} knows it
     */
    boolean has(ConfigId id);

    /**
     * The one that needs records with the same key in order.
     *
     * @return the first that has a key, or may have one as it has never been open; empty when none has
     */
    Optional<ConfigId> keyed();

    /**
     * What was offered so far outlives a crash when this returns, or was dropped and counted.
     *
     * @return {@code false} when something is in memory only, because the disk cannot be written: whoever wants to keep it
     *     elsewhere does
     */
    boolean secure();
}
