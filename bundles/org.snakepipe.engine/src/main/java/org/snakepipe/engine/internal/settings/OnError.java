// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;

/**
 * What becomes of rejected records.
 *
 * @param action the action
 * @param target the sink that takes them; empty unless the action is {@link Action#KEEP}
 */
public record OnError(Action action, Optional<ConfigId> target) {
    /** What is done with a rejected record. */
    public enum Action {
        /** The pipeline fails; the record and all after it stay unacknowledged. */
        STOP,
        /** It is counted and left out. */
        SKIP,
        /** It is kept in the quarantine of the pipeline, with the reason, before it is acknowledged. */
        QUARANTINE,
        /** It is written to a sink, with the reason, before it is acknowledged. */
        KEEP
    }

    /** Checks that there is a target exactly when one is needed. */
    public OnError {
        Objects.requireNonNull(action, "action");
        if (target.isPresent() != (action == Action.KEEP)) {
            throw new IllegalArgumentException(action + " with target " + target);
        }
    }

    /**
     * Reads the value of the key {@code on.error}.
     *
     * @param text {@code quarantine}, {@code stop}, {@code skip} or the id of a sink
     * @return the meaning
     * @throws IllegalArgumentException if it is none of these
     */
    public static OnError parse(String text) {
        return switch (text) {
            case "quarantine" -> new OnError(Action.QUARANTINE, Optional.empty());
            case "stop" -> new OnError(Action.STOP, Optional.empty());
            case "skip" -> new OnError(Action.SKIP, Optional.empty());
            default -> new OnError(Action.KEEP, Optional.of(ConfigId.parse(text)));
        };
    }

    /** As it is configured. */
    @Override
    public String toString() {
        return target.map(ConfigId::toString).orElse(action.name().toLowerCase(Locale.ROOT));
    }
}
