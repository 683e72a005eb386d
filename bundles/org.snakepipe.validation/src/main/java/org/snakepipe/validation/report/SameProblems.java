// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/** Finds what is the same problem in several environments. Without state. */
final class SameProblems {
    private static final Origin NOWHERE = new Origin("", "", 0, 0);

    private SameProblems() {}

    /** What makes two problems the same one. */
    private record Sameness(String code, String text, String id, String key, String source, int line, int column) {
        static Sameness of(Problem problem) {
            Origin at = problem.origin().orElse(NOWHERE);
            return new Sameness(
                    problem.code(),
                    problem.severity() + problem.message(),
                    problem.id().map(Object::toString).orElse(""),
                    problem.key().orElse(""),
                    at.source(),
                    at.line(),
                    at.column());
        }
    }

    /** Each problem once. @param problems name of an environment to what is wrong in it */
    static List<Finding> of(Map<String, List<Problem>> problems) {
        Map<Sameness, Map<String, Problem>> same = new LinkedHashMap<>();
        problems.forEach((environment, found) ->
                found.forEach(problem -> same.computeIfAbsent(Sameness.of(problem), any -> new LinkedHashMap<>())
                        .putIfAbsent(environment, problem)));
        List<Finding> findings = new ArrayList<>();
        same.values()
                .forEach(
                        one -> findings.add(new Finding(merged(List.copyOf(one.values())), List.copyOf(one.keySet()))));
        return findings;
    }

    private static Problem merged(List<Problem> same) {
        Problem first = same.get(0);
        Set<Fix> fixes = new LinkedHashSet<>();
        same.forEach(problem -> fixes.addAll(problem.fixes()));
        if (fixes.size() == first.fixes().size()) {
            return first;
        }
        Problem.Builder builder = first.isError()
                ? Problem.error(first.code(), first.message())
                : Problem.warning(first.code(), first.message());
        return builder.id(first.id().orElse(null))
                .key(first.key().orElse(null))
                .at(first.origin().orElse(null))
                .fixes(List.copyOf(fixes))
                .build();
    }
}
