// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/**
 * Two configurations are changed together again and again, faster than changes are applied, and half of the changes are wrong:
 * whenever somebody may look, both have the same value, of a change that was right. {@code -Plong} changes them 10,000 times.
 */
@ExtendWith(BundleContextExtension.class)
class PairStormTest {
    /** Shorter and longer than what a set of files rests before it is read. */
    private static final long MOST_PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String NONE = "none";

    private final Random random = new Random(11);
    private final Set<String> right = ConcurrentHashMap.newKeySet();
    private final Set<ReloadResult.Status> outcomes = ConcurrentHashMap.newKeySet();

    private BundleContext context;
    private Edits edits;
    private Path mount;
    private int count;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
        edits = new Edits(bundle);
        count = Integer.parseInt(bundle.getProperty("snakepipe.storm.edits"));
        mount = edits.config().resolve("local");
    }

    @AfterEach
    void leave() throws InterruptedException, IOException {
        edits.close();
    }

    /** Looks before everything that acts is held, and when it may act again. */
    private final class Probe implements Participant {
        final List<String> wrong = new CopyOnWriteArrayList<>();
        final AtomicInteger looks = new AtomicInteger();

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public void hold(long epoch) {
            look("hold");
        }

        @Override
        public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
            // Part of finding out whether all come up: before the release nobody may act on it.
            return List.of();
        }

        @Override
        public void release(long epoch) {
            look("release");
        }

        private void look(String when) {
            looks.incrementAndGet();
            String a = edits.mood("a");
            String b = edits.mood("b");
            if (!a.equals(b) || !right.contains(a)) {
                wrong.add(when + ": " + a + " and " + b);
            }
        }
    }

    @Test
    void aProbeSeesNoInvalidValueAndNoHalfOfAChange() throws Exception {
        right.add(NONE);
        Probe probe = new Probe();
        ServiceRegistration<Participant> taking = context.registerService(Participant.class, probe, null);
        Scene.await("the probe takes part", () -> probe.looks.get() > 0);
        first();
        right.remove(NONE);
        ServiceRegistration<ReloadListener> hearing =
                context.registerService(ReloadListener.class, outcome -> outcomes.add(outcome.status()), null);
        try {
            for (int number = 1; number < count; number++) {
                change(number, mistake(number));
                LockSupport.parkNanos((long) (random.nextDouble() * MOST_PACE_NANOS));
            }
            change(count, "");
            Scene.await(
                    "the last pair",
                    () -> edits.mood("a").equals("pair " + count)
                            && edits.mood("b").equals("pair " + count));
            assertThat(probe.wrong).isEmpty();
            assertThat(probe.looks).as("changes came through").hasValueGreaterThan(10);
            assertThat(outcomes)
                    .as("right ones and wrong ones were seen")
                    .contains(ReloadResult.Status.APPLIED, ReloadResult.Status.REJECTED);
        } finally {
            hearing.unregister();
            taking.unregister();
        }
    }

    /** The links, which stay, and what they lead to: all of it is there at once. */
    private void first() throws IOException, InterruptedException {
        Path there = mount;
        mount = Files.createDirectory(there.resolveSibling("..local"));
        change(0, "");
        for (String name : List.of("a", "b")) {
            Files.createSymbolicLink(mount.resolve(Edits.name(name)), Path.of("..data", Edits.name(name)));
        }
        Files.move(mount, there, StandardCopyOption.ATOMIC_MOVE);
        mount = there;
        edits.scene().outcome(ReloadResult.Status.APPLIED, Edits.name("a"));
    }

    /** What is wrong with a change, which is its second file; empty for one that is right. */
    private String mistake(int number) {
        return switch (random.nextInt(8)) {
            case 0 -> "token = of " + number + "\n";
            case 1 -> "mood\n# " + number + "\n";
            case 2 -> "mood = $[secret:nobody.knows." + number + "]\n";
            case 3 -> "mood = bad\n# " + number + "\n";
            default -> "";
        };
    }

    /** Both files at once: the directory that they are in is another from one moment to the next. */
    private void change(int number, String mistake) throws IOException {
        String mood = "pair " + number;
        if (mistake.isEmpty()) {
            right.add(mood);
        }
        Path version = Files.createDirectory(mount.resolve("..version_" + number));
        Files.writeString(version.resolve(Edits.name("a")), "mood = " + mood + "\n");
        Files.writeString(version.resolve(Edits.name("b")), mistake.isEmpty() ? "mood = " + mood + "\n" : mistake);
        Files.createSymbolicLink(mount.resolve("..data_tmp"), version.getFileName());
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (number > 0) {
            // At once, whoever reads it now, as Kubernetes does.
            Edits.delete(mount.resolve("..version_" + (number - 1)));
        }
    }
}
