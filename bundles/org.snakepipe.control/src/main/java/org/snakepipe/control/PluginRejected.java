// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import java.util.stream.Collectors;
import org.snakepipe.api.config.Problem;

/** A jar that cannot be staged, or a set of bundles that cannot be resolved or started. */
public final class PluginRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * With the reason.
     *
     * @param problem what is wrong with which file, and how to mend it
     * @param cause   what happened, or {@code null}
     */
    public PluginRejected(Problem problem, Throwable cause) {
        this(List.of(problem), cause);
    }

    /**
     * With the reasons of several files that are not fit for the same cause, such as something that each of them lacks.
     *
     * @param problems one for each file, not empty
     * @param cause    what happened, or {@code null}
     */
    public PluginRejected(List<Problem> problems, Throwable cause) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; and ")), cause);
        this.problems = List.copyOf(problems);
    }

    /**
     * The reason; of several, the first one.
     *
     * @return what is wrong with which file, and how to mend it
     */
    public Problem problem() {
        return problems.get(0);
    }

    /**
     * All reasons.
     *
     * @return one for each file, not empty, unmodifiable
     */
    public List<Problem> problems() {
        return problems;
    }
}
