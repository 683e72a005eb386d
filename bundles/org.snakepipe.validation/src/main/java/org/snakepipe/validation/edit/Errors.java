// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/** Which errors there are in which environments, and how often; lines do not count, as edits move them. Immutable. */
record Errors(Map<One, Integer> counts) {
    /** What makes two errors the same one. */
    record One(String environment, String code, String id, String key, String source) {}

    static Errors of(Map<String, List<Problem>> problems) {
        Map<One, Integer> counts = new HashMap<>();
        problems.forEach((environment, found) -> found.stream()
                .filter(Problem::isError)
                .forEach(problem -> counts.merge(one(environment, problem), 1, Integer::sum)));
        return new Errors(counts);
    }

    private static One one(String environment, Problem problem) {
        return new One(
                environment,
                problem.code(),
                problem.id().map(ConfigId::toString).orElse(""),
                problem.key().orElse(""),
                problem.origin().map(Origin::source).orElse(""));
    }

    /** Whether the other ones are among these. */
    boolean containsAll(Errors others) {
        return others.counts.entrySet().stream()
                .allMatch(other -> counts.getOrDefault(other.getKey(), 0) >= other.getValue());
    }
}
