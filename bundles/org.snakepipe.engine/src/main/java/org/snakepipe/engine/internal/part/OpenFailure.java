// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.util.Map;
import org.snakepipe.api.config.ConfigId;

/** A part could not be constructed or opened. */
public final class OpenFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ConfigId id;
    private final boolean passing;
    private final transient Map<ConfigId, String> uses;

    /**
     * With the reason.
     *
     * @param id      of the part
     * @param passing {@code true} when it may work later without a change, as when a target is unreachable
     * @param message for people
     * @param cause   what happened, or {@code null}
     */
    public OpenFailure(ConfigId id, boolean passing, String message, Throwable cause) {
        this(id, passing, message, cause, Map.of());
    }

    private OpenFailure(ConfigId id, boolean passing, String message, Throwable cause, Map<ConfigId, String> uses) {
        super(message, cause);
        this.id = id;
        this.passing = passing;
        this.uses = uses;
    }

    /** The same, with what was tried. @param tried the part and what it asked for, id to fingerprint */
    OpenFailure with(Map<ConfigId, String> tried) {
        return new OpenFailure(id, passing, getMessage(), this, Map.copyOf(tried));
    }

    /**
     * What was tried.
     *
     * @return the part and what it asked for, id to fingerprint; while these are the same, the failure is likely to be too
     */
    public Map<ConfigId, String> uses() {
        return uses;
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
     * Whether only the component runtime knows the reason.
     *
     * @return {@code true} when a constructor failed
     */
    public boolean isUnexplained() {
        Throwable cause = this;
        while (cause != null && !(cause instanceof ConstructorException)) {
            cause = cause.getCause();
        }
        return cause != null;
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
