// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.JsonSchemaExport.Extent;
import org.snakepipe.schema.Schema;

/** The JSON Schema of documents that hold configurations by their ids. Immutable. */
public final class FilesSchema {
    private static final String DEFINITIONS = "#/$defs/";

    private final List<Schema> schemas;
    private final Extent extent;

    /** Of these PIDs, and of those that nobody knows yet. */
    public FilesSchema(Collection<Schema> schemas, Extent extent) {
        this.schemas =
                schemas.stream().sorted(Comparator.comparing(Schema::pid)).toList();
        this.extent = extent;
    }

    /** The keywords. */
    public Map<String, Object> keywords() {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> patterns = new LinkedHashMap<>();
        Map<String, Object> definitions = new LinkedHashMap<>();
        if (extent == Extent.LAYER) {
            describeFile(properties, patterns, definitions);
        }
        for (Schema schema : schemas) {
            String place = DEFINITIONS + schema.pid();
            definitions.put(schema.pid(), new ConfigurationSchema(schema, extent, place).keywords());
            String pid = Regexes.quoted(schema.pid());
            if (!schema.traits().reserved().isEmpty()) {
                patterns.put("^" + pid + "(?:~.+)?$", Map.of("$ref", place));
            } else if (schema.isFactory()) {
                patterns.put("^" + pid + "~.+$", Map.of("$ref", place));
                patterns.put("^" + pid + "$", never("There may be several: write " + schema.pid() + "~NAME."));
            } else {
                properties.put(schema.pid(), Map.of("$ref", place));
                patterns.put("^" + pid + "~", never("There is one only: write " + schema.pid() + "."));
            }
        }
        Map<String, Object> keywords = new LinkedHashMap<>();
        keywords.put("type", "object");
        keywords.put("properties", properties);
        keywords.put("patternProperties", patterns);
        keywords.put("additionalProperties", other());
        keywords.put("$defs", definitions);
        return keywords;
    }

    /** A PID that no plugin knows waits for one. */
    private Map<String, Object> other() {
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("description", "A PID that is not known here: it waits for its plugin.");
        other.put("type", extent == Extent.LAYER ? List.of("object", "null") : "object");
        return other;
    }

    private static Map<String, Object> never(String why) {
        Map<String, Object> never = new LinkedHashMap<>();
        never.put("description", why);
        never.put("not", Map.of());
        return never;
    }

    private static void describeFile(
            Map<String, Object> properties, Map<String, Object> patterns, Map<String, Object> definitions) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("description", "The JSON Schema that editors use. Snake Pipe passes it over.");
        own.put("type", "string");
        properties.put("$schema", own);
        definitions.put(
                ENVIRONMENT.pid(),
                new ConfigurationSchema(ENVIRONMENT, Extent.LAYER, DEFINITIONS + ENVIRONMENT.pid()).keywords());
        properties.put(ENVIRONMENT.pid(), Map.of("$ref", DEFINITIONS + ENVIRONMENT.pid()));
        Map<String, Object> shared = new LinkedHashMap<>();
        shared.put("description", "Values for $[prop:NAME]; no configuration of anything.");
        shared.put("type", List.of("object", "null"));
        properties.put("properties", shared);
        patterns.put("^:configurator:", true);
    }

    /** What describes an environment, in {@code NAME.yaml}. */
    private static final Schema ENVIRONMENT = new Schema(
            "environment",
            false,
            "Environment",
            "What this environment is; allowed in NAME.yaml only.",
            List.of(
                    environment("extends", Type.STRING, Integer.MIN_VALUE, "The environments that this one stands on."),
                    environment("description", Type.STRING, 0, "For people."),
                    environment("protected", Type.BOOLEAN, 0, "true: a change waits until somebody confirms it."),
                    environment(
                            "auto.apply",
                            Type.BOOLEAN,
                            0,
                            "true: a change goes live without confirmation although the environment is protected."),
                    environment(
                            "unchecked.pids",
                            Type.STRING,
                            Integer.MIN_VALUE,
                            "PIDs of third parties that are published although no schema knows them.")));

    private static Attribute environment(String key, Type type, int cardinality, String description) {
        return new Attribute(
                key,
                type,
                cardinality,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "",
                description);
    }
}
