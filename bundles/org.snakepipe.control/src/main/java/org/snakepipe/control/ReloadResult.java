// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.api.config.Problem;

/**
 * The receipt of one rollout. Immutable. Made by {@link #of}, as there is more to say than a constructor can carry.
 *
 * @param status     what came of it
 * @param generation the generation in force afterwards
 * @param previous   the generation in force before
 * @param cause      what asked for it: {@code boot}, or the files that changed, for people
 * @param author     who asked for it; empty when nobody did but the files themselves
 * @param changes    what changed, or would have, a line each, secrets masked:
 *                   {@code snakepipe.pipeline~demo: batch.size 1000 -> 500}
 * @param reverse    the same the other way round: what {@code rollback} to the generation before would change; empty when
 *                   nothing came into force
 * @param problems   what is wrong; errors when it was not applied, else warnings
 * @param held       files, and jars in {@code deploy/}, whose last accepted content stays in force because the present one is
 *                   bad
 * @param waiting    files that are good and not in force: saved together with one that is bad, or not yet confirmed
 * @param hash       what {@code apply} takes to confirm it; only for {@link Status#PENDING}
 * @param phases     how long each phase took, in order
 * @param at         when it ended
 */
public record ReloadResult(
        Status status,
        long generation,
        long previous,
        String cause,
        String author,
        List<String> changes,
        List<String> reverse,
        List<Problem> problems,
        List<String> held,
        List<String> waiting,
        Optional<String> hash,
        Map<String, Duration> phases,
        Instant at) {
    /** What can come of a rollout. */
    public enum Status {
        /** The change is in force and verified. */
        APPLIED,
        /** There was nothing to do. */
        UNCHANGED,
        /** It is good, and waits for somebody to confirm it, as the environment is protected; nothing was touched. */
        PENDING,
        /** It was not tried, because something is wrong with it; nothing was touched. */
        REJECTED,
        /** It was tried, something did not come up, and everything is as before. */
        ROLLED_BACK,
        /** It was tried, and going back did not work either: somebody must look. */
        FAILED
    }

    /** Copies the collections. */
    public ReloadResult {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(at, "at");
        changes = List.copyOf(changes);
        reverse = List.copyOf(reverse);
        problems = List.copyOf(problems);
        held = List.copyOf(held);
        waiting = List.copyOf(waiting);
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    }

    /**
     * Begins a receipt. What is not said is empty.
     *
     * @param status     what came of it
     * @param generation the generation in force afterwards; also taken for the one before, until {@link Builder#previous}
     * @param cause      what asked for it
     * @return a builder
     */
    public static Builder of(Status status, long generation, String cause) {
        return new Builder(status, generation, cause);
    }

    /**
     * The time from the first phase to the last.
     *
     * @return the sum of the phases
     */
    public Duration total() {
        return phases.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** Collects the parts of a receipt. Not thread-safe. */
    public static final class Builder {
        private final Status status;
        private final long generation;
        private final String cause;
        private long previous;
        private String author = "";
        private List<String> changes = List.of();
        private List<String> reverse = List.of();
        private List<Problem> problems = List.of();
        private List<String> held = List.of();
        private List<String> waiting = List.of();
        private Optional<String> hash = Optional.empty();
        private Map<String, Duration> phases = Map.of();

        private Builder(Status status, long generation, String cause) {
            this.status = status;
            this.generation = generation;
            this.cause = cause;
            this.previous = generation;
        }

        /**
         * Names the generation before.
         *
         * @param value its number
         * @return this
         */
        public Builder previous(long value) {
            previous = value;
            return this;
        }

        /**
         * Names who asked for it.
         *
         * @param value a name
         * @return this
         */
        public Builder author(String value) {
            author = value;
            return this;
        }

        /**
         * Says what changed.
         *
         * @param lines   a line each
         * @param back    the same the other way round
         * @return this
         */
        public Builder changes(List<String> lines, List<String> back) {
            changes = lines;
            reverse = back;
            return this;
        }

        /**
         * Says what is wrong.
         *
         * @param value problems
         * @return this
         */
        public Builder problems(List<Problem> value) {
            problems = value;
            return this;
        }

        /**
         * Names the files that are not in force.
         *
         * @param bad  whose content is held
         * @param good that wait
         * @return this
         */
        public Builder files(List<String> bad, List<String> good) {
            held = bad;
            waiting = good;
            return this;
        }

        /**
         * Says what confirms it.
         *
         * @param value the hash of the plan
         * @return this
         */
        public Builder hash(String value) {
            hash = Optional.of(value);
            return this;
        }

        /**
         * Says how long it took.
         *
         * @param value phase to duration, in order
         * @return this
         */
        public Builder phases(Map<String, Duration> value) {
            phases = value;
            return this;
        }

        /**
         * Makes the receipt.
         *
         * @param at when it ended
         * @return the receipt
         */
        public ReloadResult at(Instant at) {
            return new ReloadResult(
                    status,
                    generation,
                    previous,
                    cause,
                    author,
                    changes,
                    reverse,
                    problems,
                    held,
                    waiting,
                    hash,
                    phases,
                    at);
        }
    }
}
