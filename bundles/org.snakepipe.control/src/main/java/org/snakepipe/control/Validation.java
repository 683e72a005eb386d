// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import org.snakepipe.api.config.Problem;

/**
 * What was found in a {@link Candidate}. Immutable.
 *
 * @param problems       everything that is wrong, in one go
 * @param configurations what each configuration would be, sorted by id; secrets stand as {@code <set>}
 */
public record Validation(List<Problem> problems, List<ConfigState> configurations) {
    /** Copies the lists. */
    public Validation {
        problems = List.copyOf(problems);
        configurations = List.copyOf(configurations);
    }

    /**
     * Tells whether it could come into force.
     *
     * @return {@code true} when there is no error; warnings do not count
     */
    public boolean isValid() {
        return problems.stream().noneMatch(Problem::isError);
    }
}
