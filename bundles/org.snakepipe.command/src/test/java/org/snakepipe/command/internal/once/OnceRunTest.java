// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.once;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.control.OnceExit;
import org.snakepipe.control.PipelineGauges;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;

class OnceRunTest {
    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    private final List<String> said = new ArrayList<>();
    private Optional<PipelineStatus> status = Optional.empty();
    private Exception refusal;

    private final Pipelines pipelines = (Pipelines) Proxy.newProxyInstance(
            OnceRunTest.class.getClassLoader(), new Class<?>[] {Pipelines.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("show")) {
                    return status;
                }
                if (refusal != null) {
                    throw refusal;
                }
                return null;
            });
    private final OnceRun run = new OnceRun("demo", pipelines, said::add, BEGIN);

    private void is(PipelineState state, String detail, long total, long quarantined, long remaining, boolean again) {
        PipelineGauges gauges = new PipelineGauges(
                0,
                Duration.ZERO,
                Optional.empty(),
                again ? Optional.of(BEGIN) : Optional.empty(),
                quarantined,
                total * 1_000,
                remaining < 0 ? OptionalLong.empty() : OptionalLong.of(remaining));
        status = Optional.of(new PipelineStatus(
                "demo", state, detail, BEGIN, "s", List.of(), List.of(), total, total, total, 0, 0, 12.5, "", gauges,
                List.of(), ""));
    }

    private OptionalInt after(long seconds) {
        return run.look(BEGIN.plusSeconds(seconds));
    }

    @Test
    void isDoneWhenItHasFinished() {
        is(PipelineState.RUNNING, "", 10, 0, 100, false);
        assertThat(after(1)).isEmpty();

        is(PipelineState.FINISHED, "", 1_234, 0, 0, false);
        assertThat(after(65)).hasValue(OnceExit.DONE);
        assertThat(said).containsExactly("demo is done: 1,234 records, 1.2 MB in 1:05, 0 rejected");
    }

    @Test
    void tellsThatRejectedRecordsWait() {
        is(PipelineState.FINISHED, "", 5, 2, 0, false);

        assertThat(after(1)).hasValue(OnceExit.REJECTED);
        assertThat(said.get(0)).endsWith("; 2 in its quarantine, data/quarantine/demo");
    }

    private void spooled(BestEffortSink.Breaker breaker, long records) {
        PipelineStatus now = status.orElseThrow();
        BestEffortSink sink = new BestEffortSink(
                "snakepipe.sink.file~copy",
                breaker,
                BEGIN,
                records,
                0,
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty(),
                "");
        status = Optional.of(new PipelineStatus(
                "demo",
                now.state(),
                "",
                BEGIN,
                "s",
                List.of(),
                List.of(),
                5,
                5,
                5,
                0,
                0,
                12.5,
                "",
                now.gauges(),
                List.of(sink),
                ""));
    }

    @Test
    void tellsThatRecordsWaitForABestEffortSink() {
        is(PipelineState.FINISHED, "", 5, 0, 0, false);
        spooled(BestEffortSink.Breaker.OPEN, 3);

        assertThat(after(1)).hasValue(OnceExit.SPOOLED);
        assertThat(said.get(0))
                .endsWith("; 3 records wait for the best-effort sink snakepipe.sink.file~copy in data/spool/demo");
    }

    @Test
    void waitsForABestEffortSinkThatWorks() {
        is(PipelineState.FINISHED, "", 5, 0, 0, false);
        spooled(BestEffortSink.Breaker.CLOSED, 3);
        assertThat(after(1)).isEmpty();
        assertThat(after(60)).isEmpty();
        assertThat(after(61)).hasValue(OnceExit.SPOOLED);
        spooled(BestEffortSink.Breaker.CLOSED, 0);
        assertThat(after(62)).hasValue(OnceExit.DONE);
    }

    @Test
    void failsAtOnceWhenNothingIsTriedAgain() {
        is(PipelineState.FAILED, "a bug", 5, 0, -1, false);

        assertThat(after(1)).hasValue(OnceExit.FAILED);
        assertThat(said).containsExactly("demo failed: a bug");
    }

    @Test
    void givesUpWhatIsTriedAgainAndGetsNowhere() {
        is(PipelineState.FAILED, "the database is away; trying again", 5, 0, -1, true);
        assertThat(after(1)).isEmpty();
        assertThat(after(59)).isEmpty();
        assertThat(said).containsExactly("demo: the database is away; trying again");

        assertThat(after(61)).hasValue(OnceExit.FAILED);
        assertThat(said.get(1)).isEqualTo("demo is given up after 60 s: the database is away; trying again");
    }

    /** As with a database whose address swallows what is sent to it. */
    @Test
    void givesUpThoughEachTryTakesAWhile() {
        for (int second = 1; second < 61; second += 10) {
            is(PipelineState.FAILED, "the database is away", 5, 0, -1, true);
            assertThat(after(second)).isEmpty();
            is(PipelineState.STARTING, "", 5, 0, -1, false);
            assertThat(after(second + 9)).isEmpty();
        }
        is(PipelineState.FAILED, "the database is away", 5, 0, -1, true);

        assertThat(after(61)).hasValue(OnceExit.FAILED);
        assertThat(said).hasSize(2);
    }

    @Test
    void isPatientWithWhatGetsAnywhere() {
        is(PipelineState.FAILED, "x", 5, 0, -1, true);
        assertThat(after(0)).isEmpty();
        is(PipelineState.FAILED, "x", 6, 0, -1, true);
        assertThat(after(59)).isEmpty();
        is(PipelineState.RUNNING, "", 6, 0, -1, false);
        assertThat(after(70)).isEmpty();
        is(PipelineState.FAILED, "x", 6, 0, -1, true);
        assertThat(after(71)).isEmpty();
        assertThat(after(130)).isEmpty();
        assertThat(after(131)).hasValue(OnceExit.FAILED);
    }

    @Test
    void givesUpWhatWaitsForAPartThatDoesNotCome() {
        is(PipelineState.WAITING, "waits for snakepipe.sink.x~y", 0, 0, -1, false);
        assertThat(after(1)).isEmpty();
        assertThat(after(10)).isEmpty();
        assertThat(after(11)).hasValue(OnceExit.WAITING);
        assertThat(said)
                .containsExactly(
                        "demo waits for snakepipe.sink.x~y",
                        "demo is given up after 10 s: waits for snakepipe.sink.x~y");
    }

    @Test
    void isInterruptedWhenSomebodyStopsIt() {
        is(PipelineState.STOPPED, "stopped by hand", 5, 0, -1, false);

        assertThat(after(1)).hasValue(OnceExit.INTERRUPTED);
    }

    @Test
    void tellsThatThereIsNoSuchPipelineOrThatItIsGone() throws Exception {
        refusal = new IllegalArgumentException("there is no pipeline 'demo' (there are: other)");
        assertThat(run.start()).hasValue(OnceExit.UNKNOWN);
        assertThat(said).containsExactly("there is no pipeline 'demo' (there are: other)");
        assertThat(after(1)).hasValue(OnceExit.UNKNOWN);
        assertThat(run.line(BEGIN)).isEmpty();
    }

    @Test
    void tellsWhyItIsNotStarted() throws Exception {
        refusal = new IllegalStateException("it is switched off");
        assertThat(run.start()).hasValue(OnceExit.FAILED);
        refusal = new IOException("no room");
        assertThat(run.start()).hasValue(OnceExit.FAILED);
        refusal = null;
        assertThat(run.start()).isEmpty();

        assertThat(said).containsExactly("it is switched off", "no room");
    }

    @Test
    void showsHowFarItIsAndHowLongItTakes() {
        is(PipelineState.RUNNING, "", 0, 0, 1_000, false);
        assertThat(run.line(BEGIN)).contains("demo: 0 records, 0 B, 13/s");
        is(PipelineState.RUNNING, "", 250, 0, 750, false);
        assertThat(run.line(BEGIN.plusSeconds(30))).contains("demo: 250 records, 250.0 kB, 13/s, 1:30 left");
        is(PipelineState.BACKPRESSURED, "", 250, 0, 750, false);
        assertThat(run.line(BEGIN.plusSeconds(30)).orElseThrow()).endsWith(" left, backpressured");
        // More has come: what is known begins anew.
        is(PipelineState.RUNNING, "", 300, 0, 5_000, false);
        assertThat(run.line(BEGIN.plusSeconds(40))).contains("demo: 300 records, 300.0 kB, 13/s");
        is(PipelineState.RUNNING, "", 300, 0, -1, false);
        assertThat(run.line(BEGIN.plusSeconds(41))).contains("demo: 300 records, 300.0 kB, 13/s");
    }

    @Test
    void writesTimesAndBytesForPeople() {
        assertThat(Progress.time(Duration.ofMillis(499))).isEqualTo("0:00");
        assertThat(Progress.time(Duration.ofSeconds(3_723))).isEqualTo("1:02:03");
        assertThat(Progress.bytes(999)).isEqualTo("999 B");
        assertThat(Progress.bytes(5_300_000_000_000_000L)).isEqualTo("5300.0 TB");
    }
}
