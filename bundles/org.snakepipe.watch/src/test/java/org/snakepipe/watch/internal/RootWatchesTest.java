// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.ChangeListener;
import org.snakepipe.control.ChangeSet;

/** The real bell, the real clock, a real directory. */
class RootWatchesTest {
    @TempDir
    Path directory;

    private final BlockingQueue<ChangeSet> sets = new LinkedBlockingQueue<>();
    private final AtomicReference<ChangeListener> listener = new AtomicReference<>(sets::add);
    private Path config;
    private RootWatches watches;

    @BeforeEach
    void watch() throws IOException {
        config = Files.createDirectories(directory.resolve("config")).toRealPath();
        Path deploy = Files.createDirectories(directory.resolve("deploy")).toRealPath();
        Path overrides = Files.createDirectories(directory.resolve("overrides")).toRealPath();
        watches = RootWatches.of(config, deploy, overrides, listener::get);
    }

    @AfterEach
    void close() {
        watches.close();
    }

    private ChangeSet next() throws InterruptedException {
        ChangeSet set = sets.poll(20, TimeUnit.SECONDS);
        assertThat(set).as("a set within 20 s").isNotNull();
        return set;
    }

    private void begin() throws InterruptedException {
        watches.start();
        for (ChangeSet.Root ignored : ChangeSet.Root.values()) {
            assertThat(next().initial()).isTrue();
        }
    }

    @Test
    void aSavedFileArrives() throws Exception {
        begin();
        Files.createDirectories(config.resolve("base"));
        Files.writeString(config.resolve("base/a.cfg"), "x = 1\n");

        ChangeSet set = next();

        assertThat(set.root()).isEqualTo(ChangeSet.Root.CONFIG);
        assertThat(set.changed()).containsOnlyKeys("base/a.cfg");
        assertThat(watches.problems()).isEmpty();
        assertThat(watches.get(ChangeSet.Root.CONFIG).isHardOfHearing()).isFalse();
    }

    @Test
    void aListenerThatComesLaterFirstGetsEverything() throws Exception {
        begin();
        Files.writeString(config.resolve("a.cfg"), "x");
        next();
        BlockingQueue<ChangeSet> later = new LinkedBlockingQueue<>();
        listener.set(later::add);
        watches.ring();

        for (ChangeSet.Root ignored : ChangeSet.Root.values()) {
            ChangeSet set = later.poll(20, TimeUnit.SECONDS);
            assertThat(set.initial()).isTrue();
            if (set.root() == ChangeSet.Root.CONFIG) {
                assertThat(set.changed()).containsOnlyKeys("a.cfg");
            }
        }
    }

    @Test
    void aListenerThatThrowsDoesNotEndTheWatching() throws Exception {
        listener.set(set -> {
            sets.add(set);
            throw new IllegalStateException("from the test");
        });
        begin();
        Files.writeString(config.resolve("a.cfg"), "x");

        assertThat(next().changed()).containsOnlyKeys("a.cfg");
    }

    @Test
    void whatNobodyExpectsDoesNotEndTheWatchingAndEverythingIsToldAgain() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        listener.set(set -> {
            if (fails.getAndSet(false)) {
                throw new StackOverflowError("from the test");
            }
            sets.add(set);
        });
        begin();
        Files.writeString(config.resolve("a.cfg"), "x");
        next();
        fails.set(true);
        Files.writeString(config.resolve("b.cfg"), "x");

        ChangeSet set = next();

