// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SecretWatchTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Pace BY_BELL = new Pace(NEVER, SOON, NEVER);
    private static final Pace BY_SWEEP = new Pace(SOON, SOON, NEVER);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    @Test
    void tellsAFileThatIsWritten() throws Exception {
        Files.writeString(directory.resolve("token"), "one");
        try (SecretWatch watch = watch(BY_BELL)) {
            watch.begin();
            watch.begin();

            Files.writeString(directory.resolve("token"), "two");

            awaitTold();
        }
    }

    @Test
    void tellsTheSwapOfKubernetes() throws Exception {
        Mounted mounted = new Mounted(directory);
        mounted.swap("token", "one");
        try (SecretWatch watch = watch(BY_BELL)) {
            watch.begin();

            mounted.swap("token", "two");

            awaitTold();
        }
    }

    @Test
    void tellsFilesThatComeAndGo() throws Exception {
        try (SecretWatch watch = watch(BY_BELL)) {
            watch.begin();

            Files.writeString(directory.resolve("token"), "one");
            awaitTold();
            Files.delete(directory.resolve("token"));
            awaitTold();
        }
    }

    /** The swap with the same content is no change; the one behind it is told, and only that. */
    @Test
    void tellsContentOnly() throws Exception {
        Mounted mounted = new Mounted(directory);
        mounted.swap("token", "one");
        try (SecretWatch watch = watch(BY_BELL)) {
            watch.begin();

            mounted.swap("token", "one");
            Files.writeString(directory.resolve("..hidden"), "x");
            mounted.swap("token", "two");

            awaitTold();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void hearsBySweepWhatNoBellTells() throws Exception {
        Mounted mounted = new Mounted(directory);
        mounted.swap("token", "one");
        try (SecretWatch watch = watch(BY_SWEEP)) {
            watch.begin();

            Files.writeString(mounted.behind("token"), "two");

            awaitTold();
        }
    }

    @Test
    void hearsBySweepWhenTheSystemRefusesABell() throws Exception {
        SecretWatch watch = new SecretWatch(
                List.of(directory),
                BY_SWEEP,
                () -> told.add("changed"),
                () -> new SecretBell(() -> {
                    throw new IOException("User limit of inotify instances reached");
                }));
        try (watch) {
            watch.begin();

            Files.writeString(directory.resolve("token"), "one");

            awaitTold();
        }
    }

    @Test
    void findsADirectoryThatComesAndIsReplaced() throws Exception {
        Path later = directory.resolve("later");
        SecretWatch watch = new SecretWatch(List.of(later), BY_SWEEP, () -> told.add("changed"));
        try (watch) {
            watch.begin();

            Files.createDirectory(later);
            Files.writeString(later.resolve("token"), "one");
            awaitTold();
            Files.move(later, directory.resolve("before"));
            awaitTold();
            Files.createDirectory(later);
            Files.writeString(later.resolve("token"), "two");
            awaitTold();
        }
    }

    @Test
    void closesBeforeItBeganAndFromItsOwnThread() throws Exception {
        SecretWatch idle = watch(BY_BELL);
        idle.close();
        idle.begin();

        BlockingQueue<SecretWatch> self = new LinkedBlockingQueue<>();
        SecretWatch watch = new SecretWatch(List.of(directory), BY_BELL, () -> {
            self.remove().close();
            told.add("closed");
        });
        self.add(watch);
        watch.begin();
        Files.writeString(directory.resolve("token"), "one");

        awaitTold();
        watch.close();
    }

    private SecretWatch watch(Pace pace) {
        return new SecretWatch(List.of(directory), pace, () -> told.add("changed"));
    }

    private void awaitTold() throws InterruptedException {
        assertThat(told.poll(30, TimeUnit.SECONDS)).as("what is told").isNotNull();
    }
}
