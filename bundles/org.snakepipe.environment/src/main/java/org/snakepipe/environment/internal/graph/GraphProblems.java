// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.internal.source.Names;

/** Says what is wrong with environments. Not thread-safe. */
final class GraphProblems {
    private final Set<String> names;
    private final Function<String, Definition> definitions;
    private final Linearisations linearisations;

    GraphProblems(Set<String> names, Function<String, Definition> definitions, Linearisations linearisations) {
        this.names = names;
        this.definitions = definitions;
        this.linearisations = linearisations;
    }

    /** Of an environment that nothing knows. */
    Problem unknown(String name) {
        return Problem.error(
                        "environment.unknown",
                        "there is no environment '" + name + "' (allowed: " + Names.shown(names) + ")")
                .fixes(Suggestions.nearest(name, names).stream()
                        .map(Fix::replace)
                        .toList())
                .build();
    }

    /** Of an environment and all it stands on. */
    List<Problem> below(String name) {
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>(List.of(name));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Definition definition = definitions.apply(open.pop());
            problems.addAll(of(definition));
            definition.parents().stream()
                    .filter(names::contains)
                    .filter(seen::add)
                    .forEach(open::push);
        }
        return problems;
    }

    /** Of one environment alone. */
    List<Problem> of(Definition definition) {
        List<Problem> problems = new ArrayList<>(definition.problems());
        for (String parent : definition.parents()) {
            if (!names.contains(parent)) {
                problems.add(unknownParent(definition, parent));
            }
        }
        if (linearisations.of(definition.name()).isEmpty()) {
            cycle(definition.name()).ifPresent(chain -> problems.add(cycle(definition, chain)));
            linearisations
                    .contradiction(definition.name())
                    .ifPresent(contradiction -> problems.add(contradiction(definition, contradiction)));
        }
        return problems;
    }

    private Problem unknownParent(Definition definition, String parent) {
        Set<String> allowed = new TreeSet<>(names);
        allowed.remove(definition.name());
        String message = written(definition) + ": there is no environment " + parent + " (allowed: "
                + Names.shown(allowed) + ")";
        return atParents(definition, "environment.parent", message)
                .fixes(Suggestions.nearest(parent, allowed).stream()
                        .map(meant -> Fix.replace(written(definition, parent, meant)))
                        .toList())
                .build();
    }

    private static String written(Definition definition, String parent, String meant) {
        return String.join(
                ", ",
                definition.parents().stream()
                        .map(name -> name.equals(parent) ? meant : name)
                        .toList());
    }

    private static String written(Definition definition) {
        return DefinitionReader.EXTENDS + " = " + String.join(", ", definition.parents());
    }

    private static Problem cycle(Definition definition, List<String> chain) {
        return atParents(definition, "environment.cycle", "extends makes a cycle: " + String.join(" -> ", chain))
                .build();
    }

    private static Problem contradiction(Definition definition, String contradiction) {
        String message = written(definition) + ": the orders contradict one another: " + contradiction
                + " (allowed: an order that no ancestor turns round)";
        return atParents(definition, "environment.order", message).build();
    }

    private static Problem.Builder atParents(Definition definition, String code, String message) {
        return Problem.error(code, message)
                .key(DefinitionReader.EXTENDS)
                .at(definition.parentsOrigin().orElse(null));
    }

    /** The shortest way from an environment back to itself. */
    private Optional<List<String>> cycle(String name) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String next = open.poll();
            for (String parent : definitions.apply(next).parents()) {
                if (parent.equals(name)) {
                    return Optional.of(way(name, next, cameFrom));
                }
                if (names.contains(parent) && cameFrom.putIfAbsent(parent, next) == null) {
                    open.add(parent);
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> way(String name, String last, Map<String, String> cameFrom) {
        LinkedList<String> way = new LinkedList<>(List.of(name));
        for (String step = last; !step.equals(name); step = cameFrom.get(step)) {
            way.addFirst(step);
        }
        way.addFirst(name);
        return way;
    }
}
