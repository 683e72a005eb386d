// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;

/** Makes records of what was read from one file. */
final class Documents {
    private final String name;
    private final Format.Settings settings;
    private final String defaultKey;

    /** @param defaultKey the key where no field is named; empty for none */
    Documents(String name, Format.Settings settings, String defaultKey) {
        this.name = name;
        this.settings = settings;
        this.defaultKey = defaultKey;
    }

    /** A record of a document. @param line where it stands; 0 when it is the whole file */
    Record record(Map<String, ?> document, byte[] raw, long line) {
        Record record = meta(Record.of(document), line);
        String key = settings.keyField().isEmpty() ? defaultKey : key(document);
        Record keyed = key.isEmpty() ? record : record.withKey(key);
        return raw == null ? keyed : keyed.withRaw(raw);
    }

    private Record meta(Record record, long line) {
        Record placed = record.withMeta("file", name);
        Record lined = line == 0 ? placed : placed.withMeta("line", Long.toString(line));
        return settings.recordType().isEmpty() ? lined : lined.withMeta(Record.TYPE, settings.recordType());
    }

    private String key(Map<String, ?> document) {
        Object value = document;
        for (String part : settings.keyField().split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return value == null ? "" : value.toString();
    }

    /** What is no document. */
    Rejection rejection(byte[] raw, long line, String reason) {
        Record record = meta(Record.of(Map.of()), line).withRaw(raw);
        return new Rejection(record, name + (line == 0 ? "" : ":" + line) + ": " + reason);
    }

    /** Why a text is no JSON, with its place in the text. */
    static String reason(IOException e, long line) {
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            String place = (line == 0 ? "line " + json.getLocation().getLineNr() + ", " : "") + "column "
                    + json.getLocation().getColumnNr();
            return "is no JSON: " + place + ": " + json.getOriginalMessage();
        }
        return "is no JSON: " + e.getMessage();
    }

    static Object parse(byte[] bytes) throws IOException {
        return JSON.std.anyFrom(bytes);
    }

    static boolean isTooLarge(long size, Format.Settings settings) {
        return size > settings.largest();
    }

    static String tooLarge(long size, Format.Settings settings) {
        return "has " + size + " bytes (allowed: at most " + settings.largest() + ", see max.document.bytes)";
    }
}
