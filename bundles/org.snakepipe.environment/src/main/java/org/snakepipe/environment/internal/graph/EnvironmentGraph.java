// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.Environment;
import org.snakepipe.environment.internal.source.ConfigTree;
import org.snakepipe.environment.internal.source.SourceFile;

/**
 * The environments of a configuration directory and what they extend. Reads the description of an environment when it is
 * asked for one that stands on it, and no other. Not thread-safe.
 */
public final class EnvironmentGraph {
    private final Set<String> names;
    private final Function<String, Definition> reader;
    private final Map<String, Definition> definitions = new HashMap<>();
    private final Linearisations linearisations = new Linearisations(this::parents);

    private EnvironmentGraph(Set<String> names, Function<String, Definition> reader) {
        this.names = names;
        this.reader = reader;
    }

    /** The environments of a tree. */
    public static EnvironmentGraph of(ConfigTree tree) {
        // Not the tree itself: the graph outlives it.
        Map<String, List<SourceFile>> descriptions = tree.descriptions();
        return new EnvironmentGraph(
                tree.environments(), name -> Definitions.read(descriptions.getOrDefault(name, List.of()), name));
    }

    /** The names of all environments, sorted. */
    public Set<String> names() {
        return names;
    }

    /** One environment; with no more than its name when nothing knows it. */
    public Environment environment(String name) {
        if (!names.contains(name)) {
            return new Environment(name, List.of(), List.of(), "", false, false, List.of());
        }
        Definition own = definition(name);
        List<String> chain = linearisations.of(name).map(Chain::names).orElse(List.of(name));
        List<String> ancestors = new ArrayList<>(chain.subList(1, chain.size()));
        Collections.reverse(ancestors);
        return new Environment(
                name,
                own.parents(),
                ancestors,
                own.description(),
                nearest(chain, Definition::guarded).orElse(false),
                nearest(chain, Definition::autoApply).orElse(false),
                nearest(chain, Definition::uncheckedPids).orElse(List.of()));
    }

    /** Everything that is wrong with an environment and with what it stands on. */
    public List<Problem> problems(String name) {
        GraphProblems problems = new GraphProblems(names, this::definition, linearisations);
        if (!names.contains(name)) {
            return List.of(problems.unknown(name));
        }
        return problems.below(name);
    }

    /** Everything that is wrong with one environment alone. */
    public List<Problem> ownProblems(String name) {
        return new GraphProblems(names, this::definition, linearisations).of(definition(name));
    }

    private Definition definition(String name) {
        Definition known = definitions.get(name);
        if (known == null) {
            known = reader.apply(name);
            definitions.put(name, known);
        }
        return known;
    }

    private List<String> parents(String name) {
        if (!names.contains(name)) {
            return null;
        }
        Definition definition = definition(name);
        return definition.broken() ? null : definition.parents();
    }

    private <T> Optional<T> nearest(List<String> chain, Function<Definition, Optional<T>> property) {
        return chain.stream()
                .map(name -> property.apply(definition(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
