// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.format.Formats;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.ParsedFile;
import org.snakepipe.environment.internal.source.Placement;
import org.snakepipe.environment.internal.source.Placements;

/**
 * What one file says by itself, before any layer: for tools that write files. Immutable.
 *
 * @param values      id to key to value as it is written, both in the order of the file
 * @param description what it says of its environment; empty when it describes none
 * @param problems    what is wrong with it as a text
 */
public record WrittenFile(
        Map<ConfigId, Map<String, ConfigValue>> values, Map<String, ConfigValue> description, List<Problem> problems) {
    /** Copies the outer map and the list; nobody may change the inner maps. */
    public WrittenFile {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        description = Collections.unmodifiableMap(description);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file.
     *
     * @param path    relative to the configuration directory, with {@code /}
     * @param content of the file
     * @return what it says; empty when files of that name, or in that place, are not read. Of a file that cannot be read there
     *     is a problem and nothing else
     */
    public static Optional<WrittenFile> read(String path, byte[] content) {
        Placement placement = Placements.of(path);
        if (placement.place() == null) {
            return Optional.empty();
        }
        ParsedFile parsed = Formats.parse(placement.place(), content);
        Map<ConfigId, Map<String, ConfigValue>> values = new LinkedHashMap<>();
        parsed.blocks().forEach(block -> values.put(block.id(), block.values()));
        return Optional.of(
                new WrittenFile(values, parsed.description().map(Block::values).orElse(Map.of()), parsed.problems()));
    }
}
