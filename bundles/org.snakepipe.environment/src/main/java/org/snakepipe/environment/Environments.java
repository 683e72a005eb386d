// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.List;
import org.snakepipe.api.config.Problem;

/**
 * All environments of a configuration directory. Immutable.
 *
 * @param list     sorted by name; {@code dev} is always among them
 * @param problems what is wrong with any of them, sorted by place
 */
public record Environments(List<Environment> list, List<Problem> problems) {
    /** Copies the lists. */
    public Environments {
        list = List.copyOf(list);
        problems = List.copyOf(problems);
    }
}
