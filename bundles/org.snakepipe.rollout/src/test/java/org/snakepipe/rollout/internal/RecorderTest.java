// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Recorder;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;

/** Who writes down what is done hears of each attempt twice, in order, whatever becomes of it. */
class RecorderTest {
    @TempDir
    private Path data;

    private final Log log = new Log();
    private RolloutBench bench;

    /** Writes down what it is told, as long as it can. */
    private static final class Log implements Recorder {
        final List<String> lines = new CopyOnWriteArrayList<>();
        volatile String failsIn = "";
        volatile String hangsIn = "";
        volatile boolean badly;
        volatile CountDownLatch leave = new CountDownLatch(0);
        volatile boolean deaf;
        volatile Thread thread;

        /** Hangs, until it is let go, or interrupted when it hears that. */
        private void hang() throws IOException {
            while (leave.getCount() > 0) {
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    if (!deaf) {
                        throw new InterruptedIOException("interrupted");
                    }
                }
            }
        }

        private void write(String what, String line) throws IOException {
            thread = Thread.currentThread();
            if (hangsIn.equals(what)) {
                hang();
            }
            if (failsIn.equals(what) && badly) {
                throw new IllegalStateException("foreign");
            }
            if (failsIn.equals(what)) {
                throw new IOException("No space left on device");
            }
            lines.add(line);
        }

        @Override
        public String name() {
            return "audit";
        }

        @Override
        public void intended(long epoch, String author, String cause, List<String> changes) throws IOException {
            write("intended", "intended " + epoch);
        }

