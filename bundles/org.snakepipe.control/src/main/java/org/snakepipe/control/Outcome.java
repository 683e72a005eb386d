// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakepipe.api.config.Problem;

/**
 * The receipt of one rollout. Immutable.
 *
 * @param status     what came of it
 * @param generation the generation in force afterwards
 * @param previous   the generation in force before
 * @param cause      what asked for it: {@code boot}, or the files that changed, for people
 * @param changes    what changed, a line each, secrets masked: {@code snakepipe.pipeline~demo: batch.size 1000 -> 500}
 * @param problems   what is wrong; errors when it was not applied, else warnings
 * @param held       files whose last accepted content stays in force because the present one is bad
 * @param phases     how long each phase took, in order
 * @param at         when it ended
 */
public record Outcome(
        Status status,
        long generation,
        long previous,
        String cause,
        List<String> changes,
        List<Problem> problems,
        List<String> held,
        Map<String, Duration> phases,
        Instant at) {
    /** What can come of a rollout. */
    public enum Status {
        /** The change is in force and verified. */
        APPLIED,
        /** There was nothing to do. */
        UNCHANGED,
        /** It was not tried, because something is wrong with it; nothing was touched. */
        REJECTED,
        /** It was tried, something did not come up, and everything is as before. */
        ROLLED_BACK,
        /** It was tried, and going back did not work either: somebody must look. */
        FAILED
    }

    /** Copies the collections. */
    public Outcome {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(at, "at");
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
        held = List.copyOf(held);
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    }

    /**
     * The time from the first phase to the last.
     *
     * @return the sum of the phases
     */
    public Duration total() {
        return phases.values().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
