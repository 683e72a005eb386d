// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compared with the definition of C3, written down as recursion over copies of lists. */
class LinearisationsTest {
    @Example
    void givesTheTextbookOrder() {
        Map<String, List<String>> graph = new HashMap<>();
        graph.put("O", List.of());
        for (String name : List.of("A", "B", "C", "D", "E")) {
            graph.put(name, List.of("O"));
        }
        graph.put("K1", List.of("C", "A", "B"));
        graph.put("K2", List.of("B", "D", "E"));
        graph.put("K3", List.of("A", "D"));
        graph.put("Z", List.of("K1", "K3", "K2"));

        assertThat(order(graph, "Z")).contains(List.of("Z", "K1", "C", "K3", "A", "K2", "B", "D", "E", "O"));
    }

    @Property
    void agreesWithTheDefinition(@ForAll("graphs") Map<String, List<String>> graph) {
        for (String name : graph.keySet()) {
            assertThat(order(graph, name)).as(name + " in " + graph).isEqualTo(defined(graph, name, Set.of()));
        }
    }

    @Property
    void keepsTheOrderOfEveryAncestorAndOfTheParents(@ForAll("graphs") Map<String, List<String>> graph) {
        Linearisations linearisations = new Linearisations(graph::get);
        for (String name : graph.keySet()) {
            linearisations.of(name).map(Chain::names).ifPresent(order -> {
                assertThat(order).doesNotHaveDuplicates().startsWith(name);
                assertThat(order)
                        .as("parents")
                        .filteredOn(graph.get(name)::contains)
                        .isEqualTo(graph.get(name));
                order.forEach(ancestor -> assertThat(order)
                        .containsSubsequence(
                                linearisations.of(ancestor).orElseThrow().names()));
            });
        }
    }

    @Provide
    Arbitrary<Map<String, List<String>>> graphs() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        // Mostly without cycles: a name later in the alphabet extends earlier ones.
        Arbitrary<List<List<Integer>>> parents =
                Arbitraries.integers().between(-1, 7).list().ofMaxSize(3).list().ofSize(names.size());
        return parents.map(lists -> {
            Map<String, List<String>> graph = new HashMap<>();
            for (int index = 0; index < names.size(); index++) {
                Set<String> extended = new LinkedHashSet<>();
                for (int parent : lists.get(index)) {
                    if (index > 0 && parent >= 0) {
                        extended.add(names.get(parent == 7 && index == 1 ? 7 : parent % index));
                    }
                }
                graph.put(names.get(index), List.copyOf(extended));
            }
            return graph;
        });
    }

    private static Optional<List<String>> order(Map<String, List<String>> graph, String name) {
        return new Linearisations(graph::get).of(name).map(Chain::names);
    }

    private static Optional<List<String>> defined(Map<String, List<String>> graph, String name, Set<String> below) {
        if (below.contains(name)) {
            return Optional.empty();
        }
        Set<String> here = new LinkedHashSet<>(below);
        here.add(name);
        List<List<String>> orders = new ArrayList<>();
        for (String parent : graph.get(name)) {
            Optional<List<String>> order = defined(graph, parent, here);
            if (order.isEmpty()) {
                return Optional.empty();
            }
            orders.add(order.get());
        }
        orders.add(graph.get(name));
        return merged(orders).map(rest -> {
            List<String> all = new ArrayList<>(List.of(name));
            all.addAll(rest);
            return all;
        });
    }

    private static Optional<List<String>> merged(List<List<String>> orders) {
        List<List<String>> left =
                orders.stream().filter(order -> !order.isEmpty()).toList();
        if (left.isEmpty()) {
            return Optional.of(List.of());
        }
        return left.stream()
                .map(order -> order.get(0))
                .filter(head -> left.stream()
                        .noneMatch(order -> order.subList(1, order.size()).contains(head)))
                .findFirst()
                .flatMap(head -> merged(left.stream()
                                .map(order -> order.get(0).equals(head) ? order.subList(1, order.size()) : order)
                                .toList())
                        .map(rest -> {
                            List<String> all = new ArrayList<>(List.of(head));
                            all.addAll(rest);
                            return all;
                        }));
    }
}
