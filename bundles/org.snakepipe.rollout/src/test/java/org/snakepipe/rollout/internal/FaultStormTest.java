// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.PluginCheck;
import org.snakepipe.control.Recorder;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;

/**
 * One kind of fault again and again, each time at another moment of a change of two configurations that belong together: they
 * are of one change whenever somebody may act, afterwards, on the disk and after a restart; and once the fault is gone, the
 * next change is like any other. {@code -Plong} goes on for a hundred times as long.
 */
class FaultStormTest {
    private static final int ROUNDS = Integer.getInteger("snakepipe.faults", 10);
    private static final String B = "base/snakepipe.demo~b.cfg";
    private static final ApplyOptions ANN = ApplyOptions.by("ann");
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(30);
    /** More than a change writes. */
    private static final int WRITES = 12;

    private static final int DAYS = 1000;
    private static final int KINDS = 4;
    /** The last of what a participant is told in a change. */
    private static final int RELEASE = 2;

    private static final int ZEROS = 64;

    @TempDir
    private Path data;

    private final Random random = new Random(5);
    private RolloutBench bench;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private PairProbe probe;
    private int size = 1;
    /** Whether the change cannot come into force, whatever happens first. */
    private boolean isHopeless;

    /** What goes wrong. */
    private enum Fault {
        DISK_FULL_AT_A_WRITE,
        DISK_FULL_FROM_A_WRITE_ON,
        DATA_READ_ONLY,
        CLOCK_JUMPS,
        CHECK_MISBEHAVES,
        PARTICIPANT_DISAPPEARS,
        PARTICIPANT_COMES,
        PARTICIPANT_THROWS,
        BUNDLE_STOPPED,
        RECORDER_CANNOT_WRITE;

        /** Whether the change cannot come into force when it happens before the end of one. */
        private boolean isVeto() {
            return this == PARTICIPANT_DISAPPEARS
                    || this == PARTICIPANT_COMES
                    || this == BUNDLE_STOPPED
                    || this == RECORDER_CANNOT_WRITE;
        }

        /** Whether the change is brought into force all the same. */
        private boolean isHarmless() {
            return this == CLOCK_JUMPS || this == CHECK_MISBEHAVES || this == DATA_READ_ONLY;
        }
    }

    /** Does something once, in one phase or another. */
    private static final class Meddler extends PairProbe {
        private final String when;
        private final Runnable what;
        private volatile boolean armed;

        Meddler(FakeAdmin admin, List<String> wrong, int phase, Runnable what) {
            super(admin, wrong);
            this.when = List.of("hold", "settle", "release").get(phase);
            this.what = what;
        }

        @Override
        public String name() {
            return "meddler";
        }

        private void in(String phase) {
            if (armed && phase.equals(when)) {
                armed = false;
                what.run();
            }
        }

        @Override
        public void hold(long epoch) {
            super.hold(epoch);
            in("hold");
        }

        @Override
        public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
            in("settle");
            return super.settle(epoch, wanted, deadline);
        }

