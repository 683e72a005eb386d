// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.WrittenFile;
import org.snakepipe.schema.JsonSchemaExport;
import org.snakepipe.schema.Schema;
import org.snakepipe.validation.edit.NewFile;

/** What plugins say may be configured. Not thread-safe. */
public final class SchemaVerbs {
    private final Workspace workspace;

    /**
     * For one directory and the plugins it is for.
     *
     * @param workspace the directory
     */
    public SchemaVerbs(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * A file with everything that may be configured.
     *
     * @param id of the configuration that is to be made
     * @return its text
     * @throws IllegalArgumentException if no plugin knows the PID, or the id is none
     */
    public String newFile(String id) {
        ConfigId parsed = ConfigId.parse(id);
        return NewFile.text(parsed, known(parsed.pid()));
    }

    /**
     * Looks whether a layer has a configuration already, in whatever form.
     *
     * @param id        of the configuration
     * @param directory of the layer: {@code base} or {@code environments/NAME}
     * @return where it is written
     */
    public Optional<Origin> written(String id, String directory) {
        ConfigId parsed = ConfigId.parse(id);
        String flat = directory.substring(directory.lastIndexOf('/') + 1);
        for (Map.Entry<String, byte[]> file : workspace.contents().entrySet()) {
            String path = file.getKey();
            boolean inLayer = path.startsWith(directory + "/") || path.matches(Pattern.quote(flat) + "\\.(yaml|json)");
            Optional<Map<String, ConfigValue>> values = inLayer
                    ? WrittenFile.read(path, file.getValue())
                            .map(written -> written.values().get(parsed))
                    : Optional.empty();
            if (values.isPresent()) {
                return Optional.of(values.get().values().stream()
                        .findFirst()
                        .map(ConfigValue::origin)
                        .orElse(new Origin("", path, 0, 0)));
            }
        }
        return Optional.empty();
    }

    private Schema known(String pid) {
        Map<String, Schema> schemas = workspace.schemas();
        Schema schema = schemas.get(pid);
        if (schema == null) {
            List<String> near = Suggestions.nearest(pid, schemas.keySet());
            throw new UnknownNameException("no plugin knows the PID " + pid
                    + (near.isEmpty()
                            ? " (known: " + String.join(", ", schemas.keySet()) + ")"
                            : ", did you mean " + String.join(" or ", near) + "?"));
        }
        return schema;
    }

    /**
     * JSON Schema.
     *
     * @param pid one PID; empty for files that hold several configurations
     * @return a tree
     * @throws IllegalArgumentException if no plugin knows the PID
     */
    public Map<String, Object> schema(String pid) {
        return pid.isEmpty()
                ? JsonSchemaExport.of(workspace.schemas().values(), JsonSchemaExport.Extent.LAYER)
                : JsonSchemaExport.of(known(pid), JsonSchemaExport.Extent.WHOLE);
    }

    /**
     * All of them.
     *
     * @param pid one PID; empty for all, and {@code snakepipe} for files that hold several configurations
     * @return PID to tree
     * @throws IllegalArgumentException if no plugin knows the PID
     */
    public Map<String, Map<String, Object>> schemas(String pid) {
        if (!pid.isEmpty()) {
            return Map.of(pid, schema(pid));
        }
        Map<String, Map<String, Object>> all = new TreeMap<>(Map.of("snakepipe", schema("")));
        workspace.schemas().keySet().forEach(known -> all.put(known, schema(known)));
        return all;
    }
}
