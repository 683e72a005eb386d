// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.internal.source.Placement.Role;

/**
 * All files of a configuration directory, sorted into layers; none is read before its layer is asked for. Files and layers that
 * are the same as in the tree before are taken over from it, with what has been read of them. Not thread-safe.
 */
public final class ConfigTree {
    /** The environment that needs no directory. */
    private static final String ALWAYS_KNOWN = "dev";

    private static final Comparator<SourceFile> BY_PATH = Comparator.comparing(SourceFile::path);

    private final Map<String, SourceFile> files = new HashMap<>();
    private final Map<String, Layer> layers = new HashMap<>();
    private final Map<String, List<SourceFile>> descriptions = new HashMap<>();
    private final SortedSet<String> environments = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private SourceFile secretNames;

    private ConfigTree() {}

    /** A tree of nothing. */
    public static ConfigTree empty() {
        return new ConfigTree();
    }

    /**
     * Sorts files.
     *
     * @param contents path to content
     * @param before   the tree before, or an empty one
     * @param parser   reads a file
     */
    public static ConfigTree of(
            Map<String, byte[]> contents, ConfigTree before, BiFunction<Place, byte[], ParsedFile> parser) {
        ConfigTree tree = new ConfigTree();
        tree.environments.add(ALWAYS_KNOWN);
        Map<String, List<SourceFile>> byLayer = new HashMap<>();
        contents.forEach((path, bytes) -> {
            SourceFile known = before.files.get(path);
            SourceFile file =
                    known == null ? new SourceFile(path, bytes, Placements.of(path), parser) : known.with(bytes);
            tree.files.put(path, file);
            tree.sort(file, byLayer);
        });
        byLayer.forEach((name, list) -> {
            list.sort(BY_PATH);
            Layer known = before.layers.get(name);
            tree.layers.put(name, known != null && known.files().equals(list) ? known : new Layer(list));
        });
        return tree;
    }

    private void sort(SourceFile file, Map<String, List<SourceFile>> byLayer) {
        Placement placement = file.placement();
        if (placement.environment() != null) {
            environments.add(placement.environment());
        }
        if (placement.role() == Role.CONFIGURATION) {
            byLayer.computeIfAbsent(placement.place().layer(), name -> new ArrayList<>())
                    .add(file);
        }
        if (placement.environment() != null
                && (placement.role() == Role.DESCRIPTION
                        || placement.place() != null && placement.place().flat())) {
            descriptions
                    .computeIfAbsent(placement.environment(), name -> new ArrayList<>())
                    .add(file);
        }
        if (placement.role() == Role.MISPLACED) {
            problems.add(placement.problem());
        }
        if (placement.role() == Role.SECRET_NAMES) {
            secretNames = file;
        }
    }

    /** What is wrong with the places of files. */
    public List<Problem> problems() {
        return problems;
    }

    /** The names of all environments. */
    public SortedSet<String> environments() {
        return environments;
    }

    /** The files that may describe an environment, in no particular order. */
    public List<SourceFile> descriptions(String environment) {
        return descriptions.getOrDefault(environment, List.of());
    }

    /** One layer; empty when there are no files for it. */
    public Layer layer(String name) {
        return layers.getOrDefault(name, Layer.empty());
    }

    /** The layer that a file belongs to, for people; empty when it is not read. */
    public Optional<String> layerOf(String path) {
        return Optional.ofNullable(files.get(path))
                .map(file -> file.placement().place())
                .map(Place::layer);
    }

    /** The names of secrets that the directory lists, one a line; empty when it lists none. */
    public Optional<SecretNames> secretNames() {
        if (secretNames == null) {
            return Optional.empty();
        }
        return Optional.of(SecretNames.of(new String(secretNames.bytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList()));
    }
}
