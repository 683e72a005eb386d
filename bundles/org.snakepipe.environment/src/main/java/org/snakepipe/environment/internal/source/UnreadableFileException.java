// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.io.Serial;
import org.snakepipe.api.config.Problem;

/** Says that nothing of a file can be used; carries the problem. */
public final class UnreadableFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public UnreadableFileException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