        @Override
        public void ended(long epoch, ReloadResult result) throws IOException {
            write("ended", result.status() + " " + epoch);
        }
    }

    @BeforeEach
    void boot() throws IOException, InterruptedException {
        bench = new RolloutBench(data).saved(DEMO, "size = 1\n");
        bench.boot();
        bench.recorders.add(log);
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    private static List<String> epochs(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\\D+", ""))
                .distinct()
                .toList();
    }

    @Test
    void hearsWhatBecameOfEachAttempt() throws Exception {
        bench.file(DEMO, "size = 2\n").change();
        bench.file(DEMO, "size = 3\nmood = bad\n").change();

        assertThat(log.lines).hasSize(4);
        assertThat(log.lines.get(1)).startsWith("APPLIED");
        assertThat(log.lines.get(3)).startsWith("ROLLED_BACK");
        assertThat(epochs(log.lines)).as("each attempt is another").hasSize(2);
    }

    @Test
    void hearsThatWhatItWroteDownWasRefusedByTheDisk() throws Exception {
        // Nobody can make a directory where a file is.
        bench.write("base/taken", "x");
        ReloadResult refused = bench.service
                .apply(Map.of("base/taken/snakepipe.demo~b.cfg", Optional.of("size = 2\n")), ApplyOptions.by("ann"))
                .get();

        assertThat(refused.status()).isEqualTo(Status.REJECTED);
        assertThat(log.lines).hasSize(2);
        assertThat(log.lines.get(1)).startsWith("REJECTED");
    }

    @Test
    void hearsThatWhatItWroteDownWasRefusedByAnother() throws Exception {
        Log other = new Log();
        other.failsIn = "intended";
        bench.recorders.add(other);

        assertThat(bench.file(DEMO, "size = 2\n").change().status()).isEqualTo(Status.REJECTED);

        assertThat(log.lines).hasSize(2);
        assertThat(log.lines.get(1)).startsWith("REJECTED");
        other.failsIn = "";
        assertThat(bench.next().status()).as("tried again by itself").isEqualTo(Status.APPLIED);
        assertThat(log.lines).hasSize(4);
        assertThat(other.lines).as("who has written nothing has nothing to end").hasSize(2);
        assertThat(epochs(log.lines)).as("each attempt is another").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatItCannotEndStaysInForceAndIsAWarning(boolean badly) throws Exception {
        log.failsIn = "ended";
        log.badly = badly;

        assertThat(bench.file(DEMO, "size = 2\n").change().status()).isEqualTo(Status.APPLIED);

        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 2);
        assertThat(bench.snapshot.problems()).extracting(Problem::code).containsExactly("recorder.failed");
        assertThat(bench.snapshot.problems()).noneMatch(Problem::isError);
    }

    @Test
    void whatItThrowsRefusesTheChange() throws Exception {
        log.failsIn = "intended";
        log.badly = true;

        assertThat(bench.file(DEMO, "size = 2\n").change().status()).isEqualTo(Status.REJECTED);

        assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
        assertThat(Files.readString(data.resolve("journal/dev.json"))).doesNotContain("intended");
    }

    private RolloutBench impatient() throws IOException, InterruptedException {
        RolloutBench impatient = RolloutBench.patient(
                        data.resolve("impatient"), factory -> factory.recordingWithin(Duration.ofSeconds(1)))
                .saved(DEMO, "size = 1\n");
        impatient.boot();
        impatient.recorders.add(log);
        return impatient;
    }

    @Test
    void oneThatHangsRefusesTheChangeAndTheRolloutGoesOn() throws Exception {
        try (RolloutBench impatient = impatient()) {
            log.hangsIn = "intended";
            log.leave = new CountDownLatch(1);

            ReloadResult refused = impatient.file(DEMO, "size = 2\n").change();

            assertThat(refused.status()).isEqualTo(Status.REJECTED);
            assertThat(impatient.values("snakepipe.demo~a")).containsEntry("size", 1);
            assertThat(impatient.snapshot.problems().toString())
                    .contains("audit could not write down what was about to be done (it did not answer within 1000 ms)")
                    .contains("mend where it writes to, or stop its bundle");
            // It was interrupted, so it has come to its end.
            log.thread.join();
            log.hangsIn = "";
            assertThat(impatient.next().status()).as("tried again by itself").isEqualTo(Status.APPLIED);
            assertThat(impatient.values("snakepipe.demo~a")).containsEntry("size", 2);
            assertThat(impatient.snapshot.problems()).isEmpty();
        }
    }

    @Test
    void oneThatCannotBeInterruptedIsAskedNothingMoreAndHearsTheEndOfWhatItWroteTooLate() throws Exception {
        try (RolloutBench impatient = impatient()) {
            log.hangsIn = "intended";
            log.deaf = true;
            CountDownLatch leave = new CountDownLatch(1);
            log.leave = leave;
            impatient.file(DEMO, "size = 2\n").change();
            Thread hanging = log.thread;

            ReloadResult again = impatient.file(DEMO, "size = 3\n").change();

            assertThat(again.status()).isEqualTo(Status.REJECTED);
            assertThat(again.problems().toString()).contains("it is still at what it was asked before");
            assertThat(log.thread).as("no second thread is lost").isSameAs(hanging);
            log.hangsIn = "";
            leave.countDown();
            hanging.join();
            assertThat(impatient.next().status()).as("tried again by itself").isEqualTo(Status.APPLIED);
            log.thread.join();
            assertThat(log.lines).hasSize(4);
            assertThat(log.lines.get(1)).startsWith("REJECTED");
            assertThat(log.lines.get(3)).startsWith("APPLIED");
            assertThat(epochs(log.lines)).as("of each attempt both").hasSize(2);
        }
    }

    @Test
    void whatItDoesNotComeToAnEndOfStaysInForceAndIsAWarning() throws Exception {
        try (RolloutBench impatient = impatient()) {
            log.hangsIn = "ended";
            log.leave = new CountDownLatch(1);

            assertThat(impatient.file(DEMO, "size = 2\n").change().status()).isEqualTo(Status.APPLIED);

            assertThat(impatient.values("snakepipe.demo~a")).containsEntry("size", 2);
            assertThat(impatient.snapshot.problems()).extracting(Problem::code).containsExactly("recorder.failed");
            assertThat(impatient.snapshot.problems().toString())
                    .contains("what came of this: APPLIED", "it did not answer within 1000 ms");
            log.thread.join();
            log.hangsIn = "";
            assertThat(impatient.file(DEMO, "size = 3\n").change().status()).isEqualTo(Status.APPLIED);
        }
    }
}
