// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.BestEffortSink;

/**
 * Best-effort sinks that are closed, and what waits for them. Who closed them knew it; else it is looked for when somebody asks, on
 * the thread that asks, and once. Thread-safe.
 */
final class RestingSinks {
    private final Path spools;
    private final List<ConfigId> ids;
    private final Map<ConfigId, BestEffortSink> known;

    /** @param known of those that have just been closed */
    RestingSinks(Path spools, List<ConfigId> ids, Map<ConfigId, BestEffortSink> known) {
        this.spools = spools;
        this.ids = List.copyOf(ids);
        this.known = new LinkedHashMap<>(known);
    }

    synchronized List<BestEffortSink> status() {
        return ids.stream().map(id -> known.computeIfAbsent(id, this::look)).toList();
    }

    private BestEffortSink look(ConfigId id) {
        try {
            return of(id, new Spool(spools.resolve(id.toString())).look(), "");
        } catch (IOException e) {
            return of(id, new Spool.Summary(0, 0, 0, 0), "the spool cannot be read: " + e.getMessage());
        }
    }

    static BestEffortSink of(ConfigId id, Spool.Summary spool, String error) {
        return new BestEffortSink(
                id.toString(),
                BestEffortSink.Breaker.CLOSED,
                Instant.now(),
                spool.records(),
                spool.bytes(),
                spool.oldest() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(spool.oldest())),
                0,
                0,
                spool.dropped(),
                Optional.empty(),
                error);
    }
}
