// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Linearises environments on demand, each with what it stands on and nothing else. Not thread-safe. */
final class Linearisations {
    private final Function<String, List<String>> parents;
    private final Map<String, Chain> chains = new HashMap<>();
    private final Map<String, String> contradictions = new HashMap<>();
    /** Those that have none: on a cycle, with a contradiction, or above such. */
    private final Set<String> failed = new HashSet<>();

    /**
     * Begins with none.
     *
     * @param parents name to what it extends; {@code null} when that cannot be told
     */
    Linearisations(Function<String, List<String>> parents) {
        this.parents = parents;
    }

    /** The linearisation, the environment itself first; empty when there is none. */
    Optional<Chain> of(String name) {
        Deque<String> open = new ArrayDeque<>();
        Set<String> onTheWay = new HashSet<>();
        open.push(name);
        while (!open.isEmpty()) {
            String next = open.peek();
            if (isDone(next)) {
                open.pop();
                continue;
            }
            Optional<String> missing = onTheWay.add(next) ? firstMissing(next, onTheWay) : stillMissing(next);
            if (missing.isPresent()) {
                open.push(missing.get());
            } else {
                finish(next);
                onTheWay.remove(next);
                open.pop();
            }
        }
        return Optional.ofNullable(chains.get(name));
    }

    /** Why the orders of several parents cannot all be kept; empty when they can. */
    Optional<String> contradiction(String name) {
        return Optional.ofNullable(contradictions.get(name));
    }

    private boolean isDone(String name) {
        return chains.containsKey(name) || failed.contains(name);
    }

    /** A parent that is on the way already closes a cycle: then there is nothing to wait for. */
    private Optional<String> firstMissing(String name, Set<String> onTheWay) {
        List<String> names = parents.apply(name);
        if (names != null && names.stream().anyMatch(onTheWay::contains)) {
            failed.add(name);
            return Optional.empty();
        }
        return stillMissing(name);
    }

    private Optional<String> stillMissing(String name) {
        List<String> names = parents.apply(name);
        return names == null
                ? Optional.empty()
                : names.stream().filter(parent -> !isDone(parent)).findFirst();
    }

    private void finish(String name) {
        List<String> names = parents.apply(name);
        if (names == null || failed.contains(name) || !chains.keySet().containsAll(names)) {
            failed.add(name);
            return;
        }
        try {
            chains.put(name, Linearisation.of(name, names, chains));
        } catch (ContradictionException e) {
            contradictions.put(name, e.getMessage());
            failed.add(name);
        }
    }
}
