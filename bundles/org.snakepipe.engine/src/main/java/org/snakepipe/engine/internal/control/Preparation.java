// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.engine.internal.branch.Branches;
import org.snakepipe.engine.internal.flow.Line;
import org.snakepipe.engine.internal.flow.PipelineRun;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Opener;
import org.snakepipe.engine.internal.part.Parts;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/** Opens what one pipeline needs to become what is wanted, and says what is then to be done. Used by the control thread. */
final class Preparation {
    private final ManagedPipeline pipeline;
    private final Parts parts;
    private final Opener opener;
    private final LineBuilder lines;
    private final Branches branches;
    private final Selection selection;

    Preparation(ManagedPipeline pipeline, Parts parts, Opener opener, Branches branches, Selection selection) {
        this.pipeline = pipeline;
        this.parts = parts;
        this.opener = opener;
        this.lines = new LineBuilder(opener);
        this.branches = branches;
        this.selection = selection;
    }

    /** Opens what the settings need and is not open. @return what to do when everybody else is ready too */
    Prepared prepare(PipelineSettings settings, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        List<ConfigId> missing = missing(settings, wanted);
        if (pipeline.isDeparting()) {
            return waiting(settings, wanted, missing, deadline);
        }
        if (!settings.enabled() || pipeline.isStopped() || !missing.isEmpty()) {
            return resting(settings, missing);
        }
        PipelineRun running = pipeline.running();
        if (running == null && pipeline.endedAs(settings, wanted)) {
            return staying(settings, wanted);
        }
        ConfigId source = settings.route().source();
        Lease<SourceReader> reader = running == null ? null : running.reader();
        boolean sameSource = reader != null && reader.id().equals(source) && reader.isStill(wanted);
        if (!sameSource && (running != null || selection.isOne())) {
            demandEnd(source, opener.source(source, deadline));
        }
        Line line = lines.build(running == null ? null : running.line(), settings, wanted, deadline);
        if (sameSource) {
            return changing(running, settings, line, wanted);
        }
        Optional<Line> own = running != null && line == running.line() ? line.share() : Optional.of(line);
        return starting(
                settings,
                own.isPresent() ? own.get() : lines.build(null, settings, wanted, deadline),
                wanted,
                deadline);
    }

    /** What is run once has to end. */
    private void demandEnd(ConfigId id, Source source) throws OpenFailure {
        if (selection.isOne() && !source.isBounded()) {
            throw new OpenFailure(
                    id,
                    false,
                    id + " does not end by itself as it is configured: it waits for more, so it cannot be run once."
                            + " Configure it so that it ends (for files: watch = false), or leave out --once",
                    null);
        }
    }

    /** What it cannot do without; best-effort sinks it can. */
    private List<ConfigId> missing(PipelineSettings settings, Map<ConfigId, String> wanted) {
        List<ConfigId> needed = new ArrayList<>();
        needed.add(settings.route().source());
        needed.addAll(settings.route().transforms());
        needed.addAll(settings.route().sinks());
        settings.onError().target().ifPresent(needed::add);
        return needed.stream()
                .filter(id -> !wanted.containsKey(id) || parts.find(id).isEmpty())
                .toList();
    }

    /**
     * It is just being stopped: whatever it is to become, it becomes afterwards. When it is to run, what it needs is opened all the
     * same, and closed again: what cannot be opened is refused here, as for one that runs.
     */
    private Prepared waiting(
            PipelineSettings now, Map<ConfigId, String> wanted, List<ConfigId> missing, Duration deadline)
            throws OpenFailure, InterruptedException {
        if (now.enabled() && !pipeline.isStopped() && missing.isEmpty()) {
            ConfigId source = now.route().source();
            demandEnd(source, opener.source(source, deadline));
            lines.build(null, now, wanted, deadline).retire();
        }
        return new Prepared() {
            @Override
            public void commit() {
                pipeline.bringOnLater();
            }

            @Override
            public void discard() {}
        };
    }

    private Prepared resting(PipelineSettings now, List<ConfigId> missing) {
        return new Prepared() {
            @Override
            public void commit() throws InterruptedException {
                pipeline.rest(now, missing);
            }

            @Override
            public void discard() {}
        };
    }

    /** It has ended, and would end the same way again; what waits for best-effort sinks goes on. */
    private Prepared staying(PipelineSettings now, Map<ConfigId, String> wanted) {
        return new Prepared() {
            @Override
            public void commit() throws InterruptedException {
                branches.want(now, wanted);
            }

            @Override
            public void discard() {}
        };
    }

    private Prepared changing(PipelineRun running, PipelineSettings now, Line line, Map<ConfigId, String> wanted) {
        return new Prepared() {
            @Override
            public void commit() throws InterruptedException {
                pipeline.settings(now);
                branches.want(now, wanted);
                running.change(now);
                pipeline.goesOn();
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
    private Prepared starting(PipelineSettings now, Line line, Map<ConfigId, String> wanted, Duration deadline) {
        return new Prepared() {
            @Override
            public void commit() throws OpenFailure, InterruptedException {
                pipeline.restart(now, line, wanted, deadline);
            }

            @Override
            public void discard() {
                line.retire();
            }
        };
    }
}
