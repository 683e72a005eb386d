// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final SourceFiles files;
    private final Map<String, Layer> layers = new HashMap<>();
    private Map<String, List<SourceFile>> descriptions = new HashMap<>();
    private final SortedSet<String> environments = new TreeSet<>(Set.of(ALWAYS_KNOWN));
    private final List<Problem> problems = new ArrayList<>();
    private SourceFile secretNames;

    private ConfigTree(SourceFiles files) {
        this.files = files;
    }

    /** A tree of nothing. */
    public static ConfigTree empty() {
        return new ConfigTree(SourceFiles.NONE);
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
        SourceFiles files = before.files.with(contents, parser);
        if (files == before.files) {
            return before;
        }
        if (files.changed() != null) {
            return before.with(files);
        }
        ConfigTree tree = new ConfigTree(files);
        Map<String, List<SourceFile>> byLayer = new HashMap<>();
        files.list().forEach(file -> tree.sort(file, byLayer));
        byLayer.forEach((name, list) -> {
            Layer known = before.layers.get(name);
            list.sort(SourceFile.BY_PATH);
            tree.layers.put(name, known != null && known.files().equals(list) ? known : new Layer(list));
        });
        return tree;
    }

    /** The same places, with other contents in some of them. */
    private ConfigTree with(SourceFiles now) {
        ConfigTree tree = new ConfigTree(now);
        tree.layers.putAll(layers);
        tree.descriptions = descriptions;
        tree.environments.addAll(environments);
        tree.problems.addAll(problems);
        tree.secretNames = secretNames;
        now.changed().forEach(tree::replace);
        return tree;
    }

    private void replace(SourceFile file) {
        Placement placement = file.placement();
        if (placement.role() == Role.CONFIGURATION) {
            layers.computeIfPresent(placement.place().layer(), (name, layer) -> layer.with(file));
        }
        List<SourceFile> described = descriptions.get(placement.environment());
        if (described != null && described.stream().anyMatch(one -> one.path().equals(file.path()))) {
            // Trees that share the map have the same environments.
            descriptions = new HashMap<>(descriptions);
            descriptions.put(placement.environment(), replaced(described, file));
        }
        if (placement.role() == Role.SECRET_NAMES) {
            secretNames = file;
        }
    }

    private static List<SourceFile> replaced(List<SourceFile> list, SourceFile file) {
        List<SourceFile> copy = new ArrayList<>(list);
        copy.replaceAll(one -> one.path().equals(file.path()) ? file : one);
        return copy;
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

    /** The files that may describe each environment, in no particular order. The same map as before when nothing changed. */
    public Map<String, List<SourceFile>> descriptions() {
        return descriptions;
    }

    /** One layer; empty when there are no files for it. */
    public Layer layer(String name) {
        return layers.getOrDefault(name, Layer.empty());
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
