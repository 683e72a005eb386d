// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.KnownKeys;

/** Which problems may be mended while nobody looks. Without state. */
final class Certainty {
    /** Of two names that look alike, both may be meant: nobody knows but who wrote it. */
    private static final String REFERENCES = "ref.";

    private Certainty() {}

    /** A key of a configuration that two edits want to be the only one to set. */
    private record Target(String id, String key) {}

    /** Those of some problems of one file, in their order. */
    static List<Problem> among(List<Problem> problems, KnownKeys known) {
        Map<Target, Integer> targets = new HashMap<>();
        problems.forEach(problem -> target(problem, known).ifPresent(target -> targets.merge(target, 1, Integer::sum)));
        return problems.stream()
                .filter(problem -> !problem.code().startsWith(REFERENCES))
                .filter(problem -> Choice.of(problem, known)
                        .filter(fix -> fix.kind() != Fix.Kind.REMOVE)
                        .isPresent())
                .filter(problem -> target(problem, known)
                        .map(target -> targets.get(target) == 1)
                        .orElse(true))
                .toList();
    }

    private static Optional<Target> target(Problem problem, KnownKeys known) {
        return Choice.of(problem, known)
                .filter(fix -> !fix.key().isEmpty())
                .map(fix -> new Target(problem.id().map(ConfigId::toString).orElse(""), fix.key()));
    }
}
