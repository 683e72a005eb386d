// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;

/** Makes records of what was read from one file. */
final class Documents {
    /** How large a document may be, and so a text in it, is configured: the limit of Jackson, 20 million characters, is not asked. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Jackson says where something began, and that it does not show it. */
    private static final Pattern REDACTED = Pattern.compile(" \\(start marker at \\[Source: REDACTED[^\\]]*\\]\\)");

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
            return "is no JSON: " + place + ": "
                    + REDACTED.matcher(json.getOriginalMessage()).replaceAll("");
        }
        return "is no JSON: " + e.getMessage();
    }

    /** The one value of a text. */
    static Object parse(byte[] bytes) throws IOException {
        try (JsonParser parser = parser(bytes)) {
            checkNotEmpty(parser.nextToken());
            Object value = JSON.std.anyFrom(parser);
            checkIsLast(parser);
            return value;
        }
    }

    /** Whether a text is a list. Checks a list as a whole, and takes no memory for what is in it. */
    static boolean isList(byte[] bytes) throws IOException {
        try (JsonParser parser = parser(bytes)) {
            JsonToken first = parser.nextToken();
            checkNotEmpty(first);
            if (first != JsonToken.START_ARRAY) {
                return false;
            }
            parser.skipChildren();
            checkIsLast(parser);
            return true;
        }
    }

    /** Twice the same field is a mistake, as it cannot be said which is meant. */
    static JsonParser parser(byte[] bytes) throws IOException {
        return FACTORY.createParser(bytes);
    }

    private static void checkNotEmpty(JsonToken first) throws IOException {
        if (first == null) {
            throw new IOException("it is empty");
        }
    }

    /** What follows would be lost in silence. */
    private static void checkIsLast(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new JsonParseException(
                    parser, "more follows after the document; format = ndjson reads a document per line");
        }
    }

    static boolean isTooLarge(long size, Format.Settings settings) {
        return size > settings.largest();
    }

    static String tooLarge(long size, Format.Settings settings) {
        return "has " + size + " bytes (allowed: at most " + settings.largest() + ", see max.document.bytes)";
    }
}
