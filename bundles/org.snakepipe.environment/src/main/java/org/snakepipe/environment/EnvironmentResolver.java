// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.graph.EnvironmentGraph;
import org.snakepipe.environment.internal.layer.Layers;
import org.snakepipe.environment.internal.source.ConfigTree;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.word.WordResolver;

/**
 * Lays the layers of a configuration directory over one another, key by key: {@code base}, the ancestors of the
 * environment from the oldest on, the environment, {@code local}, environment variables. Without state; from any thread.
 */
public final class EnvironmentResolver {
    private static final Origin NOWHERE = new Origin("", "", 0, 0);
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.origin().orElse(NOWHERE),
                    Comparator.comparing(Origin::source)
                            .thenComparingInt(Origin::line)
                            .thenComparingInt(Origin::column))
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    /**
     * Resolves one tree. Bad content never throws: everything that is wrong becomes a problem of the result. Only what the
     * environment stands on is read.
     *
     * @param files       path relative to the configuration directory, with {@code /}, to content: the whole tree
     * @param environment the name of the environment to resolve for
     * @param surroundings what counts beside the files
     * @param known       what schemas know
     * @return the values, and all that is wrong
     */
    public Resolution resolve(
            Map<String, byte[]> files, String environment, Surroundings surroundings, KnownKeys known) {
        ConfigTree tree = ConfigTree.of(files);
        EnvironmentGraph graph = EnvironmentGraph.of(tree);
        Environment active = graph.environment(environment);
        Layers layers = new Layers();
        layers.addFiles(tree, active, surroundings.local());
        layers.addVariables(surroundings.variables(), known);
        List<Problem> problems = new ArrayList<>(tree.problems());
        problems.addAll(graph.problems(environment));
        problems.addAll(layers.problems());
        WordResolver words = new WordResolver(
                surroundings, surroundings.secrets().or(tree::secretNames), known, layers.values()::get);
        Map<ConfigId, Map<String, ConfigValue>> values = new TreeMap<>();
        layers.values().forEach((id, written) -> values.put(id, words.resolve(id, written, problems)));
        values.remove(Place.PROPERTIES);
        problems.sort(BY_PLACE);
        return new Resolution(active, values, problems);
    }

    /**
     * Lists the environments of one tree, which reads the descriptions of all.
     *
     * @param files path relative to the configuration directory, with {@code /}, to content: the whole tree
     * @return the environments, and what is wrong with any of them
     */
    public Environments environments(Map<String, byte[]> files) {
        EnvironmentGraph graph = EnvironmentGraph.of(ConfigTree.of(files));
        List<Problem> problems = new ArrayList<>();
        graph.names().forEach(name -> problems.addAll(graph.ownProblems(name)));
        problems.sort(BY_PLACE);
        return new Environments(graph.names().stream().map(graph::environment).toList(), problems);
    }
}
