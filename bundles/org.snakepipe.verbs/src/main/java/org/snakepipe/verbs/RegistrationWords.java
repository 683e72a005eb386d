// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;

/**
 * What the words behind {@code plugin:register} and its like mean. The first is a jar, as is each that ends with {@code .jar};
 * others, and what is a directory, are places where something that is missing may lie. Each {@code --config} is followed by a file
 * that is copied into {@code config/base/}, or by an ID, or a path below {@code config/}, and the values of the file that it names.
 *
 * @param jars          absolute paths
 * @param directories   absolute paths
 * @param configuration path below the configuration directory to what is to be there
 */
record RegistrationWords(List<Path> jars, List<Path> directories, Map<String, Optional<String>> configuration) {
    static final String CONFIG = "--config";
    private static final String JAR = ".jar";
    private static final String FILE = ".cfg";
    private static final String BASE = "base/";

    /**
     * Reads them, and the files that they name as configuration.
     *
     * @throws IllegalArgumentException if they cannot be understood, or a file cannot be read
     */
    static RegistrationWords of(List<String> words) {
        int end = words.indexOf(CONFIG);
        List<Path> jars = new ArrayList<>();
        List<Path> directories = new ArrayList<>();
        for (String word : words.subList(0, end < 0 ? words.size() : end)) {
            Path path = Path.of(word).toAbsolutePath();
            boolean jar = word.endsWith(JAR) || jars.isEmpty() && directories.isEmpty();
            (jar && !Files.isDirectory(path) ? jars : directories).add(path);
        }
        Map<String, Optional<String>> configuration = new TreeMap<>();
        while (end >= 0) {
            List<String> rest = words.subList(end + 1, words.size());
            int next = rest.indexOf(CONFIG);
            add(next < 0 ? rest : rest.subList(0, next), configuration);
            end = next < 0 ? next : end + 1 + next;
        }
        return new RegistrationWords(jars, directories, configuration);
    }

    /** The same, and there is something to register. */
    RegistrationWords requireJar() {
        if (jars.isEmpty()) {
            throw new IllegalArgumentException("there is no jar among " + directories + ": name the file that is to be"
                    + " registered, " + directories.get(0) + "/NAME.jar");
        }
        return this;
    }

    private static void add(List<String> words, Map<String, Optional<String>> configuration) {
        if (words.isEmpty() || words.get(0).indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    CONFIG + " is followed by " + (words.isEmpty() ? "nothing" : words.get(0))
                            + " (allowed: a file, or an ID like snakepipe.sink.file~audit and KEY=VALUE...)");
        }
        String name = words.get(0);
        String path;
        String text;
        if (words.size() == 1) {
            Path file = Path.of(name).toAbsolutePath();
            path = BASE + file.getFileName();
            text = read(file);
        } else {
            path = name.indexOf('/') >= 0 ? name : BASE + ConfigId.parse(withoutEnd(name)) + FILE;
            text = text(words.subList(1, words.size()));
        }
        if (configuration.put(path, Optional.of(text)) != null) {
            throw new IllegalArgumentException(CONFIG + " names config/" + path + " twice; say it once");
        }
    }

    private static String withoutEnd(String name) {
        return name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
    }

    private static String text(List<String> values) {
        StringBuilder text = new StringBuilder();
        for (String value : values) {
            int at = value.indexOf('=');
            if (at <= 0) {
                throw new IllegalArgumentException(
                        "there is a word too many behind " + CONFIG + ": '" + value + "' (allowed: KEY=VALUE)");
            }
            text.append(value, 0, at)
                    .append(" = ")
                    .append(value.substring(at + 1))
                    .append('\n');
        }
        return text.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is no text in UTF-8; it is no configuration", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read (" + e + "): name a file, or an ID and KEY=VALUE...", e);
        }
    }
}
