// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Severity;

/** Lists of problems. */
final class Problems {
    private Problems() {}

    /**
     * What a problem is, wherever in its file it stands: a line that somebody adds above moves it and makes it no other.
     *
     * @param source the file, or whatever it comes from; empty for none
     */
    private record Identity(
            String code,
            Severity severity,
            String message,
            Optional<ConfigId> id,
            Optional<String> key,
            String source) {
        static Identity of(Problem problem) {
            return new Identity(
                    problem.code(),
                    problem.severity(),
                    problem.message(),
                    problem.id(),
                    problem.key(),
                    problem.origin().map(Origin::source).orElse(""));
        }
    }

    private record Placed(Identity identity, int line, int column) {
        static Placed of(Problem problem) {
            return new Placed(
                    Identity.of(problem),
                    problem.origin().map(Origin::line).orElse(0),
                    problem.origin().map(Origin::column).orElse(0));
        }
    }

    /** All of them, each once. */
    @SafeVarargs
    static List<Problem> union(List<Problem>... lists) {
        Map<Placed, Problem> all = new LinkedHashMap<>();
        for (List<Problem> list : lists) {
            list.forEach(problem -> all.putIfAbsent(Placed.of(problem), problem));
        }
        return List.copyOf(all.values());
    }

    /** Those of the first list that are not in the other, at no place of the same file. */
    static List<Problem> without(List<Problem> list, List<Problem> known) {
        Set<Identity> identities = known.stream().map(Identity::of).collect(Collectors.toSet());
        List<Problem> rest = new ArrayList<>(list);
        rest.removeIf(problem -> identities.contains(Identity.of(problem)));
        return rest;
    }

    /** The same as warnings: of what is in force all the same. */
    static List<Problem> warnings(List<Problem> list) {
        return list.stream()
                .map(problem -> Problem.warning(problem.code(), problem.message())
                        .id(problem.id().orElse(null))
                        .build())
                .toList();
    }

    /** Those that are errors. */
    static List<Problem> errors(List<Problem> list) {
        return list.stream().filter(Problem::isError).toList();
    }
}
