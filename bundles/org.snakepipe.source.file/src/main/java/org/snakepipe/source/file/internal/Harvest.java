// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;

/** What one poll gathers. Full when it has as many as were asked for, or when what it has takes much memory. */
final class Harvest {
    /** The engine asks for up to 10,000 at once, and these may be large. */
    private static final long MOST_BYTES = 4L << 20;

    private final int max;
    private final List<Record> records = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private long bytes;

    Harvest(int max) {
        this.max = max;
    }

    void add(Record record) {
        records.add(record);
        bytes += record.approximateSize();
    }

    void add(Rejection rejection) {
        rejections.add(rejection);
        bytes += rejection.record().approximateSize();
    }

    boolean isFull() {
        return records.size() + rejections.size() >= max || bytes >= MOST_BYTES;
    }

    List<Record> records() {
        return records;
    }

    List<Rejection> rejections() {
        return rejections;
    }
}
