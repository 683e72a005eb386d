// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Directories that hold more than is listed: they are not gone through again at each look, or nothing else would be noticed
 * meanwhile. Used by one thread.
 */
final class FullDirectories {
    private static final long AGAIN = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Map<String, Long> found = new HashMap<>();

    FullDirectories(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void add(String identity) {
        found.put(identity, nanos.getAsLong());
    }

    /** Whether it was one a moment ago. */
    boolean has(String identity) {
        found.values().removeIf(since -> nanos.getAsLong() - since >= AGAIN);
        return found.containsKey(identity);
    }
}
