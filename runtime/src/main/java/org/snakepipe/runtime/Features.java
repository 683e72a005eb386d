// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The bundles that the feature files of a directory name. The format is that of OSGi features, of which {@code bundles} with
 * {@code id} and {@code start-level} are read; everything else is for people and tools.
 *
 * <p>Source: OSGi Compendium 8.1, 159 (Feature Service Specification).
 */
public final class Features {
    private static final Pattern ARTIFACT = Pattern.compile("[\\w.-]+(:[\\w.-]+){2,4}");
    private static final int HIGHEST = 5;

    /**
     * One bundle.
     *
     * @param id         Maven coordinates, {@code group:artifact[:type[:classifier]]:version}
     * @param startLevel from 1 to 5
     */
    public record Entry(String id, int startLevel) {
        /**
         * The name of its file in the distribution.
         *
         * @return as Maven names it
         */
        public String fileName() {
            String[] parts = id.split(":");
            String type = parts.length > 3 ? parts[2] : "jar";
            String classifier = parts.length > 4 ? "-" + parts[3] : "";
            return parts[1] + "-" + parts[parts.length - 1] + classifier + "." + type;
        }
    }

    private Features() {}

    /**
     * Reads all feature files of a directory.
     *
     * @param directory holds {@code *.json}
     * @return the bundles, in the order of the names of the files and then of the lists
     * @throws IOException if a file cannot be read or is no feature file; the message names it
     */
    public static List<Entry> read(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(path -> path.toString().endsWith(".json")).sorted().toList();
        }
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            try {
                Map<String, Object> feature = JSON.std.mapFrom(Files.readString(file));
                for (Object bundle : list(feature.get("bundles"))) {
                    entries.add(entry(bundle));
                }
            } catch (JsonProcessingException e) {
                throw new IOException(
                        file + ":" + e.getLocation().getLineNr() + ": is no JSON: " + e.getOriginalMessage(), e);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        return entries;
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("has no list 'bundles'");
    }

    private static Entry entry(Object value) {
        if (!(value instanceof Map<?, ?> bundle)
                || !(bundle.get("id") instanceof String id)
                || !(bundle.get("start-level") instanceof Integer level)) {
            throw new IllegalArgumentException(
                    "'" + value + "' is no bundle (allowed: {\"id\": \"group:artifact:version\", \"start-level\": 1})");
        }
        if (!ARTIFACT.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' is no artifact (allowed: group:artifact:version)");
        }
        if (level < 1 || level > HIGHEST) {
            throw new IllegalArgumentException(id + ": start-level " + level + " (allowed: 1 to " + HIGHEST + ")");
        }
        return new Entry(id, level);
    }
}
