// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.once;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.control.OnceExit;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;

/**
 * One pipeline, from its start to its end: starts it, tells how far it is, and says with which exit code it is over. What waits
 * for a part, or is tried again without getting anywhere, is given up after a while. Used by one thread.
 */
public final class OnceRun {
    /** A plugin that lies in {@code deploy/} for the first time is started a moment after what was configured. */
    private static final Duration WAITING = Duration.ofSeconds(10);

    private static final Duration FAILING = Duration.ofSeconds(60);
    /** A best-effort sink that works gets so long for what waits when the source has ended. */
    private static final Duration SPOOL = Duration.ofSeconds(60);

    private final String name;
    private final Pipelines pipelines;
    private final Consumer<String> news;
    private final Progress progress;
    private Instant stuckSince = Instant.MAX;
    private Instant finishedSince = Instant.MAX;
    private PipelineState stuckIn = PipelineState.CONFIGURED;
    private long stuckAt;

    /**
     * Nothing is started yet.
     *
     * @param name      of the pipeline
     * @param pipelines starts it, and knows how it is
     * @param news      takes what is worth a line of its own
     * @param now       the time
     */
    public OnceRun(String name, Pipelines pipelines, Consumer<String> news, Instant now) {
        this.name = name;
        this.pipelines = pipelines;
        this.news = news;
        this.progress = new Progress(now);
    }

    /**
     * Starts it.
     *
     * @return the exit code when it cannot be started
     * @throws InterruptedException if the process is ending
     */
    public OptionalInt start() throws InterruptedException {
        try {
            pipelines.once(name);
            return OptionalInt.empty();
        } catch (IllegalArgumentException e) {
            return over(OnceExit.UNKNOWN, e.getMessage());
        } catch (IllegalStateException | IOException e) {
            return over(OnceExit.FAILED, e.getMessage());
        }
    }

    /**
     * How far it is.
     *
     * @param now the time
     * @return a line; empty when it is no longer configured
     */
    public Optional<String> line(Instant now) {
        return pipelines.show(name).map(status -> progress.line(status, now));
    }

    /**
     * Looks whether it is over.
     *
     * @param now the time
     * @return the exit code when it is
     */
    public OptionalInt look(Instant now) {
        Optional<PipelineStatus> found = pipelines.show(name);
        if (found.isEmpty()) {
            return over(OnceExit.UNKNOWN, "pipeline '" + name + "' is no longer configured");
        }
        PipelineStatus status = found.get();
        return switch (status.state()) {
            case FINISHED -> finished(status, now);
            case STOPPED -> over(OnceExit.INTERRUPTED, name + " was stopped: " + status.detail());
            case WAITING -> givenUp(status, now, WAITING, OnceExit.WAITING);
            case FAILED ->
                status.gauges().nextTry().isPresent()
                        ? givenUp(status, now, FAILING, OnceExit.FAILED)
                        : over(OnceExit.FAILED, name + " failed: " + status.detail());
            // A try: what it failed with before may be what it fails with again.
            case STARTING -> OptionalInt.empty();
            default -> {
                stuckSince = Instant.MAX;
                yield OptionalInt.empty();
            }
        };
    }

    private OptionalInt finished(PipelineStatus status, Instant now) {
        List<BestEffortSink> waiting =
                status.bestEffort().stream().filter(sink -> sink.spooled() > 0).toList();
        finishedSince = finishedSince.isAfter(now) ? now : finishedSince;
        boolean works = waiting.stream().anyMatch(sink -> sink.breaker() == BestEffortSink.Breaker.CLOSED);
        if (works && Duration.between(finishedSince, now).compareTo(SPOOL) < 0) {
            return OptionalInt.empty();
        }
        long kept = status.gauges().quarantined();
        String done = name + " is done: " + Progress.amount(status) + " in " + Progress.time(progress.elapsed(now))
                + ", " + status.rejected() + " rejected";
        String left = waiting.stream()
                .map(sink -> "; " + sink.spooled() + " records wait for the best-effort sink " + sink.id()
                        + " in data/spool/" + name)
                .collect(Collectors.joining());
        if (kept > 0) {
            return over(OnceExit.REJECTED, done + "; " + kept + " in its quarantine, data/quarantine/" + name + left);
        }
        return over(left.isEmpty() ? OnceExit.DONE : OnceExit.SPOOLED, done + left);
    }

    /** Over when it is like this for so long, and nothing has arrived meanwhile. */
    private OptionalInt givenUp(PipelineStatus status, Instant now, Duration limit, int exit) {
        boolean same = stuckSince != Instant.MAX && stuckIn == status.state() && stuckAt == status.total();
        if (!same) {
            stuckSince = now;
            stuckIn = status.state();
            stuckAt = status.total();
            news.accept(name + (exit == OnceExit.FAILED ? ": " : " ") + status.detail());
        } else if (Duration.between(stuckSince, now).compareTo(limit) >= 0) {
            return over(exit, name + " is given up after " + limit.toSeconds() + " s: " + status.detail());
        }
        return OptionalInt.empty();
    }

    private OptionalInt over(int exit, String message) {
        news.accept(message);
        return OptionalInt.of(exit);
    }
}
