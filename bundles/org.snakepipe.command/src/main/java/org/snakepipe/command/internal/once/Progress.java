// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.once;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;

/** How far a run has come, in a line. What is left of the time follows from how fast the rest of the source shrinks. */
final class Progress {
    private static final Duration TOO_SHORT_TO_TELL = Duration.ofSeconds(1);
    private static final int KILO = 1000;

    private final Instant begin;
    private long most;
    private Instant since;

    Progress(Instant begin) {
        this.begin = begin;
        this.since = begin;
    }

    /** The line of this moment. */
    String line(PipelineStatus status, Instant now) {
        StringBuilder line = new StringBuilder(status.name())
                .append(": ")
                .append(amount(status))
                .append(String.format(Locale.ROOT, ", %,.0f/s", status.perSecond()));
        left(status.gauges().remaining(), now)
                .ifPresent(left -> line.append(", ").append(time(left)).append(" left"));
        if (status.state() != PipelineState.RUNNING && status.state() != PipelineState.FINISHED) {
            line.append(", ").append(status.state().name().toLowerCase(Locale.ROOT));
        }
        return line.toString();
    }

    /** What has arrived in this run. */
    static String amount(PipelineStatus status) {
        return String.format(
                Locale.ROOT,
                "%,d records, %s",
                status.recent(),
                bytes(status.gauges().bytes()));
    }

    /** Since it began. */
    Duration elapsed(Instant now) {
        return Duration.between(begin, now);
    }

    /** As long as what there was took so far, for what there is; nothing while that is a guess. */
    private Optional<Duration> left(OptionalLong remaining, Instant now) {
        if (remaining.isEmpty()) {
            return Optional.empty();
        }
        long rest = remaining.getAsLong();
        if (rest > most) {
            most = rest;
            since = now;
        }
        Duration taken = Duration.between(since, now);
        if (rest == most || taken.compareTo(TOO_SHORT_TO_TELL) < 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) (taken.toMillis() * ((double) rest / (most - rest)))));
    }

    /** {@code 1:02:03}, {@code 2:03}. */
    static String time(Duration duration) {
        long seconds = (duration.toMillis() + KILO / 2) / KILO;
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /** {@code 12 B}, {@code 3.4 MB}. */
    static String bytes(long bytes) {
        String[] units = {"kB", "MB", "GB", "TB"};
        if (bytes < KILO) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= KILO && unit < units.length - 1) {
            value /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
