// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;

/** What one attempt at a share of a batch has changed so far. Seen by the attempt alone until it has passed. Used by one thread. */
public final class Changes {
    private final long generation;
    private final List<Update> log = new ArrayList<>();
    private final Map<ConfigId, Map<String, Update>> last = new HashMap<>();
    private final Map<ConfigId, Long> grown = new HashMap<>();

    /** @param generation of the states when the attempt began */
    Changes(long generation) {
        this.generation = generation;
    }

    /**
     * What a part did that is not done again when the attempt is repeated.
     *
     * @param updates in order
     */
    public record Done(List<?> updates) {}

    long generation() {
        return generation;
    }

    /** @param growth of what the part keeps, in bytes */
    void add(Update update, long growth) {
        log.add(update);
        grown.merge(update.part(), growth, Long::sum);
        last.computeIfAbsent(update.part(), id -> new HashMap<>()).put(update.key(), update);
    }

    /** The last change of a key; {@code null} when there is none. */
    Update find(ConfigId part, String key) {
        return last.getOrDefault(part, Map.of()).get(key);
    }

    /** By how much the changes make larger what a part keeps: bytes, may be negative. */
    long growth(ConfigId part) {
        return grown.getOrDefault(part, 0L);
    }

    /** The last change of each key of a part. */
    Iterable<Update> of(ConfigId part) {
        return last.getOrDefault(part, Map.of()).values();
    }

    List<Update> log() {
        return List.copyOf(log);
    }

    /**
     * How much has been changed so far.
     *
     * @return for {@link #since}
     */
    public int mark() {
        return log.size();
    }

    /**
     * What has been changed since.
     *
     * @param mark from {@link #mark}
     * @return the changes
     */
    public Done since(int mark) {
        return new Done(List.copyOf(log.subList(mark, log.size())));
    }

    /**
     * Takes over what an earlier attempt did, and this one passes over.
     *
     * @param done from {@link #since}
     */
    public void repeat(Done done) {
        // What they take was allowed when they were made.
        done.updates().forEach(update -> add((Update) update, 0));
    }
}
