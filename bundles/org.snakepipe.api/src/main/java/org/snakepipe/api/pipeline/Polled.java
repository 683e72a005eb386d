// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.util.List;
import java.util.Objects;

/**
 * What one {@link SourceReader#poll} found. Immutable.
 */
public final class Polled {
    private static final Polled NOTHING = new Polled(List.of(), List.of(), Position.START, false);
    private static final Polled END = new Polled(List.of(), List.of(), Position.START, true);

    private final List<Record> records;
    private final List<Rejection> rejections;
    private final Position progress;
    private final boolean end;

    private Polled(List<Record> records, List<Rejection> rejections, Position progress, boolean end) {
        this.records = List.copyOf(records);
        this.rejections = List.copyOf(rejections);
        this.progress = Objects.requireNonNull(progress, "progress");
        this.end = end;
    }

    /**
     * Nothing yet; there may be more later.
     *
     * @return an empty result
     */
    public static Polled nothing() {
        return NOTHING;
    }

    /**
     * Nothing, and there will never be more: a finite source has been read to its end.
     *
     * @return an empty result that says so
     */
    public static Polled end() {
        return END;
    }

    /**
     * Some records.
     *
     * @param records    in the order in which they were read
     * @param rejections what could not be read as a record; its {@link Record#raw()} has the bytes
     * @param progress   the partitions that moved, as they are once all of these records are acknowledged
     * @return the result
     */
    public static Polled of(List<Record> records, List<Rejection> rejections, Position progress) {
        return new Polled(records, rejections, progress, false);
    }

    /**
     * The records.
     *
     * @return unmodifiable; may be empty
     */
    public List<Record> records() {
        return records;
    }

    /**
     * What could not be read as a record.
     *
     * @return unmodifiable; may be empty
     */
    public List<Rejection> rejections() {
        return rejections;
    }

    /**
     * The progress that acknowledging this result means.
     *
     * @return only the partitions that moved
     */
    public Position progress() {
        return progress;
    }

    /**
     * Tells whether the source has ended for good.
     *
     * @return {@code true} when nothing will ever come
     */
    public boolean isEnd() {
        return end;
    }
}
