// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each phase of an attempt took. Used by one thread. */
final class Phases {
    private final Map<String, Duration> durations = new LinkedHashMap<>();
    private long last = System.nanoTime();

    /** Ends a phase; a name that comes again adds to the first. */
    void end(String name) {
        long now = System.nanoTime();
        durations.merge(name, Duration.ofNanos(now - last), Duration::plus);
        last = now;
    }

    Map<String, Duration> durations() {
        return durations;
    }
}
