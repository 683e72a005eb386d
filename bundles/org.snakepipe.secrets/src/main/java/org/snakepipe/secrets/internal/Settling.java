// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Decides which changes are to be told: those that have settled. Not thread-safe. */
final class Settling {
    private final long quietNanos;
    private final long latestNanos;
    private Map<Path, String> told;
    private Map<Path, String> seen;
    private long seenSince;
    private long differentSince;

    /** Begins. @param told what needs not be told */
    Settling(Pace pace, Map<Path, String> told) {
        this.quietNanos = pace.quiet().toNanos();
        this.latestNanos = pace.latest().toNanos();
        this.told = told;
        this.seen = told;
    }

    /** Takes what is there now. @return the files to be told about; empty when there is nothing to tell, or not yet */
    Set<Path> step(Map<Path, String> now, long nanos) {
        if (!isPending()) {
            differentSince = nanos;
        }
        if (!now.equals(seen)) {
            seen = now;
            seenSince = nanos;
        }
        boolean settled = nanos - seenSince >= quietNanos || nanos - differentSince >= latestNanos;
        if (!isPending() || !settled) {
            return Set.of();
        }
        Set<Path> files = new TreeSet<>(told.keySet());
        files.addAll(seen.keySet());
        files.removeIf(file -> Objects.equals(told.get(file), seen.get(file)));
        told = seen;
        return files;
    }

    /** Whether something has changed that is not told yet, so that it has to be looked at again soon. */
    boolean isPending() {
        return !seen.equals(told);
    }
}
