// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.engine.internal.quarantine.Quarantined;

/**
 * Records that were rejected and go once more through the part that rejected them, and through what comes after it: what came
 * before has done its work, and the other sinks have them already. Thread-safe.
 */
public final class Replay {
    private final ConfigId by;
    private final List<Record> records;
    /** By identity: to compare records would be to compare documents. */
    private final Map<Record, String> ids = new IdentityHashMap<>();

    private final Set<String> stayed = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private volatile String reason = "";

    /**
     * Nothing is sent yet.
     *
     * @param by   the transform or sink that rejected them
     * @param kept as they came to it
     */
    public Replay(ConfigId by, List<Quarantined> kept) {
        this.by = by;
        this.records = kept.stream().map(Quarantined::record).toList();
        kept.forEach(one -> ids.put(one.record(), one.id()));
    }

    ConfigId by() {
        return by;
    }

    List<Record> records() {
        return records;
    }

    /** Under which ids some of the records are kept. */
    List<String> ids(List<Record> some) {
        return some.stream().map(ids::get).toList();
    }

    /**
     * Is told when all have arrived, or were rejected again: {@code true}; {@code false} when the run ended before it handed any
     * of them out, so that they may be sent again; an exception when the run ended and nobody knows.
     *
     * @return the same each time
     */
    public CompletableFuture<Boolean> done() {
        return done;
    }

    /** They are to stay as they are. @param why is shown to who asked for the replay */
    void stay(Collection<String> some, String why) {
        reason = why;
        stayed.addAll(some);
    }

    /**
     * Those that are to stay in the quarantine as they are.
     *
     * @return ids; of those that have arrived some may be among them, which will come twice
     */
    public Set<String> stayed() {
        return Set.copyOf(stayed);
    }

    /**
     * Why they are to stay.
     *
     * @return a sentence; empty when none are
     */
    public String reason() {
        return reason;
    }
}
