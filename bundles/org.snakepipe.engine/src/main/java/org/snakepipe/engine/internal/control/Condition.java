// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.control.PipelineGauges;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.checkpoint.Order;
import org.snakepipe.engine.internal.flow.Counters;
import org.snakepipe.engine.internal.flow.PipelineRun;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.settings.Route;

/** How a pipeline is: what has been decided about it, since when and why, and what its run adds to that. Thread-safe. */
final class Condition {
    private static final PipelineRun.Gauges IDLE = new PipelineRun.Gauges(0, 0, 0, 0, 0, 0, 0, 0, OptionalLong.empty());

    private final String name;
    private final Counters counters;
    private volatile State state = new State(PipelineState.CONFIGURED, "", Instant.now());
    private volatile long recentBase;
    private volatile long nextTry;

    private record State(PipelineState state, String detail, Instant since) {}

    /**
     * What is there at one moment.
     *
     * @param settings    what it was told last; {@code null} before
     * @param run         what runs, or {@code null}
     * @param checkpoint  how far it came, unless it runs
     * @param quarantined records in its quarantine
     * @param bestEffort  how its best-effort sinks are
     * @param ordering    which order it keeps, and why
     */
    record Moment(
            PipelineSettings settings,
            PipelineRun run,
            Checkpoint checkpoint,
            long quarantined,
            List<BestEffortSink> bestEffort,
            String ordering) {}

    Condition(String name, Counters counters) {
        this.name = name;
        this.counters = counters;
    }

    /** It is like this now; the time stays when only the detail is another. */
    void set(PipelineState now, String detail) {
        State before = state;
        Instant since = before.state() == now ? before.since() : Instant.now();
        state = new State(now, detail, since);
    }

    /** Somebody said so. */
    void set(PipelineState now, Order order) {
        state = new State(now, order.toString(), order.since());
    }

    /** A run of it is there, and obeys that. */
    void runs(Order order) {
        if (order.isPause()) {
            set(PipelineState.PAUSED, order);
        } else {
            set(PipelineState.RUNNING, "");
        }
    }

    void waitFor(List<ConfigId> missing) {
        set(
                PipelineState.WAITING,
                missing.stream().map(ConfigId::toString).collect(Collectors.joining(", ", "waits for ", "")));
    }

    boolean isWaiting() {
        return state.state() == PipelineState.WAITING;
    }

    /** Something of it does not come up. */
    void failed(String reason) {
        counters.error(reason);
        set(PipelineState.FAILED, reason);
    }

    /** When it is tried again: milliseconds since 1970, 0 for never. */
    void nextTry(long millis) {
        nextTry = millis;
    }

    /** What is counted as recent begins there. */
    void recentFrom(long total) {
        recentBase = total;
    }

    PipelineStatus status(Moment moment) {
        PipelineRun running = moment.run();
        State now = state;
        long total = running == null
                ? moment.checkpoint().total()
                : running.checkpoint().total();
        PipelineRun.Gauges gauges = running == null ? IDLE : running.gauges();
        boolean full = now.state() == PipelineState.RUNNING && gauges.fullSince() > 0;
        boolean troubled = running != null && !running.trouble().isEmpty() && !running.isDraining();
        Optional<Route> route = Optional.ofNullable(moment.settings()).map(PipelineSettings::route);
        return new PipelineStatus(
                name,
                troubled ? PipelineState.FAILED : full ? PipelineState.BACKPRESSURED : now.state(),
                troubled ? running.trouble() + "; trying again" : now.detail(),
                since(now, troubled, full, gauges),
                route.map(one -> one.source().toString()).orElse(""),
                route.map(one -> texts(one.transforms())).orElse(List.of()),
                route.map(one -> texts(one.sinks())).orElse(List.of()),
                total,
                Math.max(0, total - recentBase),
                counters.written(),
                counters.rejected(),
                gauges.records(),
                running == null ? 0 : counters.perSecond(total),
                counters.lastError(),
                new PipelineGauges(
                        gauges.bytes(),
                        Duration.ofNanos(gauges.lagNanos()),
                        time(gauges.savedAt()),
                        time(nextTry(now, gauges, troubled)),
                        moment.quarantined(),
                        counters.bytes(),
                        gauges.remaining()),
                moment.bestEffort(),
                moment.ordering());
    }

    /** What the run is going through since it was decided that it runs tells more than when that was. */
    private static Instant since(State now, boolean troubled, boolean full, PipelineRun.Gauges gauges) {
        long begun = troubled ? gauges.troubledSince() : full ? gauges.fullSince() : 0;
        if (begun > 0) {
            return Instant.ofEpochMilli(begun);
        }
        Instant well = Instant.ofEpochMilli(gauges.wellSince());
        return now.state() == PipelineState.RUNNING && well.isAfter(now.since()) ? well : now.since();
    }

    /** What is tried again without a pause in between, is at once. */
    private long nextTry(State now, PipelineRun.Gauges gauges, boolean troubled) {
        if (troubled && gauges.nextTry() == 0) {
            return System.currentTimeMillis();
        }
        return !troubled && now.state() == PipelineState.FAILED ? nextTry : gauges.nextTry();
    }

    private static Optional<Instant> time(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static List<String> texts(List<ConfigId> ids) {
        return ids.stream().map(ConfigId::toString).toList();
    }
}