        assertThat(set.initial()).isTrue();
        assertThat(set.changed()).containsOnlyKeys("a.cfg", "b.cfg");
    }

    @Test
    void anInterruptedListenerDoesNotEndTheWatching() throws Exception {
        listener.set(set -> {
            sets.add(set);
            Thread.currentThread().interrupt();
        });
        begin();
        Files.writeString(config.resolve("a.cfg"), "x");

        assertThat(next().changed()).containsOnlyKeys("a.cfg");
    }

    @Test
    void anAccidentIsToldAndWhoConfirmsItGetsIt() throws Exception {
        BlockingQueue<ChangeSet> accidents = new LinkedBlockingQueue<>();
        AtomicReference<Runnable> confirm = new AtomicReference<>();
        listener.set(new ChangeListener() {
            @Override
            public void changed(ChangeSet set) {
                sets.add(set);
            }

            @Override
            public void accident(ChangeSet set, Runnable confirmed) {
                confirm.set(confirmed);
                accidents.add(set);
            }
        });
        begin();
        Files.writeString(config.resolve("a.cfg"), "x");
        next();
        Files.move(config, directory.resolve("away"));
        watches.ring();
        assertThat(accidents.poll(20, TimeUnit.SECONDS).gone()).containsExactly("a.cfg");
        assertThat(watches.problems())
                .as("the listener says it, with what confirms it")
                .isEmpty();

        confirm.get().run();

        assertThat(next().gone()).containsExactly("a.cfg");
        assertThat(accidents.poll(20, TimeUnit.SECONDS).gone()).as("it is over").isEmpty();
        assertThat(problems(1)).endsWith("it is read as soon as it is there");
    }

    @Test
    void whatIsTooLargeAndNotReadIsAProblemThatGoesAway() throws Exception {
        begin();
        Path dump = Files.write(config.resolve("dump.md"), new byte[(1 << 20) + 1]);
        watches.ring();
        assertThat(problems(1)).contains("dump.md: has 1048577 bytes (allowed: at most 1048576). Nobody reads it");
        Files.delete(dump);
        watches.ring();
        assertThat(problems(0)).isEmpty();
    }

    /** The real bell tells of the link, and of what lies behind it then. */
    @Test
    void aRootBehindALinkIsWatchedWhereItLeadsNow() throws Exception {
        Path one = Files.createDirectories(directory.resolve("rel/1"));
        Path two = Files.createDirectories(directory.resolve("rel/2"));
        Files.writeString(one.resolve("a.cfg"), "one");
        Files.writeString(two.resolve("a.cfg"), "two");
        Files.delete(config);
        Files.createSymbolicLink(config, one);
        begin();
        Files.move(Files.createSymbolicLink(directory.resolve("t"), two), config, StandardCopyOption.ATOMIC_MOVE);

        assertThat(new String(next().changed().get("a.cfg").bytes(), StandardCharsets.UTF_8))
                .isEqualTo("two");
        Files.writeString(two.resolve("b.cfg"), "x");
        assertThat(next().changed()).containsOnlyKeys("b.cfg");
    }

    @Test
    void aMissingRootIsAProblemThatGoesAway() throws Exception {
        begin();
        Path away = directory.resolve("away");
        Files.move(config, away);
        watches.ring();
        assertThat(problems(1)).contains("cannot be listed");
        Files.move(away, config);
        watches.ring();
        assertThat(problems(0)).isEmpty();
    }

    private String problems(int count) throws InterruptedException {
        for (int tries = 0; tries < 500 && watches.problems().size() != count; tries++) {
            assertThat(sets.poll(20, TimeUnit.MILLISECONDS)).isNull();
        }
        return watches.problems().isEmpty() ? "" : watches.problems().get(0).toString();
    }

    /** Half of the edits in place, half by rename; each content says its own length, so that a torn one is seen. */
    @Test
    void nothingIsLostAndNothingTorn() throws Exception {
        begin();
        Random random = new Random(7);
        Map<String, String> last = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            String name = random.nextInt(20) + ".cfg";
            String body = "x".repeat(random.nextInt(4000));
            String text = body.length() + ":" + body;
            Path file = config.resolve(name);
            if (random.nextBoolean()) {
                Files.writeString(file, text);
            } else {
                Path beside = Files.writeString(config.resolve("." + name), text);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            }
            last.put(name, text);
        }
        Map<String, String> seen = new HashMap<>();
        while (!seen.equals(last)) {
            next().changed().forEach((path, content) -> {
                String text = new String(content.bytes(), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                assertThat(colon).as("torn: %s", path).isPositive();
                assertThat(text.length() - colon - 1)
                        .as("torn: %s", path)
                        .isEqualTo(Integer.parseInt(text.substring(0, colon)));
                seen.put(path, text);
            });
        }
    }

    private RootWatch watch(Sweeps sweeps) throws InterruptedException {
        Tree.Root root = new Tree.Root(
                ChangeSet.Root.CONFIG, config, true, new Allowance(1 << 20, 1 << 20, 100), Duration.ofSeconds(3));
        RootWatch watch = new RootWatch(root, listener::get, sweeps).start();
        assertThat(next().initial()).isTrue();
        return watch;
    }

    @Test
    void whatNoBellTellsIsFoundAndOthersLikeItAreExpected() throws Exception {
        Path outside = Files.writeString(directory.resolve("outside.cfg"), "x = 1\n");
        Files.createSymbolicLink(config.resolve("a.cfg"), outside);
        Sweeps sweeps = new Sweeps(System::nanoTime, Duration.ofMillis(50));
        try (RootWatch watch = watch(sweeps)) {
            Files.writeString(outside, "x = 22\n");

            assertThat(next().changed()).containsOnlyKeys("a.cfg");
            assertThat(watch.problems()).isEmpty();
            assertThat(sweeps.next(true, true)).isEqualTo(Sweeps.OFTEN.toNanos());
        }
    }

    @Test
    void whereABellTellsItLooksStaySeldom() throws Exception {
        Sweeps sweeps = new Sweeps(System::nanoTime);
        try (RootWatch watch = watch(sweeps)) {
            Files.writeString(config.resolve("a.cfg"), "x = 1\n");

            assertThat(next().changed()).containsOnlyKeys("a.cfg");
            assertThat(watch.problems()).isEmpty();
            assertThat(sweeps.next(true, true)).isEqualTo(Sweeps.SELDOM.toNanos());
        }
    }
}
