// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

/** What the probe tells: lines {@code EVENT VALUE MICROSECONDS}, the last since the epoch, by the clock of this machine. */
record ProbeFile(Path path) {
    private static final long LOOK_MILLIS = 2;

    /** Now, by the same clock. */
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Waits until an event is told with a value, as long as who tells lives, and returns when it was. */
    long await(String event, String value, Duration patience, BooleanSupplier alive)
            throws IOException, InterruptedException {
        String beginning = event + " " + value + " ";
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end && alive.getAsBoolean()) {
            if (Files.exists(path)) {
                for (String line : Files.readAllLines(path)) {
                    if (line.startsWith(beginning)) {
                        return Long.parseLong(line.substring(beginning.length()));
                    }
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
        String fate = alive.getAsBoolean() ? "within " + patience.toSeconds() + " s" : "before the process ended";
        throw new IOException("no '" + event + " " + value + "' " + fate + " in " + path);
    }
}
