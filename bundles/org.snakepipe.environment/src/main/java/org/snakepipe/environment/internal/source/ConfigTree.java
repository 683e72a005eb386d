// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.internal.format.CfgFile;

/** Gives every file of the configuration directory its place, and says of every other file where it belongs. */
public final class ConfigTree {
    private static final String BASE = "base";
    private static final String SECRET_NAMES = "secrets.names";
    private static final String LOCAL = "local";
    private static final String ENVIRONMENTS = "environments";
    /** The environment that needs no directory. */
    private static final String ALWAYS_KNOWN = "dev";

    private static final String EXTENSION = ".cfg";
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    /** What a repository of configurations needs beside them. */
    private static final Set<String> NOTES = Set.of("README.md", ".gitignore", ".gitkeep", ".gitattributes");

    private final SortedMap<String, byte[]> files;
    private final Map<String, SortedMap<ConfigId, Place>> layers = new TreeMap<>();
    private final SortedMap<String, Place> descriptions = new TreeMap<>();
    private final SortedSet<String> environments = new TreeSet<>(Set.of(ALWAYS_KNOWN));
    private final List<Problem> problems = new ArrayList<>();

    private ConfigTree(Map<String, byte[]> files) {
        this.files = new TreeMap<>(files);
    }

    /** Sorts the files. */
    public static ConfigTree of(Map<String, byte[]> files) {
        ConfigTree tree = new ConfigTree(files);
        tree.files.keySet().forEach(tree::place);
        return tree;
    }

    /** What is wrong with the places of files. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The names of the environments that have a directory. */
    public SortedSet<String> environments() {
        return environments;
    }

    /** The files that describe environments, by the name of the environment. */
    public SortedMap<String, Place> descriptions() {
        return descriptions;
    }

    /** The files of the lowest layer. */
    public SortedMap<ConfigId, Place> base() {
        return layer(BASE);
    }

    /** The files of one environment alone. */
    public SortedMap<ConfigId, Place> environment(String name) {
        return layer(environmentLayer(name));
    }

    /** The files of this machine. */
    public SortedMap<ConfigId, Place> local() {
        return layer(LOCAL);
    }

    /** The names of secrets that the directory lists, one a line; empty when it lists none. */
    public Optional<SecretNames> secretNames() {
        byte[] bytes = files.get(SECRET_NAMES);
        if (bytes == null) {
            return Optional.empty();
        }
        return Optional.of(SecretNames.of(new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList()));
    }

    public CfgFile parse(Place place) {
        return CfgFile.parse(place, files.get(place.path()));
    }

    private SortedMap<ConfigId, Place> layer(String name) {
        return layers.getOrDefault(name, new TreeMap<>());
    }

    private static String environmentLayer(String name) {
        return "environment " + name;
    }

    private void place(String path) {
        String[] steps = path.split("/", -1);
        boolean inEnvironment = steps[0].equals(ENVIRONMENTS) && steps.length > 2;
        if (inEnvironment && ENVIRONMENT_NAME.matcher(steps[1]).matches()) {
            environments.add(steps[1]);
        }
        String file = steps[steps.length - 1];
        if (NOTES.contains(file) || path.equals(SECRET_NAMES)) {
            return;
        }
        if (inEnvironment) {
            placeInEnvironment(path, steps);
        } else if (steps.length > 1 && (steps[0].equals(BASE) || steps[0].equals(LOCAL))) {
            placeInLayer(path, steps[0], steps[0], path.substring(steps[0].length() + 1));
        } else {
            leaveOut(
                    path,
                    "file.place",
                    "it lies in no layer (allowed: base/, environments/NAME/, local/)" + move(file));
        }
    }

    private void placeInEnvironment(String path, String[] steps) {
        String name = steps[1];
        if (!ENVIRONMENT_NAME.matcher(name).matches()) {
            leaveOut(
                    path,
                    "file.place",
                    "'" + name + "' is not the name of an environment (allowed: letters, digits, '_', '.' and '-',"
                            + " the first a letter or digit)");
            return;
        }
        String directory = ENVIRONMENTS + "/" + name;
        String rest = path.substring(directory.length() + 1);
        if (rest.equals(Place.DESCRIPTION_FILE)) {
            descriptions.put(name, new Place(path, environmentLayer(name), null));
        } else {
            placeInLayer(path, directory, environmentLayer(name), rest);
        }
    }

    private void placeInLayer(String path, String directory, String layer, String rest) {
        String file = rest.substring(rest.lastIndexOf('/') + 1);
        if (!file.endsWith(EXTENSION)) {
            leaveOut(
                    path, "file.format", "its name does not end in " + EXTENSION + " (allowed: PID.cfg, PID~NAME.cfg)");
        } else if (file.equals(Place.DESCRIPTION_FILE)) {
            leaveOut(path, "file.place", "it describes an environment and belongs into environments/NAME/");
        } else if (rest.indexOf('/') >= 0) {
            String home = directory + "/" + file;
            leaveOut(
                    path,
                    "file.place",
                    "it lies too deep (allowed: directly in " + directory + "/); move it to " + home);
        } else {
            placeConfiguration(path, layer, file.substring(0, file.length() - EXTENSION.length()));
        }
    }

    private void placeConfiguration(String path, String layer, String idText) {
        try {
            ConfigId id = ConfigId.parse(idText);
            layers.computeIfAbsent(layer, key -> new TreeMap<>()).put(id, new Place(path, layer, id));
        } catch (IllegalArgumentException e) {
            leaveOut(path, "file.name", e.getMessage() + "; name it PID.cfg or PID~NAME.cfg");
        }
    }

    private static String move(String file) {
        if (file.equals(Place.DESCRIPTION_FILE)) {
            return "; move it into environments/NAME/";
        }
        return file.endsWith(EXTENSION) ? "; move it to base/" + file : "";
    }

    private void leaveOut(String path, String code, String reason) {
        problems.add(Problem.warning(code, "the file is not read: " + reason)
                .at(new Origin("", path, 0, 0))
                .build());
    }
}
