// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.schema.Concealment;

/** Which fix of a problem may be made without asking anybody. Without state. */
final class Choice {
    /** What is missing gets a value that another environment has, or the first of those allowed: neither is known to be meant. */
    private static final String MISSING = "key.missing";

    private Choice() {}

    /** The only one that can be meant, if there is one. */
    static Optional<Fix> of(Problem problem, KnownKeys known) {
        List<Fix> candidates = problem.fixes().stream()
                .filter(fix -> !isElsewhere(fix))
                .distinct()
                .toList();
        if (candidates.size() != 1
                || !candidates.get(0).equals(problem.fixes().get(0))
                || isElsewhere(problem.fixes().get(0))) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(fix -> isComplete(problem, fix) && !isSecret(problem, fix, known))
                .findFirst();
    }

    private static boolean isElsewhere(Fix fix) {
        return fix.kind() == Fix.Kind.REPLACE
                && !fix.toString().equals(Fix.replace(fix.value()).toString());
    }

    private static boolean isComplete(Problem problem, Fix fix) {
        return switch (fix.kind()) {
            case RENAME -> problem.key().isPresent() && !fix.key().isBlank();
            case ADD ->
                !fix.key().isBlank()
                        && !fix.value().isBlank()
                        && !problem.code().equals(MISSING);
            case REPLACE, REMOVE -> problem.key().isPresent();
        };
    }

    private static boolean isSecret(Problem problem, Fix fix, KnownKeys known) {
        String pid = problem.id().map(ConfigId::pid).orElse("");
        return problem.message().contains(Concealment.MASK)
                || problem.key().filter(key -> isSecret(pid, key, known)).isPresent()
                || !fix.key().isEmpty() && isSecret(pid, fix.key(), known);
    }

    /** Keys that begin with a dot are private, schemas or not. */
    private static boolean isSecret(String pid, String key, KnownKeys known) {
        return key.startsWith(".") || known.isSecret(pid, key);
    }
}
