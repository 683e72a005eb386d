// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.time.Duration;

/**
 * How long a file must show the same stamp, by our own clock since we first saw it, before it counts. The age of its mtime
 * says nothing: while a file is being truncated its size is 0 with the old mtime. Found by 10,000 edits, half of them in two
 * writes: every simpler rule delivered halves.
 */
final class SettleRule {
    /** A file put in the place of another is complete when it arrives, save for hard links and delete-and-create. */
    static final Duration ARRIVED = Duration.ofMillis(30);

    /** Changed in place, new, or gone: a successor may be on its way. */
    static final Duration CHANGED = Duration.ofMillis(100);

    /** Emptied or shrunk in place: most likely the first half of a write. */
    static final Duration EMPTIED = Duration.ofMillis(500);

    private SettleRule() {}

    /**
     * The time of rest for a file.
     *
     * @param now      how it looks
     * @param accepted how it looked when it last counted; {@code null} when it never did
     * @return nanoseconds
     */
    static long rest(Stamp now, Stamp accepted) {
        if (now.isGone()) {
            return CHANGED.toNanos();
        }
        boolean known = accepted != null;
        boolean shrunk = known && accepted.isSameFile(now) && now.size() < accepted.size();
        if (now.size() == 0 || shrunk) {
            return EMPTIED.toNanos();
        }
        return (known && !accepted.isSameFile(now) ? ARRIVED : CHANGED).toNanos();
    }
}
