// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The feature files of a directory: which bundles make a capability, and the start level of each. The shape is that of the
 * OSGi Feature Service (Compendium R8, chapter 159), the part of it that is used here; everything else is an error, since a
 * line that is passed over is a bundle that is missing.
 */
public final class Features {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern ID = Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.-]+");

    private final Path file;
    private final JsonParser parser;
    private final List<FeatureBundle> bundles = new ArrayList<>();

    private Features(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads all files {@code *.json} of a directory.
     *
     * @param directory where they are
     * @return the bundles, in the order of file names and, within a file, of its list
     * @throws IOException if a file cannot be read, says something that is not understood, or a bundle is listed twice; the
     *                     message names file and line
     */
    public static List<FeatureBundle> read(Path directory) throws IOException {
        Map<String, FeatureBundle> known = new HashMap<>();
        List<FeatureBundle> all = new ArrayList<>();
        for (Path file : files(directory)) {
            for (FeatureBundle bundle : readFile(file)) {
                FeatureBundle first = known.putIfAbsent(bundle.fileName(), bundle);
                if (first != null) {
                    throw new IOException(
                            bundle.origin() + ": " + bundle.id() + " is listed already, in " + first.origin());
                }
                all.add(bundle);
            }
        }
        return List.copyOf(all);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> files = all.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new IOException("no feature file (*.json) in " + directory);
            }
            return files;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no directory of feature files " + directory, e);
        }
    }

    private static List<FeatureBundle> readFile(Path file) throws IOException {
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            Features features = new Features(file, parser);
            features.feature();
            return features.bundles;
        } catch (StreamReadException e) {
            throw new IOException(file + ":" + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
        }
    }

    private void feature() throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "a feature, an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            switch (key) {
                case "feature-resource-version" -> {
                    if (!text(key).equals("1.0")) {
                        throw error(key + " = " + parser.getText() + " (allowed: 1.0)");
                    }
                }
                case "id", "name", "description" -> text(key);
                case "bundles" -> list();
                default ->
                    throw error("unknown key " + key
                            + " (allowed: feature-resource-version, id, name, description, bundles)");
            }
        }
        if (parser.nextToken() != null) {
            throw error("nothing may follow the feature");
        }
    }

    private void list() throws IOException {
        expect(parser.nextToken(), JsonToken.START_ARRAY, "a list of bundles");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "a bundle, an object with id and start-level");
            bundle();
        }
    }

    private void bundle() throws IOException {
        int line = parser.currentLocation().getLineNr();
        String id = null;
        int level = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            switch (key) {
                case "id" -> id = id(text(key));
                case "start-level" -> level = level();
                default -> throw error("unknown key " + key + " of a bundle (allowed: id, start-level)");
            }
        }
        if (id == null || level == 0) {
            throw error("a bundle needs " + (id == null ? "an id" : "a start-level"));
        }
        bundles.add(new FeatureBundle(id, level, file.getFileName() + ":" + line));
    }

    private String id(String text) throws IOException {
        if (!ID.matcher(text).matches()) {
            throw error("'" + text + "' is not an artifact (allowed: group:artifact:version)");
        }
        return text;
    }

    private int level() throws IOException {
        expect(parser.nextToken(), JsonToken.VALUE_NUMBER_INT, "a start-level");
        int level = parser.getIntValue();
        if (level < StartLevel.FOUNDATION || level > StartLevel.TOP) {
            throw error(
                    "start-level = " + level + " (allowed: " + StartLevel.FOUNDATION + " to " + StartLevel.TOP + ")");
        }
        return level;
    }

    private String text(String key) throws IOException {
        expect(parser.nextToken(), JsonToken.VALUE_STRING, key + ", a text");
        return parser.getText();
    }

    private void expect(JsonToken found, JsonToken allowed, String what) throws IOException {
        if (found != allowed) {
            throw error("expected " + what + ", found " + (found == null ? "the end" : parser.getText()));
        }
    }

    private IOException error(String message) {
        return new IOException(file + ":" + parser.currentLocation().getLineNr() + ": " + message);
    }
}
