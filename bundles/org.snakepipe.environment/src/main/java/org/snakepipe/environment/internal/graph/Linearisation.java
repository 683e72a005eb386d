// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The C3 linearisation (Barrett and others, "A Monotonic Superclass Linearization for Dylan", 1996): every environment comes
 * before what it extends, parents come in the order in which they are named, and no order that an ancestor laid down is
 * turned round. Each name is touched once for each order it occurs in.
 */
final class Linearisation {
    private final List<Chain> orders = new ArrayList<>();
    private final List<String> owners = new ArrayList<>();
    /** How many orders hold the name behind their first place. */
    private final Map<String, Integer> behind = new HashMap<>();

    private Linearisation(String name, List<String> parents, Map<String, Chain> known) {
        for (String parent : parents) {
            add(parent, known.get(parent));
        }
        add("extends of " + name, Chain.of(parents, null));
    }

    /**
     * Puts an environment in front of what its parents stand on.
     *
     * @param known the linearisations of all parents
     * @throws ContradictionException if no order satisfies all parents
     */
    static Chain of(String name, List<String> parents, Map<String, Chain> known) throws ContradictionException {
        if (parents.isEmpty()) {
            return new Chain(name, null);
        }
        if (parents.size() == 1) {
            return new Chain(name, known.get(parents.get(0)));
        }
        List<String> merged = new Linearisation(name, parents, known).merge();
        return new Chain(name, Chain.of(merged, null));
    }

    private void add(String owner, Chain order) {
        owners.add(owner);
        orders.add(order);
        for (Chain link = order.rest; link != null; link = link.rest) {
            behind.merge(link.name, 1, Integer::sum);
        }
    }

    private List<String> merge() throws ContradictionException {
        List<String> merged = new ArrayList<>();
        for (int index = firstFree(); index >= 0; index = firstFree()) {
            String next = orders.get(index).name;
            merged.add(next);
            take(next);
        }
        if (orders.stream().anyMatch(order -> order != null)) {
            throw contradiction();
        }
        return merged;
    }

    /** The first order whose first name waits behind no other; -1 when there is none. */
    private int firstFree() {
        for (int index = 0; index < orders.size(); index++) {
            Chain order = orders.get(index);
            if (order != null && behind.getOrDefault(order.name, 0) == 0) {
                return index;
            }
        }
        return -1;
    }

    private void take(String name) {
        for (int index = 0; index < orders.size(); index++) {
            Chain order = orders.get(index);
            if (order != null && order.name.equals(name)) {
                orders.set(index, order.rest);
                if (order.rest != null) {
                    behind.merge(order.rest.name, -1, Integer::sum);
                }
            }
        }
    }

    /** Each first name is blocked by another order: following that leads round, and the round is what contradicts itself. */
    private ContradictionException contradiction() {
        List<Integer> way = new ArrayList<>();
        int index = 0;
        while (orders.get(index) == null) {
            index++;
        }
        while (!way.contains(index)) {
            way.add(index);
            index = blocking(orders.get(index).name);
        }
        List<String> statements = new ArrayList<>();
        List<Integer> round = way.subList(way.indexOf(index), way.size());
        for (int step = 0; step < round.size(); step++) {
            int blocker = round.get((step + 1) % round.size());
            statements.add(orders.get(blocker).name + " before " + orders.get(round.get(step)).name + " ("
                    + owners.get(blocker) + ")");
        }
        return new ContradictionException(statements);
    }

    private int blocking(String name) {
        for (int index = 0; index < orders.size(); index++) {
            for (Chain link = orders.get(index); link != null; link = link.rest) {
                if (link != orders.get(index) && link.name.equals(name)) {
                    return index;
                }
            }
        }
        throw new IllegalStateException(name + " is blocked by no order");
    }
}
