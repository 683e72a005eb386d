// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.SourceReader;

/** A source in memory: so many records, as fast as somebody takes them. */
final class Numbers implements Source {
    private static final Map<String, Object> FIELDS =
            Map.of("id", "a-12345", "size", 12345, "text", "some text of a row");

    private final long end;
    private volatile long read;

    Numbers(long end) {
        this.end = end;
    }

    /** How many somebody has taken. */
    long read() {
        return read;
    }

    @Override
    public boolean isBounded() {
        return true;
    }

    @Override
    public SourceReader open(OpenContext context, Position from) {
        return new SourceReader() {
            private long next;

            @Override
            public Polled poll(int max, Duration wait) {
                if (next >= end) {
                    return Polled.end();
                }
                List<Record> found = new ArrayList<>(max);
                while (found.size() < max && next < end) {
                    found.add(Record.of(FIELDS));
                    next++;
                }
                read = next;
                return Polled.of(found, List.of(), Position.of(Map.of("numbers", Long.toString(next))));
            }

            @Override
            public void close() {}
        };
    }
}
