// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import org.snakepipe.api.config.ConfigId;

/** A part could not be constructed or opened. */
public final class OpenFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ConfigId id;
    private final boolean passing;

    /**
     * With the reason.
     *
     * @param id      of the part
     * @param passing {@code true} when it may work later without a change, as when a target is unreachable
     * @param message for people
     * @param cause   what happened, or {@code null}
     */
    public OpenFailure(ConfigId id, boolean passing, String message, Throwable cause) {
        super(message, cause);
        this.id = id;
        this.passing = passing;
    }

    /**
     * The part.
     *
     * @return its id
     */
    public ConfigId id() {
        return id;
    }

    /**
     * Whether trying again later may help.
     *
     * @return {@code false} for a mistake that somebody has to mend
     */
    public boolean isPassing() {
        return passing;
    }
}
