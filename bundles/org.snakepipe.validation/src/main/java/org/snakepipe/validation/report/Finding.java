// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import java.util.List;
import java.util.Objects;
import org.snakepipe.api.config.Problem;

/**
 * One problem with the environments that have it.
 *
 * @param problem      what is wrong; its fixes are those that any of the environments has
 * @param environments names, in the order in which the environments were given
 */
public record Finding(Problem problem, List<String> environments) {
    /** Copies the list. */
    public Finding {
        Objects.requireNonNull(problem, "problem");
        environments = List.copyOf(environments);
    }
}
