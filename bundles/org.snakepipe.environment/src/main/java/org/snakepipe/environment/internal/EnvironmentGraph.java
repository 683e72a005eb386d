// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.Environment;

/** The environments of a configuration directory and what they extend. */
public final class EnvironmentGraph {
    /** The environment that needs no directory. */
    private static final String ALWAYS_KNOWN = "dev";

    private final Map<String, Definition> definitions;

    private EnvironmentGraph(Map<String, Definition> definitions) {
        this.definitions = definitions;
    }

    /** Reads the description files. */
    public static EnvironmentGraph of(ConfigTree tree) {
        Map<String, Definition> definitions = new TreeMap<>();
        definitions.put(ALWAYS_KNOWN, Definition.plain(ALWAYS_KNOWN));
        tree.environments().forEach(name -> definitions.put(name, Definition.plain(name)));
        tree.descriptions().forEach((name, place) -> definitions.put(name, Definition.of(name, tree.parse(place))));
        return new EnvironmentGraph(definitions);
    }

    /** All environments, by name. */
    public List<Environment> environments() {
        return definitions.values().stream()
                .map(definition ->
                        new Environment(definition.name(), ancestors(definition.name()), definition.description()))
                .toList();
    }

    /** What an environment extends, the oldest first; empty when that cannot be told because of an error. */
    List<String> ancestors(String name) {
        List<String> ancestors = new ArrayList<>();
        Optional<String> next = parent(name);
        while (next.isPresent()) {
            String ancestor = next.get();
            if (ancestor.equals(name) || ancestors.contains(ancestor) || isBroken(ancestor)) {
                return List.of();
            }
            ancestors.add(0, ancestor);
            next = parent(ancestor);
        }
        return ancestors;
    }

    /**
     * Everything that is wrong with environments. What the active one does not stand on cannot do harm here: a warning.
     */
    public List<Problem> problems(String active) {
        Set<String> used = new LinkedHashSet<>();
        Optional<String> next = Optional.of(active);
        while (next.isPresent() && used.add(next.get())) {
            next = parent(next.get());
        }
        List<Problem> problems = new ArrayList<>();
        if (!definitions.containsKey(active)) {
            problems.add(unknown(active));
        }
        for (Definition definition : definitions.values()) {
            boolean harmless = !used.contains(definition.name());
            problems(definition).forEach(problem -> problems.add(harmless ? asWarning(problem) : problem));
        }
        return problems;
    }

    private List<Problem> problems(Definition definition) {
        List<Problem> problems = new ArrayList<>(definition.problems());
        definition
                .parent()
                .filter(parent -> !definitions.containsKey(parent))
                .ifPresent(parent -> problems.add(definition.unknownParent(definitions.keySet())));
        cycle(definition.name()).ifPresent(chain -> problems.add(definition.cycle(chain)));
        return problems;
    }

    /** The way from an environment back to itself. */
    private Optional<List<String>> cycle(String name) {
        Set<String> chain = new LinkedHashSet<>(Set.of(name));
        Optional<String> next = parent(name);
        while (next.isPresent() && chain.add(next.get())) {
            next = parent(next.get());
        }
        if (next.filter(name::equals).isEmpty()) {
            return Optional.empty();
        }
        List<String> closed = new ArrayList<>(chain);
        closed.add(name);
        return Optional.of(closed);
    }

    private Optional<String> parent(String name) {
        return Optional.ofNullable(definitions.get(name)).flatMap(Definition::parent);
    }

    private boolean isBroken(String name) {
        Definition definition = definitions.get(name);
        return definition == null || definition.broken();
    }

    private Problem unknown(String name) {
        String message =
                "there is no environment '" + name + "' (allowed: " + String.join(", ", definitions.keySet()) + ")";
        return Problem.error("environment.unknown", message)
                .fixes(Suggestions.nearest(name, definitions.keySet()).stream()
                        .map(Fix::replace)
                        .toList())
                .build();
    }

    private static Problem asWarning(Problem problem) {
        return Problem.warning(problem.code(), problem.message())
                .key(problem.key().orElse(null))
                .at(problem.origin().orElse(null))
                .fixes(problem.fixes())
                .build();
    }
}