        @Override
        public void release(long epoch) {
            super.release(epoch);
            in("release");
        }
    }

    @AfterEach
    void leave() {
        if (bench != null) {
            bench.close();
        }
    }

    private static String text(int size) {
        return "size = " + size + "\nmood = fine\n";
    }

    /** As after a restart: what lies there is what is read. */
    private void open() throws IOException, InterruptedException {
        bench = RolloutBench.patient(
                data, factory -> factory.checkingWithin(IMPATIENT).recordingWithin(IMPATIENT));
        for (String path : List.of(DEMO, B)) {
            bench.file(path, Files.readString(bench.config.resolve(path)));
        }
        bench.boot();
    }

    private void openWatched() throws IOException, InterruptedException {
        open();
        probe = new PairProbe(bench.admin, wrong);
        bench.loop().arrived(probe);
    }

    private void first() throws IOException, InterruptedException {
        Path base = Files.createDirectories(data.resolve("config/base"));
        Files.writeString(base.resolve("snakepipe.demo~a.cfg"), text(size));
        Files.writeString(base.resolve("snakepipe.demo~b.cfg"), text(size));
        openWatched();
    }

    private ReloadResult apply(int wanted) throws Exception {
        return bench.service
                .apply(Map.of(DEMO, Optional.of(text(wanted)), B, Optional.of(text(wanted))), ANN)
                .get();
    }

    private void isWhole(String when, int... allowed) {
        assertThat(bench.values("snakepipe.demo~a").get("size"))
                .as(when)
                .isIn(Arrays.stream(allowed).boxed().toArray());
        assertThat(bench.values("snakepipe.demo~b").get("size"))
                .as("%s: no half of a change", when)
                .isEqualTo(bench.values("snakepipe.demo~a").get("size"));
        size = (int) bench.values("snakepipe.demo~a").get("size");
        assertThat(bench.config.resolve(DEMO)).as(when).hasContent(text(size));
        assertThat(bench.config.resolve(B)).as(when).hasContent(text(size));
        assertThat(wrong).as(when).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatEverHappensOneGenerationIsInForce(Fault fault) throws Exception {
        first();
        int refused = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            String when = fault + ", round " + round;
            int old = size;
            int wanted = 1 + (size + random.nextInt(99)) % 100;
            isHopeless = false;
            Runnable mend = happen(fault);
            ReloadResult result = apply(wanted);
            isWhole(when + ": " + result, old, wanted);
            assertThat(size == wanted)
                    .as("%s: what is in force is what %s says", when, result)
                    .isEqualTo(result.status() == Status.APPLIED);
            if (isHopeless && fault.isVeto()) {
                assertThat(result.status()).as("%s: %s", when, result).isIn(Status.REJECTED, Status.ROLLED_BACK);
            }
            refused += result.status() == Status.APPLIED ? 0 : 1;
            if (random.nextInt(KINDS) == 0) {
                mend.run();
                bench.close();
                openWatched();
                // Where nothing could be forgotten either it is taken back, as was said.
                isWhole(
                        when + ", after a restart; before " + old + " to " + wanted + ": " + result,
                        size,
                        fault == Fault.DATA_READ_ONLY ? old : size);
            }
            mend.run();
            int next = 1 + size % 100;
            ReloadResult good = apply(next);
            assertThat(good.status()).as("%s, mended: %s", when, good).isEqualTo(Status.APPLIED);
            isWhole(when + ", mended", next);
        }
        assertThat(probe.calls).as("somebody has looked").isNotEmpty();
        assertThat(refused > 0)
                .as("%d of %d did not come into force", refused, ROUNDS)
                .isNotEqualTo(fault.isHarmless());
    }

    /** Who has come takes part from now on. */
    private void taken() throws Exception {
        bench.service.plan(Optional.empty(), PATIENT).get();
    }

    /** Gives what mends it. */
    private Runnable happen(Fault fault) throws Exception {
        AtomicInteger left = new AtomicInteger(random.nextInt(WRITES));
        RolloutBench here = bench;
        switch (fault) {
            case DISK_FULL_AT_A_WRITE -> here.full = path -> left.getAndDecrement() == 0;
            case DISK_FULL_FROM_A_WRITE_ON -> here.full = path -> left.getAndDecrement() <= 0;
            case DATA_READ_ONLY -> {
                Runnable end = meddle(() -> {
                    here.full = path -> !path.startsWith(here.config);
                    here.readOnly = true;
                });
                return () -> {
                    end.run();
                    here.full = path -> false;
                    here.readOnly = false;
                };
            }
            case CLOCK_JUMPS -> {
                Duration jump = Duration.ofDays(random.nextInt(2 * DAYS) - DAYS);
                return meddle(() -> here.later(jump));
            }
            case CHECK_MISBEHAVES -> {
                return misbehave();
            }
            case PARTICIPANT_DISAPPEARS -> {
                PairProbe leaving = new PairProbe(here.admin, wrong);
                here.loop().arrived(leaving);
                taken();
                return meddle(() -> here.loop().left(leaving));
            }
            case PARTICIPANT_COMES -> {
                PairProbe coming = new PairProbe(here.admin, wrong);
                Runnable end = meddle(() -> here.loop().arrived(coming));
                return () -> {
                    end.run();
                    here.loop().left(coming);
                };
            }
            case PARTICIPANT_THROWS -> {
                return meddle(() -> {
                    throw new IllegalStateException("foreign");
                });
            }
            case BUNDLE_STOPPED -> {
                Runnable end = meddle(() -> here.bundles.stopped.put("snakepipe.demo", "org.example.demo"));
                return () -> {
                    end.run();
                    here.bundles.stopped.clear();
                };
            }
            case RECORDER_CANNOT_WRITE -> {
                Recorder recorder = recorder();
                here.recorders.add(recorder);
                return () -> here.recorders.remove(recorder);
            }
        }
        return () -> here.full = path -> false;
    }

    private Runnable meddle(Runnable what) throws Exception {
        RolloutBench here = bench;
        int phase = random.nextInt(RELEASE + 1);
        isHopeless = phase < RELEASE;
        Meddler meddler = new Meddler(here.admin, wrong, phase, what);
        here.loop().arrived(meddler);
        taken();
        meddler.armed = true;
        return () -> here.loop().left(meddler);
    }

    /** A check that hangs, deaf or not, throws, or leaves the flag of its thread set. */
    private Runnable misbehave() {
        RolloutBench here = bench;
        CountDownLatch end = new CountDownLatch(1);
        int how = random.nextInt(KINDS);
        here.bundles.checks.add(new PluginCheck("snakepipe.demo", "demo", "", () -> (id, values, context) -> {
            switch (how) {
                case 0 -> end.await();
                case 1 -> hangDeaf(end);
                case 2 -> throw new StackOverflowError("foreign");
                default -> Thread.currentThread().interrupt();
            }
            return List.of();
        }));
        return () -> {
            end.countDown();
            here.bundles.checks.clear();
        };
    }

    private static void hangDeaf(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    /** One that throws what it may, or may not, or hangs; before the change or after it. */
    private Recorder recorder() {
        int how = random.nextInt(KINDS);
        boolean before = random.nextBoolean();
        isHopeless = before;
        return new Recorder() {
            @Override
            public String name() {
                return "audit";
            }

            private void fail() throws IOException {
                switch (how) {
                    case 0 -> throw new IOException("No space left on device");
                    case 1 -> throw new IllegalStateException("foreign");
                    case 2 -> throw new StackOverflowError("foreign");
                    default -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }
            }

            @Override
            public void intended(long epoch, String author, String cause, List<String> changes) throws IOException {
                if (before) {
                    fail();
                }
            }

            @Override
            public void ended(long epoch, ReloadResult result) throws IOException {
                if (!before) {
                    fail();
                }
            }
        };
    }

    /**
     * Last good is damaged somewhere, or of the product before, and what lies in the directory is wrong: what is in force then
     * was so before, of one change; or nothing.
     */
    @Test
    void whatIsDamagedIsNeverMadeUpFrom() throws Exception {
        first();
        int used = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            int wanted = 1 + size % 100;
            assertThat(apply(wanted).status()).isEqualTo(Status.APPLIED);
            isWhole("round " + round, wanted);
            bench.close();
            Path good = data.resolve("last-good/dev.json");
            byte[] bytes = Files.readAllBytes(good);
            boolean older = random.nextInt(KINDS) == 0;
            String how = older ? "of the product before" : damage(good);
            if (older) {
                Files.write(good, RolloutBench.ofTheProductBefore(Files.readAllLines(good)));
            }
            try (Stream<Path> generations = Files.list(data.resolve("generations/dev"))) {
                // They are copies that would stand in for it.
                for (Path copy : generations.toList()) {
                    Files.write(copy, Files.readAllBytes(good));
                }
            }
            Files.writeString(data.resolve("config").resolve(DEMO), "size = 0\n");
            open();
            Map<String, Object> a = bench.values("snakepipe.demo~a");
            Map<String, Object> b = bench.values("snakepipe.demo~b");
            assertThat(b).as("round %d, %s", round, how).containsEntry("size", wanted);
            assertThat(!older || a != null)
                    .as("round %d, %s, is used", round, how)
                    .isTrue();
            if (a != null) {
                used++;
                assertThat(a).as("round %d, %s", round, how).containsEntry("size", wanted);
            }
            bench.close();
            Files.write(good, bytes);
            Files.writeString(data.resolve("config").resolve(DEMO), text(wanted));
            openWatched();
            isWhole("round " + round + ", mended", wanted);
        }
        assertThat(used)
                .as("times that it could be used all the same, of %d", ROUNDS)
                .isLessThan(ROUNDS);
    }

    private String damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        switch (random.nextInt(KINDS)) {
            case 0 -> Files.write(file, Arrays.copyOf(bytes, at));
            case 1 -> {
                bytes[at] = (byte) random.nextInt();
                Files.write(file, bytes);
            }
            case 2 -> {
                List<String> other = random.nextBoolean()
                        ? List.of("\"environment\" : \"dev\"", "\"environment\" : \"prod\"")
                        : List.of("\"format\" : 2", "\"format\" : 3");
                String damaged = text.replace(other.get(0), other.get(1));
                assertThat(damaged).isNotEqualTo(text);
                Files.writeString(file, damaged);
            }
            default -> {
                Arrays.fill(bytes, at, Math.min(bytes.length, at + ZEROS), (byte) 0);
                Files.write(file, bytes);
            }
        }
        return "byte " + at + " of " + bytes.length + ": "
                + text.substring(Math.max(0, at - 20), Math.min(text.length(), at + 20));
    }
}
