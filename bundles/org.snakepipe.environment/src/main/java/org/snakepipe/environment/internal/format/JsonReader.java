// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.snakepipe.environment.internal.format.Node.Scalar;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;
import org.snakepipe.environment.internal.source.UnreadableFileException;

/** Reads JSON with comments, as OSGi allows them, into a document. Numbers are {@link Number}s, truths Booleans. */
final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Node.MOST_DEPTH + 1)
                    .maxStringLength(TextFile.MAX_BYTES)
                    .build())
            .build();

    private JsonReader() {}

    /** The document; {@code null} when the text holds nothing but comments. */
    static Node read(Place place, String text) throws UnreadableFileException {
        NodeBuilder builder = new NodeBuilder(place);
        try (JsonParser parser = FACTORY.createParser(text)) {
            read(parser, builder);
            return builder.root();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory was read", e);
        }
    }

    private static void read(JsonParser parser, NodeBuilder builder) throws IOException, UnreadableFileException {
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                take(parser, token, builder);
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw builder.unreadable(
                    "json.syntax",
                    "this is no JSON: " + JsonFaults.found(e.getOriginalMessage()),
                    Math.max(1, at.getLineNr()),
                    Math.max(1, at.getColumnNr()));
        }
    }

    private static void take(JsonParser parser, JsonToken token, NodeBuilder builder)
            throws IOException, UnreadableFileException {
        int line = parser.currentTokenLocation().getLineNr();
        int column = parser.currentTokenLocation().getColumnNr();
        switch (token) {
            case START_OBJECT, START_ARRAY -> builder.open(token == JsonToken.START_OBJECT, line, column);
            case END_OBJECT, END_ARRAY -> builder.close();
            case FIELD_NAME -> builder.scalar(new Scalar(parser.currentName(), line, column));
            case VALUE_STRING -> builder.scalar(new Scalar(parser.getText(), line, column));
            case VALUE_TRUE, VALUE_FALSE -> builder.scalar(new Scalar(token == JsonToken.VALUE_TRUE, line, column));
            case VALUE_NULL -> builder.scalar(new Scalar(null, line, column));
            case VALUE_NUMBER_INT -> builder.scalar(new Scalar(integer(parser.getNumberValue()), line, column));
            case VALUE_NUMBER_FLOAT -> builder.scalar(new Scalar(decimal(parser, builder, line, column), line, column));
            default -> throw new IllegalStateException("a blocking parser gave " + token);
        }
    }

    private static Number integer(Number number) {
        return number instanceof Integer ? (Number) number.longValue() : number;
    }

    private static Double decimal(JsonParser parser, NodeBuilder builder, int line, int column)
            throws IOException, UnreadableFileException {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw builder.unreadable("json.number", "the number does not fit into a double", line, column);
        }
        return value;
    }
}
