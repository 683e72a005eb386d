// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** Values of records as JDBC takes them. */
final class SqlValues {
    private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private SqlValues() {}

    /** Lists and maps become JSON, instants become times with an offset; all others are taken by JDBC 4.2 as they are. */
    static Object of(Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof ZonedDateTime time) {
            return time.toOffsetDateTime();
        }
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            try {
                return WRITER.asString(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return value;
    }
}
