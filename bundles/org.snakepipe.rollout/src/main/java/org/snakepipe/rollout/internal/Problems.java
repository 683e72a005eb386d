// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.Problem;

/** Lists of problems; two that read the same are one. */
final class Problems {
    private Problems() {}

    /** All of them, each once. */
    @SafeVarargs
    static List<Problem> union(List<Problem>... lists) {
        Map<String, Problem> all = new LinkedHashMap<>();
        for (List<Problem> list : lists) {
            list.forEach(problem -> all.putIfAbsent(problem.toString(), problem));
        }
        return List.copyOf(all.values());
    }

    /** Those of the first list that are not in the other. */
    static List<Problem> without(List<Problem> list, List<Problem> known) {
        List<Problem> rest = new ArrayList<>(list);
        rest.removeIf(problem -> known.stream().anyMatch(old -> old.toString().equals(problem.toString())));
        return rest;
    }
}
