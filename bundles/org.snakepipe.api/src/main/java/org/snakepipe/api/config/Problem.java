// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something wrong with a configuration, a plugin or a definition, as data: what, where, and how to mend it. Immutable.
 *
 * <p>{@link #toString()} is the text for people:
 * {@code base/snakepipe.pipeline~orders.cfg:4: batch.size = 0 is below the minimum 1 (allowed: 1 to 10000)}.
 * A secret value never enters a problem: whoever makes it writes {@code <set>} instead.
 */
public final class Problem {
    private final String code;
    private final Severity severity;
    private final String message;
    private final ConfigId id;
    private final String key;
    private final Origin origin;
    private final List<Fix> fixes;

    private Problem(Builder builder) {
        code = builder.code;
        severity = builder.severity;
        message = builder.message;
        id = builder.id;
        key = builder.key;
        origin = builder.origin;
        fixes = List.copyOf(builder.fixes);
    }

    /**
     * Begins an error.
     *
     * @param code    stable and lower case, words separated by dots: {@code key.unknown}
     * @param message one sentence: what was found and what is allowed, without the place
     * @return a builder
     */
    public static Builder error(String code, String message) {
        return new Builder(code, Severity.ERROR, message);
    }

    /**
     * Begins a warning.
     *
     * @param code    stable and lower case, words separated by dots
     * @param message one sentence: what was found and what is allowed, without the place
     * @return a builder
     */
    public static Builder warning(String code, String message) {
        return new Builder(code, Severity.WARNING, message);
    }

    /**
     * The stable code; scripts may rely on it, and the documentation has a heading for each.
     *
     * @return the code
     */
    public String code() {
        return code;
    }

    /**
     * How bad it is.
     *
     * @return the severity
     */
    public Severity severity() {
        return severity;
    }

    /**
     * The sentence without the place.
     *
     * @return what was found and what is allowed
     */
    public String message() {
        return message;
    }

    /**
     * The configuration concerned.
     *
     * @return the id; empty for a problem of a file or a jar as a whole
     */
    public Optional<ConfigId> id() {
        return Optional.ofNullable(id);
    }

    /**
     * The key concerned.
     *
     * @return the key; empty for a problem of a configuration as a whole
     */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /**
     * The place.
     *
     * @return the origin, if there is one place to name
     */
    public Optional<Origin> origin() {
        return Optional.ofNullable(origin);
    }

    /**
     * What would solve it.
     *
     * @return edits, the most likely first; may be empty
     */
    public List<Fix> fixes() {
        return fixes;
    }

    /**
     * Tells whether this is an error.
     *
     * @return {@code false} for a warning
     */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Place, message, and the best fix: one line for people, control characters written as {@code \\u000a}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (origin != null) {
            text.append(origin).append(": ");
        } else if (id != null) {
            text.append(id).append(": ");
        }
        text.append(message);
        if (!fixes.isEmpty()) {
            text.append("; ").append(fixes.get(0));
        }
        return OneLine.of(text.toString());
    }

    /** Collects the parts of a problem. Not thread-safe. */
    public static final class Builder {
        private final String code;
        private final Severity severity;
        private final String message;
        private ConfigId id;
        private String key;
        private Origin origin;
        private List<Fix> fixes = List.of();

        private Builder(String code, Severity severity, String message) {
            this.code = Objects.requireNonNull(code, "code");
            this.severity = severity;
            this.message = Objects.requireNonNull(message, "message");
        }

        /**
         * Names the configuration.
         *
         * @param value the id
         * @return this
         */
        public Builder id(ConfigId value) {
            id = value;
            return this;
        }

        /**
         * Names the key.
         *
         * @param value the key
         * @return this
         */
        public Builder key(String value) {
            key = value;
            return this;
        }

        /**
         * Names the place.
         *
         * @param value the origin
         * @return this
         */
        public Builder at(Origin value) {
            origin = value;
            return this;
        }

        /**
         * Says what would solve it.
         *
         * @param value edits, the most likely first
         * @return this
         */
        public Builder fixes(List<Fix> value) {
            fixes = value;
            return this;
        }

        /**
         * Makes the problem.
         *
         * @return the problem
         */
        public Problem build() {
            return new Problem(this);
        }
    }
}
