// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.file.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.pipeline.Record;

/** Records as lines of JSON. Times are text as in ISO 8601, bytes are base64. */
final class JsonLines {
    private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds one line. What the record holds must be a value that records may hold. */
    void add(Record record) throws IOException {
        byte[] line = WRITER.asBytes(plain(record.value()));
        out.write(line);
        out.write('\n');
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    boolean isEmpty() {
        return out.size() == 0;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonLines::plain).toList();
        }
        if (value instanceof TemporalAccessor || value instanceof TemporalAmount) {
            return value.toString();
        }
        return value;
    }
}
