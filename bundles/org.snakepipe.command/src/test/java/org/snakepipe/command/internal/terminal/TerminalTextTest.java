// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.PipelineGauges;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.ReloadResult;

class TerminalTextTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final Problem ERROR = Problem.error("x", "is bad")
            .at(new Origin("base", "base/a.cfg", 3, 0))
            .build();
    private static final Problem NOTE = Problem.warning("y", "waits").build();

    private final OutcomeText texts = new OutcomeText(new Palette(false), ZoneOffset.UTC);

    private static PipelineStatus pipeline(String name, PipelineState state, String detail, long total, long recent) {
        return new PipelineStatus(
                name,
                state,
                detail,
                TIME,
                "source",
                List.of(),
                List.of(),
                total,
                recent,
                recent,
                1,
                0,
                5.25,
                "",
                new PipelineGauges(0, Duration.ZERO, Optional.empty(), Optional.empty(), 0, 0, OptionalLong.empty()),
                List.of(),
                "");
    }

    private static ReloadResult outcome(ReloadResult.Status status, List<String> changes, Problem... problems) {
        return ReloadResult.of(status, 7, "config/x")
                .previous(6)
                .changes(changes, List.of())
                .problems(List.of(problems))
                .phases(Map.of("all", Duration.ofMillis(12)))
                .at(TIME);
    }

    @Test
    void tellsWhatBecameOfAChange() {
        assertThat(texts.lines(outcome(ReloadResult.Status.APPLIED, List.of("a: x 1 -> 2"), NOTE)))
                .containsExactly(
                        "03:04:05 APPLIED generation 7 in 12 ms", "         a: x 1 -> 2", "         note  waits");
        assertThat(texts.lines(ReloadResult.of(ReloadResult.Status.PENDING, 7, "config/x")
                                .changes(List.of("a: x 1 -> 2"), List.of())
                                .hash("0123456789abcdef")
                                .at(TIME))
                        .toString())
                .contains("PENDING generation 7 runs on; confirm it with: apply 0123456789abcdef", "a: x 1 -> 2");
        assertThat(texts.lines(outcome(ReloadResult.Status.REJECTED, List.of("a: x"), ERROR)))
                .containsExactly(
                        "03:04:05 REJECTED nothing was changed, generation 7 runs on",
                        "         error base/a.cfg:3: is bad");
        assertThat(texts.lines(outcome(ReloadResult.Status.ROLLED_BACK, List.of(), ERROR)))
                .startsWith("03:04:05 ROLLED BACK to generation 7 in 12 ms; the files are held until they change");
        assertThat(texts.lines(outcome(ReloadResult.Status.FAILED, List.of(), ERROR)))
                .startsWith("03:04:05 FAILED going back did not work either: look at the log, and restart");
        assertThat(texts.lines(outcome(ReloadResult.Status.UNCHANGED, List.of())))
                .containsExactly("03:04:05 UNCHANGED generation 7: the files say what is in force");
    }

    @Test
    void repeatsANoteOnlyWhenItWasGone() {
        ReloadResult noted = outcome(ReloadResult.Status.APPLIED, List.of(), NOTE);
        assertThat(texts.lines(noted)).hasSize(2);
        assertThat(texts.lines(noted)).hasSize(1);
        texts.lines(outcome(ReloadResult.Status.APPLIED, List.of()));
        assertThat(texts.lines(noted)).hasSize(2);
    }

    @Test
    void shortensManyChanges() {
        List<String> changes = IntStream.range(0, 8).mapToObj(i -> "c" + i).toList();

        assertThat(texts.lines(outcome(ReloadResult.Status.APPLIED, changes)))
                .hasSize(7)
                .endsWith("         and 3 more");
    }

    @Test
    void paintsOnlyWhereColoursAreWanted() {
        assertThat(new Palette(true).good("x")).isEqualTo("\u001b[32mx\u001b[0m");
        assertThat(new Palette(false).bad("x")).isEqualTo("x");
    }

    @Test
    void putsEverythingIntoOneLineThatNeverWraps() {
        List<PipelineStatus> all = List.of(
                pipeline("demo", PipelineState.RUNNING, "", 1234, 12),
                pipeline("hot", PipelineState.WAITING, "", 0, 0));

        assertThat(StatusLine.of(all, "dev", 3, 80))
                .isEqualTo("demo running 1,234, new 12, 5.3/s | hot waiting | dev, generation 3");
        assertThat(StatusLine.of(all, "dev", 3, 20)).hasSize(19).endsWith("…");
        assertThat(StatusLine.of(all, "dev", 3, 1)).hasSize(1);
    }

    @Test
    void announcesOtherStatesOnce() {
        Announcements announcements = new Announcements();

        assertThat(announcements.next(List.of(pipeline("p", PipelineState.STARTING, "", 0, 0)), TIME))
                .isEmpty();
        assertThat(announcements.next(List.of(pipeline("p", PipelineState.RUNNING, "", 1, 1)), TIME))
                .containsExactly("p runs");
        assertThat(announcements.next(List.of(pipeline("p", PipelineState.RUNNING, "", 2, 2)), TIME))
                .isEmpty();
        assertThat(announcements.next(List.of(pipeline("p", PipelineState.FAILED, "boom", 2, 2)), TIME))
                .containsExactly("p FAILED: boom");
        assertThat(announcements.next(List.of(pipeline("p", PipelineState.WAITING, "waits for q", 2, 2)), TIME))
                .containsExactly("p waits for q");
        assertThat(announcements.next(List.of(pipeline("p", PipelineState.STOPPED, "by hand", 2, 2)), TIME))
                .containsExactly("p is stopped: by hand");
        assertThat(announcements.next(List.of(pipeline("p", PipelineState.FINISHED, "", 2, 2)), TIME))
                .containsExactly("p has finished: 2 records");
    }

    @Test
    void saysThatEverythingIsLoaded() {
        Announcements announcements = new Announcements();
        List<PipelineStatus> still = List.of(pipeline("p", PipelineState.RUNNING, "", 310, 0));

        assertThat(announcements.next(still, TIME.plusSeconds(1))).containsExactly("p runs");
        assertThat(announcements.next(still, TIME.plusSeconds(3)))
                .containsExactly("p: already loaded 310, nothing new; 'snakepipe pipeline reset p' starts over");
        assertThat(announcements.next(still, TIME.plusSeconds(9))).isEmpty();
    }
}
