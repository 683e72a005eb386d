// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

/** Configurations could not be written, or nobody can tell whether they arrived. */
public final class PublishException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * With the reason.
     *
     * @param message for people
     * @param cause   what happened, or {@code null}
     */
    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
