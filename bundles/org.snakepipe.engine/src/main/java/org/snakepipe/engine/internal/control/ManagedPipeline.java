// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.flow.Counters;
import org.snakepipe.engine.internal.flow.Line;
import org.snakepipe.engine.internal.flow.PipelineRun;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Opener;
import org.snakepipe.engine.internal.part.Parts;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.settings.Route;

/**
 * One configured pipeline: what it should be, and the run that is, if any. Changes come from the control thread alone; status
 * may be read by any.
 */
final class ManagedPipeline {
    private final String name;
    private final Parts parts;
    private final Opener opener;
    private final CheckpointFile file;
    private final Duration drain;
    private final PipelineRun.End end;
    private final Counters counters = new Counters();
    private volatile PipelineSettings settings;
    private volatile PipelineRun run;
    private volatile Checkpoint checkpoint;
    private volatile long recentBase;
    private volatile State state = new State(PipelineState.WAITING, "", Instant.now());

    private record State(PipelineState state, String detail, Instant since) {}

    ManagedPipeline(String name, Environs environs, CheckpointFile file, PipelineRun.End end) {
        this.name = name;
        this.parts = environs.parts();
        this.file = file;
        this.end = end;
        this.drain = environs.drain();
        this.opener = new Opener(
                name,
                environs.data(),
                environs.parts(),
                environs.resources(),
                () -> settings == null ? System.Logger.Level.INFO : settings.logLevel());
        Checkpoint read = Checkpoint.START;
        try {
            read = file.read();
        } catch (IOException e) {
            set(PipelineState.FAILED, e.getMessage());
        }
        checkpoint = read;
        recentBase = read.total();
    }

    /** A change that is prepared: everything is open, nothing is in force. */
    interface Prepared {
        /** Brings it into force. */
        void commit() throws InterruptedException;

        /** Closes what was opened for it. */
        void discard();
    }

    boolean isRunning() {
        return run != null;
    }

    /** Opens what the settings need and is not open. @return what to do when everybody else is ready too */
    Prepared prepare(PipelineSettings wantedSettings, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        List<ConfigId> missing = missing(wantedSettings, wanted);
        if (!wantedSettings.enabled() || checkpoint.stopped() || !missing.isEmpty()) {
            return stopping(wantedSettings, missing);
        }
        PipelineRun running = run;
        Route route = wantedSettings.route();
        Lease<SourceReader> reader = running == null ? null : running.reader();
        boolean sameSource = reader != null && reader.id().equals(route.source()) && reader.isStill(wanted);
        if (running != null && !sameSource) {
            opener.source(route.source(), deadline);
        }
        Line line = line(running, wantedSettings, wanted, deadline);
        if (!sameSource) {
            return starting(wantedSettings, line, deadline);
        }
        return changing(running, wantedSettings, line);
    }

    private List<ConfigId> missing(PipelineSettings wantedSettings, Map<ConfigId, String> wanted) {
        List<ConfigId> needed = new ArrayList<>();
        needed.add(wantedSettings.route().source());
        needed.addAll(wantedSettings.route().transforms());
        needed.addAll(wantedSettings.route().sinks());
        wantedSettings.onError().target().ifPresent(needed::add);
        return needed.stream()
                .filter(id -> !wanted.containsKey(id) || parts.find(id).isEmpty())
                .toList();
    }

    private Prepared stopping(PipelineSettings wantedSettings, List<ConfigId> missing) {
        return new Prepared() {
            @Override
            public void commit() throws InterruptedException {
                settings = wantedSettings;
                stop(drain);
                if (!wantedSettings.enabled()) {
                    set(PipelineState.STOPPED, "enabled = false");
                } else if (checkpoint.stopped()) {
                    set(PipelineState.STOPPED, "stopped by hand");
                } else {
                    set(
                            PipelineState.WAITING,
                            "waits for "
                                    + String.join(
                                            ", ",
                                            missing.stream()
                                                    .map(ConfigId::toString)
                                                    .toList()));
                }
            }

            @Override
            public void discard() {}
        };
    }

    /** The line that is wanted: the old one when nothing of it changes, else one that shares what stays. */
    private Line line(PipelineRun running, PipelineSettings now, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        Optional<ConfigId> quarantine = now.onError().target();
        Line old = running == null ? null : running.line();
        Route route = now.route();
        if (old != null && old.isStill(route.transforms(), route.sinks(), quarantine, wanted)) {
            return old;
        }
        List<Lease<?>> opened = new ArrayList<>();
        boolean complete = false;
        try {
            List<Lease<TransformStage>> stages = new ArrayList<>();
            for (ConfigId id : route.transforms()) {
                Optional<Lease<TransformStage>> shared = old == null ? Optional.empty() : old.shareStage(id, wanted);
                Lease<TransformStage> stage = shared.isPresent() ? shared.get() : opener.stage(id, deadline);
                opened.add(stage);
                stages.add(stage);
            }
            List<Lease<SinkWriter>> writers = new ArrayList<>();
            for (ConfigId id : route.sinks()) {
                Lease<SinkWriter> writer = writer(old, id, wanted, deadline);
                opened.add(writer);
                writers.add(writer);
            }
            Optional<Lease<SinkWriter>> last = Optional.empty();
            if (quarantine.isPresent()) {
                last = Optional.of(writer(old, quarantine.get(), wanted, deadline));
                opened.add(last.get());
            }
            complete = true;
            return new Line(stages, writers, last);
        } finally {
            if (!complete) {
                opened.forEach(Lease::close);
            }
        }
    }

