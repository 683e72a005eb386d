// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A rejected record that a pipeline keeps. Immutable.
 *
 * @param id      names it within its pipeline, for {@link Pipelines#replay}
 * @param time    when it was rejected
 * @param by      id of the source, transform or sink that rejected it
 * @param reason  a sentence for people
 * @param key     key of the record; empty when it has none
 * @param meta    what is known about the record beside its fields
 * @param content the bytes it was read from as UTF-8 text, or its fields when they are not known; may be confidential
 */
public record QuarantinedRecord(
        String id, Instant time, String by, String reason, String key, Map<String, String> meta, String content) {
    /** Copies the map. */
    public QuarantinedRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(key, "key");
        meta = Map.copyOf(meta);
        Objects.requireNonNull(content, "content");
    }
}
