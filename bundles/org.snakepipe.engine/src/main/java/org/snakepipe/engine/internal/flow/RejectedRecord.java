// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;

/** A rejected record as a record of its own: why, by whom, and everything that is known of it. */
final class RejectedRecord {
    /** Its type, for sinks that take only some. */
    static final String TYPE = "rejected";

    private RejectedRecord() {}

    static Record record(String pipeline, ConfigId by, Rejection rejection) {
        Record rejected = rejection.record();
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("pipeline", pipeline);
        value.put("rejected_by", by.toString());
        value.put("reason", rejection.reason());
        value.put("time", Instant.now());
        value.put("key", rejected.key().orElse(null));
        value.put("op", rejected.op().name());
        value.put("meta", rejected.meta());
        rejected.raw().ifPresentOrElse(raw -> value.put("raw", text(raw)), () -> value.put("value", rejected.value()));
        return Record.of(value).withMeta(Record.TYPE, TYPE);
    }

    /** The bytes as text when they are UTF-8, else as they are. */
    private static Object text(byte[] raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            return raw;
        }
    }
}
