// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How many records a second arrived over the last seconds. Thread-safe. */
final class RateMeter {
    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final double SECOND = 1e9;

    private record Sample(long time, long total) {}

    private final LongSupplier clock;
    private final Deque<Sample> samples = new ArrayDeque<>();

    RateMeter(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized double perSecond(long total) {
        long now = clock.getAsLong();
        if (!samples.isEmpty() && total < samples.peekLast().total()) {
            // It began anew.
            samples.clear();
        }
        samples.addLast(new Sample(now, total));
        while (samples.size() > 2 && now - samples.peekFirst().time() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.peekFirst();
        long passed = now - first.time();
        return passed == 0 ? 0 : Math.max(0, (total - first.total()) * SECOND / passed);
    }
}
