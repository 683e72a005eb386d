// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Participant;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;

/** Whatever is thrown once something was touched, by whom ever, there is a way back and it is gone to its end. */
class GoingBackTest {
    private static final ApplyOptions ANN = ApplyOptions.by("ann");
    private static final String OTHER = "base/snakepipe.demo~b.cfg";

    @TempDir
    private Path data;

    private RolloutBench bench;

    @BeforeEach
    void boot() throws InterruptedException {
        bench = new RolloutBench(data).file(DEMO, "size = 1\n").jar("extra.jar", "extra");
        bench.boot();
        bench.bundles.steps.clear();
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    private static void once(AtomicBoolean thrown) {
        if (thrown.compareAndSet(false, true)) {
            throw new IllegalStateException("foreign");
        }
    }

    private ReloadResult both(int size) throws InterruptedException {
        return together("size = " + size + "\n", "extra, number " + size);
    }

    private ReloadResult together(String demo, String jar) throws InterruptedException {
        return bench.file(DEMO, demo).jar("extra.jar", jar).changeTogether();
    }

    @Test
    void bundlesGoBackAlthoughConfigurationCannotBeWrittenBack() throws InterruptedException {
        bench.admin.step = step -> bench.admin.refusals = step.equals("look") ? 1 : bench.admin.refusals;

        ReloadResult result = together("size = 2\nmood = bad\n", "extra, mended");

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(bench.bundles.steps).containsExactly("stop", "start extra.jar", "undo");
    }

    @Test
    void whatDoesNotComeUpAgainIsAFailureThatNamesIt() throws InterruptedException {
        bench.admin.step = step -> bench.admin.dead = step.equals("look") ? "snakepipe.demo" : bench.admin.dead;

        ReloadResult result = both(2);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.problems().toString()).contains("going back failed: in no mood to start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "barrier", "look"})
    void whatThePlatformThrowsInTheMiddleTakesTheChangeBack(String where) throws Exception {
        AtomicBoolean thrown = new AtomicBoolean();
        bench.admin.step = step -> {
            if (step.equals(where)) {
                once(thrown);
            }
        };

        isTakenBack(both(2));
    }

    /** Asked when files have been written already, and nothing else has been touched; and at the end. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void whatIsThrownWhenItIsAskedWhatRunsTakesTheChangeBack(int time) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        bench.admin.step = step -> {
            if (step.equals("silent") && asked.incrementAndGet() == time) {
                throw new IllegalStateException("foreign");
            }
        };

        isTakenBack(both(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "start"})
    void whatBundlesThrowInTheMiddleTakesTheChangeBack(String where) throws Exception {
        AtomicBoolean thrown = new AtomicBoolean();
        bench.bundles.step = step -> {
            if (step.equals(where)) {
                once(thrown);
            }
        };

        isTakenBack(both(2));
    }

    private void isTakenBack(ReloadResult result) throws Exception {
        assertThat(result.status()).as("%s", result).isEqualTo(Status.ROLLED_BACK);
        assertThat(result.problems()).extracting(Problem::code).contains("rollout.unexpected");
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
        assertThat(bench.bundles.steps).endsWith("undo");
        assertThat(bench.snapshot.unapplied()).hasSize(2);
        assertThat(both(3).status()).isEqualTo(Status.APPLIED);
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 3);
    }

    @Test
    void whatIsThrownOnTheWayBackKeepsNothingElseFromGoingBack() throws InterruptedException {
        AtomicBoolean back = new AtomicBoolean();
        bench.admin.step = step -> {
            if (step.equals("publish") && back.getAndSet(true)) {
                throw new IllegalStateException("foreign");
            }
        };

        ReloadResult result = together("size = 2\nmood = bad\n", "extra, mended");

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(bench.bundles.steps).endsWith("undo");
    }

    /** As when the way back was cut off: nobody knows what ConfigurationAdmin holds, and the generation says something else. */
    private void failed() throws InterruptedException {
        bench.admin.step = step -> bench.admin.refusals = step.equals("look") ? 1 : bench.admin.refusals;
        ReloadResult result = bench.file(DEMO, "size = 2\nmood = bad\n")
                .file("base/snakepipe.demo~c.cfg", "size = 2\n")
                .change();
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 2);
        bench.admin.step = step -> {};
    }

    @Test
    void theNextChangePutsRightWhatAFailureHasLeft() throws InterruptedException {
        failed();

        ReloadResult result = bench.file(OTHER, "size = 5\n").change();

        assertThat(result.status()).isEqualTo(Status.APPLIED);
        assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 5);
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1).doesNotContainKey("mood");
        assertThat(bench.values("snakepipe.demo~c")).isNull();
    }

    @Test
    void alsoWhenTheFilesAreWhatTheyWere() throws InterruptedException {
        failed();

        ReloadResult result =
                bench.file(DEMO, "size = 1\n").gone("base/snakepipe.demo~c.cfg").change();

        assertThat(result.problems()).isEmpty();
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1).doesNotContainKey("mood");
        assertThat(bench.values("snakepipe.demo~c")).isNull();
        assertThat(bench.file(DEMO, "size = 1\n# as it was\n").change().status())
                .isEqualTo(Status.UNCHANGED);
    }

    @Test
    void whatTheStartCouldNotDeliverComesWithTheNextChange() throws InterruptedException {
        bench.close();
        bench = new RolloutBench(data.resolve("second")).file(DEMO, "size = 1\n");
        bench.admin.refusals = 1;
        bench.boot();

        bench.file(OTHER, "size = 5\n").change();

        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
    }

    /** What is no file is there instead, as a disk fails that took what was written and cannot keep it. */
    @Test
    void whatCannotBeKeptOnTheDiskGoesBack() throws Exception {
        Path file = Files.createDirectories(bench.config.resolve("base")).resolve("snakepipe.demo~a.cfg");
        Files.writeString(file, "size = 1\n");
        AtomicBoolean there = new AtomicBoolean();
        bench.admin.step = step -> {
            try {
                if (step.equals("look") && there.compareAndSet(false, true)) {
                    Files.delete(file);
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                            .bind(UnixDomainSocketAddress.of(file))
                            .close();
                } else if (step.equals("publish") && there.get()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        ReloadResult result = bench.service
                .apply(Map.of(DEMO, Optional.of("size = 2\n")), ANN)
                .get();

        assertThat(result.status()).as("%s", result).isEqualTo(Status.ROLLED_BACK);
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("file.unwritable"))
                .satisfies(problem -> assertThat(problem.message()).contains(DEMO));
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
        assertThat(file).hasContent("size = 1");
    }

    @Test
    void whatIsInForceIsSoAlthoughWhatWasBeforeCannotBeTakenAway() throws InterruptedException {
        AtomicBoolean thrown = new AtomicBoolean();
        bench.bundles.step = step -> {
            if (step.equals("commit")) {
                once(thrown);
            }
        };

        ReloadResult result = both(2);

        assertThat(result.status()).isEqualTo(Status.APPLIED);
        assertThat(result.problems()).extracting(Problem::code).containsExactly("rollout.unexpected");
        assertThat(bench.snapshot.generation()).isEqualTo(result.generation());
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 2);
    }

    @Test
    void whatIsThrownBeforeAnythingIsTouchedLeavesNothingBehind() throws Exception {
        AtomicBoolean thrown = new AtomicBoolean();
        bench.bundles.step = step -> {
            if (step.equals("checks")) {
                once(thrown);
            }
        };

        ReloadResult result = both(2);

        assertThat(result.status()).isEqualTo(Status.REJECTED);
        assertThat(result.problems()).extracting(Problem::code).containsExactly("rollout.unexpected");
        assertThat(bench.bundles.steps).as("what was prepared is taken back").containsExactly("undo");
        assertThat(bench.service.retry(Optional.empty(), ANN).get().status()).isEqualTo(Status.APPLIED);
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 2);
    }

    @Test
    void whoAsksIsToldWhatWasThrown() throws Exception {
        bench.write(DEMO, "size = 1\n");
        bench.bundles.step = step -> {
            if (step.equals("checks")) {
                throw new IllegalStateException("foreign");
            }
        };

        assertThat(bench.service.apply(Map.of(DEMO, Optional.of("size = 2\n")), ANN))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(bench.snapshot.unapplied()).as("as if nobody had asked").isEmpty();
    }

    @Test
    void aSetThatComesWithSomethingThatThrowsIsNotLost() throws InterruptedException {
        AtomicBoolean thrown = new AtomicBoolean();
        bench.admin.step = step -> {
            if (step.equals("look")) {
                once(thrown);
            }
        };
        bench.loop().ask(Duration.ofSeconds(20), (commands, permit) -> {
            bench.loop().arrived(new Idle());
            bench.file(OTHER, "size = 5\n").tell();
            return Optional.of(true);
        });

        ReloadResult result = bench.next();
        while (result.status() != Status.APPLIED) {
            result = bench.next();
        }

        assertThat(bench.values("snakepipe.demo~b")).containsEntry("size", 5);
    }

    private static final class Idle implements Participant {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public void hold(long epoch) {}

        @Override
        public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
            return List.of();
        }

        @Override
        public void release(long epoch) {}
    }
}
