// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.flow.End;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.settings.PipelineDefinition;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/** Brings pipelines to what is wanted. Used by the control thread. */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration OPEN = Duration.ofSeconds(10);

    private final Environs environs;
    private final ControlThread control;
    private final Map<String, ManagedPipeline> pipelines;
    private final Runnable again;
    private final Retries retries;
    private final Definitions definitions;
    private Map<ConfigId, String> wanted = Map.of();
    /** What the last attempt logged: what is tried again and fails in the same way is not said again. */
    private Set<String> said = Set.of();

    /** @param again is called when the time has come to try what could not be reached */
    Reconciler(Environs environs, ControlThread control, Map<String, ManagedPipeline> pipelines, Runnable again) {
        this.environs = environs;
        this.control = control;
        this.pipelines = pipelines;
        this.again = again;
        this.definitions = new Definitions(environs.parts());
        this.retries = new Retries(control, name -> {
            ManagedPipeline pipeline = pipelines.get(name);
            if (pipeline != null && !pipeline.isRunning()) {
                again.run();
            }
        });
    }

    /** Brings every pipeline to what is wanted from now on, or, when one cannot be, leaves all as they are. */
    List<Problem> all(Map<ConfigId, String> ids, Duration deadline) throws InterruptedException {
        wanted = Map.copyOf(ids);
        retries.clear();
        List<Problem> problems = new ArrayList<>();
        Map<ManagedPipeline, Prepared> prepared = new LinkedHashMap<>();
        for (ConfigId id : pipelineIds()) {
            ManagedPipeline pipeline = pipelines.computeIfAbsent(id.name(), this::manage);
            try {
                Optional<PipelineSettings> settings = settings(id, pipeline, deadline);
                if (settings.isPresent() && pipeline.isUnreachableStill(settings.get(), wanted)) {
                    // Its own time will come; a change of something else does not wait for it, and may have broken off
                    // the very attempt that would have asked for another.
                    pipeline.nextTry(retries.later(pipeline.name()));
                    problems.add(unreachable(id, pipeline.status().lastError()));
                } else if (settings.isPresent()) {
                    prepare(pipeline, settings.get(), deadline, problems)
                            .ifPresent(change -> prepared.put(pipeline, change));
                }
            } catch (OpenFailure e) {
                problems.add(failed(e));
            }
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            prepared.values().forEach(Prepared::discard);
            return problems;
        }
        for (Map.Entry<ManagedPipeline, Prepared> change : prepared.entrySet()) {
            commit(change.getKey(), change.getValue(), problems);
        }
        removeUnwanted();
        return problems;
    }

    /**
     * Outside of a transaction each pipeline is brought to what is wanted on its own: one that cannot be fails alone.
     *
     * @return {@code false} when a transaction began meanwhile, so that something is left to be done
     */
    boolean each() throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        boolean urged = false;
        for (ConfigId id : pipelineIds()) {
            ManagedPipeline pipeline = pipelines.computeIfAbsent(id.name(), this::manage);
            Optional<Prepared> change = Optional.empty();
            if (pipeline.isDeparting()) {
                pipeline.bringOnLater();
                continue;
            }
            control.beginYielding();
            try {
                Optional<PipelineSettings> settings = settings(id, pipeline, OPEN);
                if (settings.isPresent()) {
                    change = prepare(pipeline, settings.get(), OPEN, problems);
                }
            } catch (OpenFailure e) {
                if (environs.parts().find(e.id()).isEmpty()) {
                    // It has gone meanwhile, and says so itself: no reason to call it broken.
                    continue;
                }
                problems.add(failed(e));
                if (!pipeline.isRunning()) {
                    pipeline.failed(e.getMessage());
                }
            } catch (InterruptedException e) {
                if (!control.endYielding()) {
                    throw e;
                }
                return false;
            } finally {
                urged = control.endYielding();
            }
            if (change.isPresent()) {
                commit(pipeline, change.get(), problems);
            }
        }
        List<String> texts = problems.stream().map(Problem::toString).toList();
        texts.stream().filter(text -> !said.contains(text)).forEach(LOG::warn);
        said = Set.copyOf(texts);
        return !urged;
    }

    private List<ConfigId> pipelineIds() {
        return wanted.keySet().stream()
                .filter(id -> id.pid().equals(PipelineDefinition.PID))
                .sorted()
                .toList();
    }

    private ManagedPipeline manage(String name) {
        CheckpointFile file = new CheckpointFile(environs.data().resolve("checkpoints"), name);
        return new ManagedPipeline(name, environs, file, new ManagedPipeline.Owner() {
            @Override
            public void ended(long run, End.Reason reason) {
                control.later(() -> Reconciler.this.ended(name, run, reason));
            }

            @Override
            public boolean stopped(ManagedPipeline pipeline) throws InterruptedException {
                try {
                    return control.call(() -> Reconciler.this.stopped(pipeline));
                } catch (ControlThread.Closed e) {
                    // Nothing is begun any more, and nobody else decides: what has to be said about the stop is said
                    // here.
                    return pipeline.departed();
                }
            }
        });
    }

    private boolean stopped(ManagedPipeline pipeline) {
        boolean departed = pipeline.departed();
        if (departed && pipeline.isToBeBroughtOn()) {
            again.run();
        }
        return departed;
    }

    private void ended(String name, long run, End.Reason reason) {
        ManagedPipeline pipeline = pipelines.get(name);
        if (pipeline != null) {
            pipeline.nextTry(reason.again() ? retries.later(name) : 0);
            if (pipeline.ended(run, reason)) {
                again.run();
            }
        }
    }

    /** What the configuration says; empty while there is no definition of it. */
    private Optional<PipelineSettings> settings(ConfigId id, ManagedPipeline pipeline, Duration deadline)
            throws OpenFailure, InterruptedException {
        Optional<PipelineSettings> settings = definitions.settings(id, deadline);
        if (settings.isEmpty()) {
            pipeline.set(PipelineState.WAITING, "waits for its definition");
        }
        return settings;
    }

    /** Opens what a pipeline needs; empty when that cannot be now and is tried again. */
    private Optional<Prepared> prepare(
            ManagedPipeline pipeline, PipelineSettings settings, Duration deadline, List<Problem> problems)
            throws InterruptedException, OpenFailure {
        try {
            return Optional.of(pipeline.prepare(settings, wanted, deadline));
        } catch (OpenFailure e) {
            if (!e.isPassing() || pipeline.isRunning()) {
                throw e;
            }
            tryAgain(pipeline, settings, e, problems);
            return Optional.empty();
        }
    }

    /** A source that cannot be opened now refuses the change of a pipeline that ran; one that did not run tries again. */
    private void commit(ManagedPipeline pipeline, Prepared change, List<Problem> problems) throws InterruptedException {
        boolean ran = pipeline.isRunning();
        try {
            change.commit();
        } catch (OpenFailure e) {
            if (e.isPassing() && !ran) {
                tryAgain(pipeline, pipeline.settings(), e, problems);
            } else {
                problems.add(failed(e));
            }
        }
    }

    private void tryAgain(
            ManagedPipeline pipeline, PipelineSettings settings, OpenFailure failure, List<Problem> problems) {
        pipeline.nextTry(retries.later(pipeline.name()));
        pipeline.unreachable(settings, failure);
        problems.add(unreachable(failure.id(), failure.getMessage()));
    }

    private static Problem unreachable(ConfigId id, String reason) {
        return Problem.warning("part.unreachable", reason + "; trying again")
                .id(id)
                .build();
    }

    private static Problem failed(OpenFailure e) {
        String code = e.isUnexplained() ? Participant.UNEXPLAINED : "definition.failed";
        return Problem.error(code, e.getMessage()).id(e.id()).build();
    }

    private void removeUnwanted() throws InterruptedException {
        definitions.retain(wanted.keySet());
        for (String name : List.copyOf(pipelines.keySet())) {
            if (!wanted.containsKey(new ConfigId(PipelineDefinition.PID, name))) {
                pipelines.get(name).remove();
                pipelines.remove(name);
            }
        }
    }
}
