// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ReloadResult;

/** Configurations could not be written, or nobody can tell whether they arrived. */
public final class PublishException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String STUCK = "publish.stuck";

    private final String code;

    /**
     * With the reason.
     *
     * @param message for people
     * @param cause   what happened, or {@code null}
     */
    public PublishException(String message, Throwable cause) {
        this("publish.failed", message, cause);
    }

    private PublishException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /**
     * The thread that delivers configuration does not come to an end: no later change can be delivered either.
     *
     * @param message names the thread, and what holds it up
     * @return the exception
     */
    public static PublishException stuck(String message) {
        return new PublishException(STUCK, message, null);
    }

    /** The same as a problem. @param before put before the message */
    Problem problem(String before) {
        return Problem.error(code, before + getMessage()).build();
    }

    /**
     * Whether nothing can be delivered any more, whatever is tried.
     *
     * @param outcome a receipt
     * @return whether it says so: a change that could be taken back was delivered in the end
     */
    public static boolean isStuck(ReloadResult outcome) {
        boolean undone = outcome.status() == ReloadResult.Status.ROLLED_BACK;
        return !undone
                && outcome.problems().stream()
                        .anyMatch(problem -> problem.code().equals(STUCK));
    }
}
