// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A linearisation: an environment and what it extends, the nearest first. Chains of one parent share their ends, so that a
 * line of a thousand environments is a thousand links and not half a million names.
 */
final class Chain {
    final String name;
    /** What comes after; {@code null} at the end. */
    final Chain rest;

    Chain(String name, Chain rest) {
        this.name = name;
        this.rest = rest;
    }

    /** The names in order on the given end; {@code null} when there are none and no end. */
    static Chain of(List<String> names, Chain end) {
        Chain chain = end;
        for (int index = names.size() - 1; index >= 0; index--) {
            chain = new Chain(names.get(index), chain);
        }
        return chain;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Chain link = this; link != null; link = link.rest) {
            names.add(link.name);
        }
        return names;
    }
}