    private Lease<SinkWriter> writer(Line old, ConfigId id, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        Optional<Lease<SinkWriter>> shared = old == null ? Optional.empty() : old.shareWriter(id, wanted);
        return shared.isPresent() ? shared.get() : opener.writer(id, deadline);
    }

    private Prepared changing(PipelineRun running, PipelineSettings now, Line line) {
        return new Prepared() {
            @Override
            public void commit() {
                settings = now;
                running.change(now);
                if (line != running.line()) {
                    running.swap(line);
                }
            }

            @Override
            public void discard() {
                if (line != running.line()) {
                    line.retire();
                }
            }
        };
    }

    /** Another source, or none yet: the old reader is closed before the new one is opened, so that two never read. */
    private Prepared starting(PipelineSettings now, Line line, Duration deadline) {
        return new Prepared() {
            @Override
            public void commit() throws InterruptedException {
                settings = now;
                stop(drain);
                start(now, line, deadline);
            }

            @Override
            public void discard() {
                line.retire();
            }
        };
    }

    private void start(PipelineSettings now, Line line, Duration deadline) throws InterruptedException {
        ConfigId source = now.route().source();
        set(PipelineState.STARTING, "");
        try {
            checkpoint = file.read();
            Lease<SourceReader> reader = opener.reader(source, checkpoint.position(), deadline);
            PipelineRun.Services services = new PipelineRun.Services(
                    file, from -> opener.reader(settings.route().source(), from, deadline), end, counters);
            PipelineRun next = new PipelineRun(name, now, reader, line, checkpoint, services);
            run = next;
            set(PipelineState.RUNNING, "");
            next.start();
        } catch (IOException e) {
            line.retire();
            set(PipelineState.FAILED, e.getMessage());
        } catch (OpenFailure e) {
            line.retire();
            ended(e.getMessage());
            end.ended(e.getMessage(), true);
        }
    }

    /** Stops the run, if there is one. @return {@code true} when everything arrived */
    boolean stop(Duration deadline) throws InterruptedException {
        PipelineRun running = run;
        if (running == null) {
            return true;
        }
        set(PipelineState.DRAINING, "");
        boolean drained = running.stop(deadline.toNanos());
        checkpoint = running.checkpoint().stopped(checkpoint.stopped());
        run = null;
        return drained;
    }

    /** A run ended by itself. */
    void ended(String failure) {
        PipelineRun running = run;
        if (running != null) {
            checkpoint = running.checkpoint();
            run = null;
        }
        if (failure.isEmpty()) {
            set(PipelineState.FINISHED, "");
        } else {
            counters.error(failure);
            set(PipelineState.FAILED, failure);
        }
    }

    void failed(PipelineSettings wantedSettings, String reason) {
        settings = wantedSettings;
        counters.error(reason);
        set(PipelineState.FAILED, reason);
    }

    void byHand(boolean stopped) throws IOException {
        checkpoint = checkpoint.stopped(stopped);
        file.write(checkpoint);
    }

    void reset() throws IOException {
        file.write(Checkpoint.START.stopped(checkpoint.stopped()));
        checkpoint = Checkpoint.START.stopped(checkpoint.stopped());
        recentBase = 0;
    }

    boolean dependsOn(ConfigId id) {
        PipelineRun running = run;
        if (running == null) {
            return false;
        }
        Lease<SourceReader> reader = running.reader();
        return settings.route().source().equals(id)
                || reader != null && reader.dependsOn(id)
                || running.line().dependsOn(id);
    }

    void set(PipelineState now, String detail) {
        State before = state;
        Instant since = before.state() == now ? before.since() : Instant.now();
        state = new State(now, detail, since);
    }

    PipelineStatus status() {
        PipelineRun running = run;
        State now = state;
        PipelineSettings shown = settings;
        long total = running == null ? checkpoint.total() : running.checkpoint().total();
        boolean troubled = running != null && !running.trouble().isEmpty() && !running.isDraining();
        Route route = shown == null ? null : shown.route();
        return new PipelineStatus(
                name,
                troubled ? PipelineState.FAILED : now.state(),
                troubled ? running.trouble() + "; trying again" : now.detail(),
                now.since(),
                route == null ? "" : route.source().toString(),
                route == null
                        ? List.of()
                        : route.transforms().stream().map(ConfigId::toString).toList(),
                route == null
                        ? List.of()
                        : route.sinks().stream().map(ConfigId::toString).toList(),
                total,
                Math.max(0, total - recentBase),
                counters.written(),
                counters.rejected(),
                running == null ? 0 : running.inFlight(),
                running == null ? 0 : counters.perSecond(total),
                counters.lastError());
    }
}
