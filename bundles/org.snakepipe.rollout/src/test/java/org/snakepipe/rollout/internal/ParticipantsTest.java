// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PipelineEffect;
import org.snakepipe.control.Plan;
import org.snakepipe.control.ReloadResult;

class ParticipantsTest {
    private static final ConfigId ID = ConfigId.parse("snakepipe.demo~a");

    @TempDir
    private Path data;

    private final Witness witness = new Witness();
    private RolloutBench bench;

    /** Writes down what it is told. */
    private static final class Witness implements Participant {
        final List<String> calls = new CopyOnWriteArrayList<>();
        final List<Map<ConfigId, String>> wanted = new CopyOnWriteArrayList<>();
        volatile RuntimeException failure;
        volatile String failsIn = "";
        volatile List<Problem> answer = List.of();

        private volatile Consumer<String> hangs = what -> {};

        private void call(String what, long epoch) {
            calls.add(what + " " + epoch);
            hangs.accept(what);
            if (failsIn.equals(what)) {
                failsIn = "";
                throw failure;
            }
        }

        private volatile Runnable settling = () -> {};

        @Override
        public String name() {
            return "witness";
        }

        @Override
        public void hold(long epoch) {
            call("hold", epoch);
        }

        @Override
        public List<Problem> settle(long epoch, Map<ConfigId, String> ids, Duration deadline) {
            wanted.add(ids);
            settling.run();
            call("settle", epoch);
            List<Problem> problems = answer;
            answer = List.of();
            return problems;
        }

        @Override
        public List<PipelineEffect> effects(List<Plan.Change> changes) {
            hangs.accept("effects");
            return List.of();
        }

        @Override
        public void release(long epoch) {
            call("release", epoch);
        }
    }

