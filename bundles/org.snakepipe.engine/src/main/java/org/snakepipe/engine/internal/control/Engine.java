// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.flow.Backoff;
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
public final class Engine implements Participant, Pipelines, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final long RETRY_SECONDS = 5;
    private static final long CLOSE_SECONDS = 12;

    private final Environs environs;
    private final ScheduledExecutorService control = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "engine-control");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, ManagedPipeline> pipelines = new ConcurrentSkipListMap<>();
    private final Map<String, Backoff> retries = new TreeMap<>();
    private Map<ConfigId, String> wanted = Map.of();
    private boolean settled;
    private boolean held = true;

    /**
     * Nothing lives yet; held until the first {@link #settle}.
     *
     * @param data  the data directory
     * @param parts the definitions that are there
     */
    public Engine(Path data, Parts parts) {
        environs = new Environs(data, parts, new Resources(parts), DRAIN);
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public void hold(long epoch) throws InterruptedException {
        onControl(() -> {
            held = true;
            return null;
        });
    }

    @Override
    public List<Problem> settle(long epoch, Map<ConfigId, String> ids, Duration deadline) throws InterruptedException {
        return onControl(() -> {
            Map<ConfigId, String> before = wanted;
            wanted = Map.copyOf(ids);
            retries.clear();
            List<Problem> problems = reconcile(deadline);
            if (problems.stream().anyMatch(Problem::isError)) {
                LOG.debug("Refused in epoch {}: {} -> {} configurations", epoch, before.size(), ids.size());
            }
            settled = true;
            return problems;
        });
    }

    @Override
    public void release(long epoch) {
        control.execute(() -> held = false);
    }

    /** A definition has come, or gone while its bundle stays: what waits may start. From any thread. */
    public void partsChanged() {
        try {
            control.execute(() -> {
                if (!held && settled) {
                    reconcileQuietly();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("A definition came or went while stopping");
        }
    }

    /**
     * The bundle of a definition stops: what uses it lets things arrive and closes before this returns, because no class of
     * the bundle can be relied on afterwards. On the thread that stops the bundle.
     *
     * @param id of the definition
     */
    public void partLeaving(ConfigId id) {
        for (ManagedPipeline pipeline : pipelines.values()) {
            if (pipeline.dependsOn(id)) {
                try {
                    pipeline.stop(DRAIN);
                    pipeline.set(PipelineState.WAITING, "waits for " + id);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        partsChanged();
    }

    private void reconcileQuietly() {
        try {
            reconcile(OPEN).forEach(problem -> LOG.warn("{}", problem));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings every pipeline to what is wanted, or, when one cannot be, leaves all as they are. */
    private List<Problem> reconcile(Duration deadline) throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        Map<String, ManagedPipeline.Prepared> prepared = new LinkedHashMap<>();
        for (ConfigId id : wanted.keySet()) {
            if (id.pid().equals(PipelineDefinition.PID)) {
                prepare(id, deadline, prepared, problems);
            }
        }
        if (problems.stream().anyMatch(Problem::isError)) {
            prepared.values().forEach(ManagedPipeline.Prepared::discard);
            return problems;
        }
        for (ManagedPipeline.Prepared change : prepared.values()) {
            change.commit();
        }
        removeUnwanted();
        return problems;
    }

    private void prepare(
            ConfigId id, Duration deadline, Map<String, ManagedPipeline.Prepared> prepared, List<Problem> problems)
            throws InterruptedException {
        ManagedPipeline pipeline = pipelines.computeIfAbsent(id.name(), this::manage);
        Optional<Part> part = environs.parts().find(id);
        if (part.isEmpty()) {
            pipeline.set(PipelineState.WAITING, "waits for its definition");
            return;
        }
        PipelineSettings settings = null;
        try {
            PipelineDefinition definition = (PipelineDefinition)
                    Disposable.call(id, "constructing", deadline, part.get().construct());
            settings = definition.settings();
            prepared.put(id.name(), pipeline.prepare(settings, wanted, deadline));
        } catch (OpenFailure e) {
            if (e.isPassing() && settings != null && !pipeline.isRunning()) {
                pipeline.failed(settings, e.getMessage());
                retryLater(id.name());
                problems.add(Problem.warning("part.unreachable", e.getMessage() + "; trying again")
                        .id(e.id())
                        .build());
            } else {
                problems.add(Problem.error("definition.failed", e.getMessage())
                        .id(e.id())
                        .build());
            }
        }
    }

    private ManagedPipeline manage(String name) {
        CheckpointFile file = new CheckpointFile(environs.data().resolve("checkpoints"), name);
        return new ManagedPipeline(
                name, environs, file, (failure, again) -> control.execute(() -> ended(name, failure, again)));
    }

    private void ended(String name, String failure, boolean again) {
        ManagedPipeline pipeline = pipelines.get(name);
        if (pipeline != null) {
            pipeline.ended(failure);
            if (again) {
                retryLater(name);
            }
        }
    }

    private void retryLater(String name) {
        Backoff backoff = retries.computeIfAbsent(name, key -> new Backoff(RETRY_SECONDS));
        control.schedule(
                () -> {
                    ManagedPipeline pipeline = pipelines.get(name);
                    if (pipeline != null && !pipeline.isRunning() && !held) {
                        reconcileQuietly();
                    }
                },
                backoff.next(),
                TimeUnit.NANOSECONDS);
    }

    private void removeUnwanted() throws InterruptedException {
        for (String name : List.copyOf(pipelines.keySet())) {
            if (!wanted.containsKey(new ConfigId(PipelineDefinition.PID, name))) {
                pipelines.get(name).stop(DRAIN);
                pipelines.remove(name);
            }
        }
    }

    @Override
    public List<PipelineStatus> list() {
        return pipelines.values().stream().map(ManagedPipeline::status).toList();
    }

    @Override
    public Optional<PipelineStatus> show(String name) {
        return Optional.ofNullable(pipelines.get(name)).map(ManagedPipeline::status);
    }

    private ManagedPipeline pipeline(String name) {
        ManagedPipeline pipeline = pipelines.get(name);
        if (pipeline == null) {
            throw new IllegalArgumentException(
                    "there is no pipeline '" + name + "' (there are: " + String.join(", ", pipelines.keySet()) + ")");
        }
        return pipeline;
    }

    @Override
    public void start(String name) {
        ManagedPipeline pipeline = pipeline(name);
        if (pipeline.status().detail().equals("enabled = false")) {
            throw new IllegalStateException(
                    "pipeline '" + name + "' is switched off by its configuration: set enabled =" + " true in "
                            + PipelineDefinition.PID + "~" + name + ".cfg");
        }
        uninterrupted(() -> onControl(() -> {
            pipeline.byHand(false);
            reconcile(OPEN).forEach(problem -> LOG.warn("{}", problem));
            return null;
        }));
    }

    /** For callers that cannot be told of an interruption: the flag stays. */
    private static void uninterrupted(Callable<Void> job) {
        try {
            job.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public boolean stop(String name, Duration deadline) throws InterruptedException {
        ManagedPipeline pipeline = pipeline(name);
        return onControl(() -> {
            boolean drained = pipeline.stop(deadline);
            pipeline.byHand(true);
            pipeline.set(PipelineState.STOPPED, "stopped by hand");
            return drained;
        });
    }

    @Override
    public void reset(String name) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        onControl(() -> {
            pipeline.stop(DRAIN);
            pipeline.reset();
            reconcile(OPEN).forEach(problem -> LOG.warn("{}", problem));
            return null;
        });
    }

    private <T> T onControl(Callable<T> job) throws InterruptedException {
        try {
            return control.submit(job).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException(e.getCause().getMessage());
            }
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Drains all pipelines at the same time, and closes. */
    @Override
    public void close() {
        control.shutdown();
        List<Thread> stopping = new ArrayList<>();
        for (ManagedPipeline pipeline : pipelines.values()) {
            Thread thread = new Thread(() -> stopQuietly(pipeline), "engine-stop");
            thread.setDaemon(true);
            thread.start();
            stopping.add(thread);
        }
        try {
            for (Thread thread : stopping) {
                thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stopQuietly(ManagedPipeline pipeline) {
        try {
            pipeline.stop(Duration.ofSeconds(CLOSE_SECONDS - 2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
