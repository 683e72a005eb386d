// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.quarantine.Quarantined;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * One asking for a replay: gathers what was read into batches for the part that rejected it, and counts what became of them. Used
 * by one thread.
 */
final class ReplayRound {
    private final long end;
    private final int mostRecords;
    private final long mostBytes;
    private final Map<ConfigId, Gathered> gathered = new LinkedHashMap<>();
    private final Set<String> unsent = new HashSet<>();
    private boolean some;
    private boolean passedOver;
    private int through;

    /** A batch that is not full yet. */
    private static final class Gathered {
        private final List<Quarantined> records = new ArrayList<>();
        private long bytes;
    }

    /** @param settings what a batch may have; {@code null} when nobody knows, and nothing is sent @param end by {@link System#nanoTime} */
    ReplayRound(PipelineSettings settings, long end) {
        this.end = end;
        this.mostRecords = settings == null
                ? 1
                : (int) Math.min(settings.tempo().batchSize(), settings.limits().queueRecords());
        this.mostBytes = settings == null
                ? 1
                : Math.min(settings.limits().batchBytes(), settings.limits().queueBytes());
    }

    /** Another record. @return the batch that is full with it; empty when none is */
    List<Quarantined> add(Quarantined one) {
        some = true;
        unsent.add(one.id());
        Gathered batch = gathered.computeIfAbsent(one.by(), id -> new Gathered());
        batch.records.add(one);
        batch.bytes += one.record().approximateSize();
        boolean full = batch.records.size() >= mostRecords || batch.bytes >= mostBytes;
        return full ? gathered.remove(one.by()).records : List.of();
    }

    /** The batches that are not full. */
    List<List<Quarantined>> rest() {
        return gathered.values().stream().map(batch -> batch.records).toList();
    }

    /** From now on who sends them says what becomes of them. */
    void sending(Collection<String> ids) {
        ids.forEach(unsent::remove);
    }

    Set<String> unsent() {
        return unsent;
    }

    void arrived(int records) {
        through += records;
    }

    int through() {
        return through;
    }

    /** Somebody else is replaying one. */
    void passedOver() {
        passedOver = true;
    }

    void requireSome() {
        if (!some && passedOver) {
            throw new IllegalStateException("all of them are being replayed already: wait until they have arrived");
        }
    }

    long nanosLeft() {
        return end - System.nanoTime();
    }
}
