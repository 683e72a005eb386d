// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.Pipelines;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.flow.Backoff;
import org.snakepipe.engine.internal.flow.End;
import org.snakepipe.engine.internal.part.Disposable;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Part;
import org.snakepipe.engine.internal.part.Parts;
import org.snakepipe.engine.internal.part.Resources;
import org.snakepipe.engine.internal.settings.PipelineDefinition;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * Owns everything that lives. Decisions are made on one thread; what is wanted comes from the rollout, in
 * {@link #settle}. While held, nothing is begun.
 */
public final class Engine implements Participant, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final long RETRY_SECONDS = 5;
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Environs environs;
    private final Duration close;
    private final ControlThread control = new ControlThread();
    private final Map<String, ManagedPipeline> pipelines = new ConcurrentSkipListMap<>();
    private final PipelineDesk desk = new PipelineDesk(control, pipelines, this::reconcileAlone);
    private final Map<String, Backoff> retries = new TreeMap<>();
    private Map<ConfigId, String> wanted = Map.of();
    private boolean settled;
    private boolean held = true;
    private boolean missed;

    /**
     * Nothing lives yet; held until the first {@link #settle}.
     *
     * @param data  the data directory
     * @param parts the definitions that are there
     */
    public Engine(Path data, Parts parts) {
        this(data, parts, DRAIN, CLOSE);
    }

    /** With other times. @param drain for a pipeline that is replaced @param close for all, at the end */
    Engine(Path data, Parts parts, Duration drain, Duration close) {
        this.close = close;
        environs = new Environs(data, parts, new Resources(parts), drain);
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public void hold(long epoch) throws InterruptedException {
        control.run(() -> held = true);
    }

    @Override
    public List<Problem> settle(long epoch, Map<ConfigId, String> ids, Duration deadline) throws InterruptedException {
        return control.call(() -> {
            wanted = Map.copyOf(ids);
            retries.clear();
            settled = true;
            missed = false;
            return reconcileAll(deadline);
        });
    }

    @Override
    public void release(long epoch) {
        control.later(() -> {
            held = false;
            if (missed) {
                reconcileUnlessHeld();
            }
        });
    }

    /** A definition has come, or gone while its bundle stays: what waits may start. From any thread. */
    public void partsChanged() {
        control.later(this::reconcileUnlessHeld);
    }

    /**
     * The bundle of a definition stops: what uses it lets things arrive and closes before this returns, because no class of
     * the bundle can be relied on afterwards. On the thread that stops the bundle.
     *
     * @param id of the definition
     */
    public void partLeaving(ConfigId id) {
        try {
            for (ManagedPipeline pipeline : pipelines.values()) {
                pipeline.partLeaving(id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        partsChanged();
    }

    private void reconcileUnlessHeld() {
        if (held || !settled) {
            missed = true;
            return;
        }
        missed = false;
        try {
            reconcileAlone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings every pipeline to what is wanted, or, when one cannot be, leaves all as they are: a part of a transaction. */
    private List<Problem> reconcileAll(Duration deadline) throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        Map<String, Prepared> prepared = new LinkedHashMap<>();
        for (ConfigId id : pipelineIds()) {
            try {
                prepare(id, deadline, problems).ifPresent(change -> prepared.put(id.name(), change));
            } catch (OpenFailure e) {
                problems.add(failed(e));
            }
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            prepared.values().forEach(Prepared::discard);
            return problems;
        }
        for (Map.Entry<String, Prepared> change : prepared.entrySet()) {
            commit(change.getKey(), change.getValue(), problems);
        }
        removeUnwanted();
        return problems;
    }

    /** A source that cannot be opened now refuses the change of a pipeline that ran; one that did not run tries again. */
    private void commit(String name, Prepared change, List<Problem> problems) throws InterruptedException {
        boolean ran = pipelines.get(name).isRunning();
        try {
            change.commit();
        } catch (OpenFailure e) {
            if (e.isPassing() && !ran) {
                retryLater(name, e, problems);
            } else {
                problems.add(failed(e));
            }
        }
    }

    private static Problem failed(OpenFailure e) {
        return Problem.error("definition.failed", e.getMessage()).id(e.id()).build();
    }

    /** Outside of a transaction each pipeline is brought to what is wanted on its own: one that cannot be fails alone. */
    private void reconcileAlone() throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        for (ConfigId id : pipelineIds()) {
            try {
                Optional<Prepared> change = prepare(id, OPEN, problems);
                if (change.isPresent()) {
                    commit(id.name(), change.get(), problems);
                }
            } catch (OpenFailure e) {
                problems.add(failed(e));
                ManagedPipeline pipeline = pipelines.get(id.name());
                if (!pipeline.isRunning()) {
                    pipeline.failed(e.getMessage());
                }
            }
        }
        problems.forEach(problem -> LOG.warn("{}", problem));
    }

    private List<ConfigId> pipelineIds() {
        return wanted.keySet().stream()
                .filter(id -> id.pid().equals(PipelineDefinition.PID))
                .sorted()
                .toList();
    }

    /** Opens what a pipeline needs; empty when that cannot be now and is tried again. */
    private Optional<Prepared> prepare(ConfigId id, Duration deadline, List<Problem> problems)
            throws InterruptedException, OpenFailure {
        ManagedPipeline pipeline = pipelines.computeIfAbsent(id.name(), this::manage);
        Optional<Part> part = environs.parts().find(id);
        if (part.isEmpty()) {
            pipeline.set(PipelineState.WAITING, "waits for its definition");
            return Optional.empty();
        }
        PipelineDefinition definition = (PipelineDefinition)
                Disposable.call(id, "constructing", deadline, part.get().construct());
        PipelineSettings settings = definition.settings();
        try {
            return Optional.of(pipeline.prepare(settings, wanted, deadline));
        } catch (OpenFailure e) {
            if (!e.isPassing() || pipeline.isRunning()) {
                throw e;
            }
            pipeline.failed(settings, e.getMessage());
            retryLater(id.name(), e, problems);
            return Optional.empty();
        }
    }

    private ManagedPipeline manage(String name) {
        CheckpointFile file = new CheckpointFile(environs.data().resolve("checkpoints"), name);
        return new ManagedPipeline(
                name, environs, file, (run, reason) -> control.later(() -> ended(name, run, reason)));
    }

    private void ended(String name, long run, End.Reason reason) {
        ManagedPipeline pipeline = pipelines.get(name);
        if (pipeline != null) {
            pipeline.ended(run, reason);
            if (reason.again()) {
                retryLater(name);
            }
        }
    }

    private void retryLater(String name, OpenFailure failure, List<Problem> problems) {
        problems.add(Problem.warning("part.unreachable", failure.getMessage() + "; trying again")
                .id(failure.id())
                .build());
        retryLater(name);
    }

    private void retryLater(String name) {
        Backoff backoff = retries.computeIfAbsent(name, key -> new Backoff(RETRY_SECONDS));
        control.later(
                () -> {
                    ManagedPipeline pipeline = pipelines.get(name);
                    if (pipeline != null && !pipeline.isRunning()) {
                        reconcileUnlessHeld();
                    }
                },
                backoff.next());
    }

    private void removeUnwanted() throws InterruptedException {
        for (String name : List.copyOf(pipelines.keySet())) {
            if (!wanted.containsKey(new ConfigId(PipelineDefinition.PID, name))) {
                pipelines.get(name).stop(DRAIN);
                pipelines.remove(name);
            }
        }
    }

    /**
     * What people see of the pipelines and do with them.
     *
     * @return the service
     */
    public Pipelines desk() {
        return desk;
    }

    /** Drains all pipelines at the same time, and closes. */
    @Override
    public void close() {
        control.close();
        List<Thread> stopping = new ArrayList<>();
        for (ManagedPipeline pipeline : pipelines.values()) {
            Thread thread = new Thread(() -> stopQuietly(pipeline), "engine-stop");
            thread.setDaemon(true);
            thread.start();
            stopping.add(thread);
        }
        try {
            for (Thread thread : stopping) {
                thread.join(close.plus(GRACE).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopQuietly(ManagedPipeline pipeline) {
        try {
            pipeline.stop(close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
