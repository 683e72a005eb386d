// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a source has been read: an offset for each of its partitions (a file, a table, a topic partition). Immutable.
 *
 * <p>The engine adds up the progress of acknowledged records, writes the sum to disk and hands it to the next
 * {@link Source#open}. It never looks into partitions and offsets.
 */
public final class Position {
    /** Nothing has been read. */
    public static final Position START = new Position(new TreeMap<>());

    private final TreeMap<String, String> offsets;

    private Position(TreeMap<String, String> offsets) {
        this.offsets = offsets;
    }

    /**
     * A position from its parts.
     *
     * @param offsets partition to offset; an empty offset means: forget the partition
     * @return the position
     */
    public static Position of(Map<String, String> offsets) {
        return offsets.isEmpty() ? START : new Position(new TreeMap<>(offsets));
    }

    /**
     * This position after some progress.
     *
     * @param progress the partitions that moved; an empty offset removes the partition
     * @return the sum; the receiver when there is no progress
     */
    public Position plus(Position progress) {
        if (progress.offsets.isEmpty()) {
            return this;
        }
        TreeMap<String, String> sum = new TreeMap<>(offsets);
        progress.offsets.forEach((partition, offset) -> {
            if (offset.isEmpty()) {
                sum.remove(partition);
            } else {
                sum.put(partition, offset);
            }
        });
        return new Position(sum);
    }

    /**
     * The parts.
     *
     * @return partition to offset, sorted by partition, unmodifiable
     */
    public Map<String, String> offsets() {
        return Collections.unmodifiableMap(offsets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position && position.offsets.equals(offsets);
    }

    @Override
    public int hashCode() {
        return offsets.hashCode();
    }

    @Override
    public String toString() {
        return offsets.toString();
    }
}
