// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakepipe.control.ReloadListener;

/** How long each phase of an attempt took. Used by one thread. */
final class Phases {
    private final String cause;
    private final ReloadListener listener;
    private final Map<String, Duration> durations = new LinkedHashMap<>();
    private long last = System.nanoTime();

    /** The first phase begins. @param cause what asked for it @param listener hears of each that ends */
    Phases(String cause, ReloadListener listener) {
        this.cause = cause;
        this.listener = listener;
    }

    /** Ends a phase; a name that comes again adds to the first. */
    void end(String name) {
        long now = System.nanoTime();
        Duration took = Duration.ofNanos(now - last);
        durations.merge(name, took, Duration::plus);
        listener.phaseEnded(cause, name, took);
        // What listeners take is nobody's phase.
        last = System.nanoTime();
    }

    Map<String, Duration> durations() {
        return durations;
    }
}
