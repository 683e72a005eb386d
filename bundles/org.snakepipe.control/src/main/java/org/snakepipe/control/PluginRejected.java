// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import org.snakepipe.api.config.Problem;

/** A jar that cannot be staged, or a set of bundles that cannot be resolved or started. */
public final class PluginRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * With the reason.
     *
     * @param problem what is wrong with which file, and how to mend it
     * @param cause   what happened, or {@code null}
     */
    public PluginRejected(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /**
     * The reason.
     *
     * @return what is wrong with which file, and how to mend it
     */
    public Problem problem() {
        return problem;
    }
}
