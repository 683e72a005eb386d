// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Duration;
import java.util.Objects;

/**
 * How something is brought into force. Immutable.
 *
 * @param author     who asks, for the receipt and the journal; never empty
 * @param deadline   by when it must have begun to touch what runs; longer than zero. What has not is given up and touches
 *                   nothing. What has begun is brought to its end, which has deadlines of its own
 * @param skipChecks whether to go without asking {@code ConfigCheck}s: what the world says does not matter now
 * @param write      for a rollback: whether to write the files too, so that nothing has to be held
 */
public record ApplyOptions(String author, Duration deadline, boolean skipChecks, boolean write) {
    private static final Duration USUAL = Duration.ofSeconds(60);

    /** Checks that somebody asks, for some time. */
    public ApplyOptions {
        Objects.requireNonNull(author, "author");
        if (author.isBlank()) {
            throw new IllegalArgumentException("author is empty (allowed: a name)");
        }
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("deadline = " + deadline + " (allowed: more than zero)");
        }
    }

    /**
     * As usual: a minute, with checks, without writing.
     *
     * @param author who asks
     * @return the options
     */
    public static ApplyOptions by(String author) {
        return new ApplyOptions(author, USUAL, false, false);
    }

    /**
     * The same with another deadline.
     *
     * @param other the deadline
     * @return a copy
     */
    public ApplyOptions within(Duration other) {
        return new ApplyOptions(author, other, skipChecks, write);
    }

    /**
     * The same without checks.
     *
     * @return a copy
     */
    public ApplyOptions withoutChecks() {
        return new ApplyOptions(author, deadline, true, write);
    }

    /**
     * The same, and the files are written.
     *
     * @return a copy
     */
    public ApplyOptions writing() {
        return new ApplyOptions(author, deadline, skipChecks, true);
    }
}
