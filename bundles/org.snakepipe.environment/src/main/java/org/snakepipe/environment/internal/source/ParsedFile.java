// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.Problem;

/**
 * What one file says. Immutable.
 *
 * @param blocks      the configurations in it
 * @param description what it says of its environment, when it does
 * @param problems    what is wrong with it
 * @param readable    {@code false} when nothing of it can be used
 */
public record ParsedFile(List<Block> blocks, Optional<Block> description, List<Problem> problems, boolean readable) {
    /** Copies the lists. */
    public ParsedFile {
        blocks = List.copyOf(blocks);
        problems = List.copyOf(problems);
    }

    /** A file of which nothing can be used. */
    public static ParsedFile unreadable(Problem problem) {
        return new ParsedFile(List.of(), Optional.empty(), List.of(problem), false);
    }
}