    @BeforeEach
    void boot() throws InterruptedException {
        bench = new RolloutBench(data).file(DEMO, "size = 1\n").file("base/com.example.server.cfg", "size = 1\n");
        bench.loop().arrived(witness);
        bench.boot();
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    @Test
    void areAskedAtTheSameTime() throws Exception {
        Witness one = new Witness();
        Witness other = new Witness();
        try (RolloutBench two = new RolloutBench(data.resolve("two"))) {
            two.file(DEMO, "size = 1\n").loop().arrived(one);
            two.loop().arrived(other);
            two.boot();
            CyclicBarrier together = new CyclicBarrier(2);
            Consumer<String> waiting = what -> {
                try {
                    together.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(what + " came alone", e);
                }
            };
            one.hangs = waiting;
            other.hangs = waiting;

            assertThat(two.file(DEMO, "size = 2\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
        }
    }

    @Test
    void eachOfSeveralThatHangIsSilent() throws Exception {
        Duration patience = Duration.ofMillis(50);
        Participants participants = new Participants(patience, patience, Duration.ZERO);
        List<Participant> hanging = List.of(new Witness(), new Witness(), new Witness());
        hanging.forEach(one -> ((Witness) one).hangs = what -> hang(new CountDownLatch(1)));
        hanging.forEach(participants::add);
        List<Problem> problems = participants.hold(hanging, 1);
        participants.close();

        assertThat(problems)
                .extracting(Problem::code)
                .containsOnly("participant.silent")
                .hasSize(3);
    }

    @Test
    void oneThatGivesNothingIsToBlameForIt() throws Exception {
        witness.answer = null;

        ReloadResult outcome = bench.file(DEMO, "size = 2\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(outcome.problems()).extracting(Problem::code).containsExactly("participant.failed");
        assertThat(bench.file(DEMO, "size = 3\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
    }

    @ParameterizedTest
    @CsvSource({Participant.UNEXPLAINED + ", in no mood to start", "definition.failed, not today"})
    void theReasonOfTheComponentStandsOnlyForNoReason(String code, String said) throws InterruptedException {
        witness.answer = List.of(Problem.error(code, "not today").id(ID).build());
        witness.settling = () -> bench.admin.dead = ID.pid();
        bench.admin.step = step -> bench.admin.dead = step.equals("publish") ? "" : bench.admin.dead;

        ReloadResult outcome = bench.file(DEMO, "size = 2\n").change();

        assertThat(outcome.problems()).extracting(Problem::message).containsExactly(said);
    }

    @Test
    void isHeldSettledAndReleasedWithTheIdsOfOurs() throws InterruptedException {
        String before = witness.wanted.get(witness.wanted.size() - 1).get(ID);
        witness.calls.clear();

        bench.file(DEMO, "size = 2\n").change();

        assertThat(witness.calls).hasSize(3);
        String epoch = witness.calls.get(0).substring("hold ".length());
        assertThat(witness.calls).containsExactly("hold " + epoch, "settle " + epoch, "release " + epoch);
        Map<ConfigId, String> wanted = witness.wanted.get(witness.wanted.size() - 1);
        assertThat(wanted).containsOnlyKeys(ID);
        assertThat(wanted.get(ID)).isNotEqualTo(before).hasSize(32);
    }

    @Test
    void itsRefusalTakesTheChangeBackAndItIsSettledAnew() throws InterruptedException {
        String before = witness.wanted.get(witness.wanted.size() - 1).get(ID);
        witness.answer = List.of(Problem.error("x", "not today").id(ID).build());

        ReloadResult outcome = bench.file(DEMO, "size = 2\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(outcome.problems()).hasToString("[base/snakepipe.demo~a.cfg: not today]");
        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
        assertThat(witness.wanted.get(witness.wanted.size() - 1)).containsEntry(ID, before);
        assertThat(outcome.phases()).containsKey("roll back");
    }

    @Test
    void itsWarningIsPassedOn() throws InterruptedException {
        witness.answer = List.of(Problem.warning("x", "slow today").id(ID).build());

        ReloadResult outcome = bench.file(DEMO, "size = 2\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(outcome.problems()).extracting(Problem::message).containsExactly("slow today");
    }

    @Test
    void whatItThrowsIsARefusal() throws InterruptedException {
        for (String step : List.of("hold", "settle")) {
            witness.failure = new IllegalStateException("canary");
            witness.failsIn = step;

            ReloadResult outcome =
                    bench.file(DEMO, "size = 2 \n# " + step + "\n").change();

            assertThat(outcome.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
            assertThat(outcome.problems().toString())
                    .contains("witness failed in " + step + " (java.lang.IllegalStateException), a mistake of its own")
                    .contains("the log has where", "snakepipe retry")
                    .as("it may be a value")
                    .doesNotContain("canary");
            assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
        }
    }

    @Test
    void oneThatHasLeftIsToldNothing() throws InterruptedException {
        bench.loop().left(witness);
        witness.calls.clear();

        assertThat(bench.file(DEMO, "size = 2\n").change().status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(witness.calls).isEmpty();
    }

    /** Hangs until it is interrupted. */
    private static void hang(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hold", "settle"})
    void oneThatHangsTakesTheChangeBackAndTheRolloutGoesOn(String where) throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (RolloutBench impatient = RolloutBench.patient(
                data.resolve("impatient"), factory -> factory.answeringWithin(Duration.ofSeconds(1)))) {
            Witness hanging = new Witness();
            impatient.file(DEMO, "size = 1\n").loop().arrived(hanging);
            impatient.boot();
            hanging.hangs = what -> {
                if (what.equals(where) && interrupted.getCount() > 0) {
                    hang(interrupted);
                }
            };

            ReloadResult outcome = impatient.file(DEMO, "size = 2\n").change();

            assertThat(outcome.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
            assertThat(outcome.problems())
                    .extracting(Problem::message)
                    .singleElement()
                    .asString()
                    .startsWith("witness did not answer to " + where + " within ")
                    .endsWith("the log has where it hangs. Try again with 'snakepipe retry'; restart if it stays so");
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(impatient.values("snakepipe.demo~a")).containsEntry("size", 1);
            assertThat(impatient
                            .service
                            .retry(Optional.empty(), ApplyOptions.by("ann"))
                            .get()
                            .status())
                    .isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(impatient.values("snakepipe.demo~a")).containsEntry("size", 2);
        }
    }

    @Test
    void whatFailsInItsReleaseIsSaidOfWhatIsInForce() throws InterruptedException {
        witness.failure = new IllegalStateException("canary");
        witness.failsIn = "release";

        ReloadResult outcome = bench.file(DEMO, "size = 2\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(outcome.problems()).extracting(Problem::code).containsExactly("participant.failed");
        assertThat(outcome.problems()).noneMatch(Problem::isError);
        assertThat(bench.snapshot.problems()).extracting(Problem::code).containsExactly("participant.failed");
    }

    @Test
    void whatFailsInItsReleaseAfterTheWayBackIsAFailure() throws InterruptedException {
        witness.failure = new IllegalStateException("canary");
        witness.failsIn = "release";
        witness.answer = List.of(Problem.error("x", "not today").id(ID).build());

        ReloadResult outcome = bench.file(DEMO, "size = 2\n").change();

        assertThat(outcome.status()).isEqualTo(ReloadResult.Status.FAILED);
        assertThat(outcome.problems().toString()).contains("not today", "witness failed in release");
    }

    @Test
    void oneThatCannotTellWhatAChangeMeansStopsNoPlan() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (RolloutBench impatient = RolloutBench.patient(
                data.resolve("impatient"), factory -> factory.answeringWithin(Duration.ofSeconds(1)))) {
            Witness hanging = new Witness();
            impatient.saved(DEMO, "size = 1\n").loop().arrived(hanging);
            impatient.boot();
            hanging.hangs = what -> {
                if (what.equals("effects")) {
                    hang(interrupted);
                }
            };

            assertThat(impatient
                            .service
                            .plan(Optional.empty(), Duration.ofSeconds(20))
                            .get()
                            .effects())
                    .isEmpty();
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
