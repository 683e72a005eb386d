// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakepipe.schema.internal.export.ConfigurationSchema;
import org.snakepipe.schema.internal.export.FilesSchema;

/**
 * Writes schemas as JSON Schema 2020-12: for editors, for CI, and for tools of others. Without state; from any thread.
 *
 * <p>The result is a tree of maps, lists, texts, numbers and Booleans, in an order for people; whoever wants it prints it. It
 * names no address but that of the dialect.
 *
 * <p>{@link Extent#WHOLE} says what {@link SchemaValidator} says of the same values, typed as JSON types them. A test compares
 * the two over thousands of documents. They differ in this:
 *
 * <ul>
 *   <li>A text is no number, no Boolean and no list: {@code "12"}, {@code "5s"}, {@code "a, b"}. The validator reads them.
 *   <li>{@code 1.0} is an integer in JSON Schema, and none for the validator.
 *   <li>Of {@code @Format}, only {@code port} and that a path is not empty are checked; {@code uri} is an annotation, the
 *       others stand in {@code x-format}.
 *   <li>A {@code @Pattern} that only Java understands stands in {@code x-java-pattern}, and is not checked.
 *   <li>Lengths count code points, those of the validator UTF-16 units.
 *   <li>A number of 32 bits is compared before it is rounded, and not after.
 *   <li>White space is that of ASCII, and counts around characters and ids too.
 *   <li>Of a reference, its form and its family are checked; whether it is there, and rules, concern several configurations.
 * </ul>
 *
 * <p>{@link Extent#LAYER} is wider: it takes all that may be right in one of several files, and what it takes may yet be wrong.
 */
public final class JsonSchemaExport {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String URN = "urn:snakepipe:";

    private JsonSchemaExport() {}

    /** What a document holds. */
    public enum Extent {
        /**
         * All there is: what all layers come to, with resolved values. Required keys have to be there; numbers are numbers,
         * also those with a unit. A key that is secret may hold a word.
         */
        WHOLE,
        /**
         * What one layer says, as it is written in YAML and JSON. Any key may be in another layer. A value may hold words, be a
         * text that is read as a number, and have a unit; keys may be nested, a list may be a text with commas.
         */
        LAYER
    }

    /**
     * Describes one configuration of a PID.
     *
     * @param schema the PID
     * @param extent what a document holds
     * @return a JSON Schema whose instances are objects with keys; the caller owns it
     */
    public static Map<String, Object> of(Schema schema, Extent extent) {
        Map<String, Object> keywords = head(schema.pid(), extent);
        keywords.putAll(new ConfigurationSchema(schema, extent, "#").keywords());
        return keywords;
    }

    /**
     * Describes documents that hold configurations by their ids, such as {@code base.yaml}. PIDs that are not among the schemas
     * are allowed, as their plugin may come later. With {@link Extent#LAYER} there may be {@code $schema}, {@code environment}
     * and {@code properties} too.
     *
     * @param schemas at most one per PID
     * @param extent  what a document holds
     * @return a JSON Schema whose instances are objects with ids; the caller owns it
     */
    public static Map<String, Object> of(Collection<Schema> schemas, Extent extent) {
        Map<String, Object> keywords = head("configuration", extent);
        keywords.put("title", "Snake Pipe configuration");
        keywords.putAll(new FilesSchema(schemas, extent).keywords());
        return keywords;
    }

    private static Map<String, Object> head(String name, Extent extent) {
        Map<String, Object> keywords = new LinkedHashMap<>();
        keywords.put("$schema", DIALECT);
        keywords.put("$id", URN + name + (extent == Extent.LAYER ? ":layer" : ""));
        return keywords;
    }
}
