// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.QuarantinedRecord;
import org.snakepipe.engine.internal.checkpoint.Order;
import org.snakepipe.engine.internal.flow.Replay;
import org.snakepipe.engine.internal.quarantine.QuarantineReader;
import org.snakepipe.engine.internal.quarantine.Quarantined;
import org.snakepipe.engine.internal.settings.PipelineDefinition;

/** What people and commands see of the pipelines, and do with them. Thread-safe. */
final class PipelineDesk implements Pipelines {
    private static final String OFF = "enabled = false";

    private final ControlThread control;
    private final Map<String, ManagedPipeline> pipelines;
    private final Selection selection;
    private final Reconciling reconciling;
    private final Replays replays = new Replays(this::send);

    /** Brings every pipeline to what is wanted; on the control thread. */
    interface Reconciling {
        /** Does so, and logs what is wrong. */
        void reconcile() throws InterruptedException;
    }

    PipelineDesk(
            ControlThread control,
            Map<String, ManagedPipeline> pipelines,
            Selection selection,
            Reconciling reconciling) {
        this.control = control;
        this.pipelines = pipelines;
        this.selection = selection;
        this.reconciling = reconciling;
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
    public void start(String name) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        if (pipeline.status().detail().equals(OFF)) {
            throw new IllegalStateException("pipeline '" + name
                    + "' is switched off by its configuration: set enabled = true in " + PipelineDefinition.PID + "~"
                    + name + ".cfg");
        }
        await(decide(() -> {
            pipeline.obey(Order.NONE);
            reconciling.reconcile();
            return pipeline.whenDeparted();
        }));
    }

    @Override
    public void once(String name) throws InterruptedException, IOException {
        pipeline(name);
        if (!selection.isOne()) {
            throw new IllegalStateException("this process runs all pipelines: start another with --once " + name);
        }
        selection.choose(name);
        start(name);
    }

    @Override
    public boolean stop(String name, Duration deadline, String by) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        return await(decide(() -> pipeline.stop(Order.now(Order.Kind.STOP, by), deadline)));
    }

    @Override
    public void pause(String name, String by) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        decide(() -> {
            if (pipeline.isStopped()) {
                throw new IllegalStateException("pipeline '" + name + "' is stopped: start it first");
            }
            pipeline.obey(Order.now(Order.Kind.PAUSE, by));
            return null;
        });
    }

    @Override
    public boolean drain(String name, Duration deadline, String by) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        if (pipeline.isStopped()) {
            return await(decide(pipeline::whenDeparted)
                    .copy()
                    .completeOnTimeout(false, deadline.toNanos(), TimeUnit.NANOSECONDS));
        }
        pause(name, by);
        // A batch may be gathered that has not been handed out yet: stopping hands it out, and waits for it.
        if (!pipeline.awaitArrived(deadline.toNanos())) {
            return false;
        }
        return stop(name, deadline, by);
    }

    @Override
    public void reset(String name, Map<String, String> to) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        Position position = Position.of(to);
        pipeline.requireSense(position);
        await(decide(() -> pipeline.reset(position)));
    }

    @Override
    public List<String> quarantine(String name, Collection<String> ids, Consumer<QuarantinedRecord> each)
            throws IOException {
        try (QuarantineReader reader = pipeline(name).quarantine().read(ids)) {
            Optional<Quarantined> next;
            while ((next = reader.next()).isPresent()) {
                each.accept(shown(next.get()));
            }
            return reader.damaged();
        }
    }

    @Override
    public long discard(String name, Collection<String> ids) throws IOException {
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("which records are to be removed is not said");
        }
        return replays.remove(pipeline(name), List.copyOf(ids));
    }

    @Override
    public long discardAll(String name) throws IOException {
        return replays.remove(pipeline(name), List.of());
    }

    private static QuarantinedRecord shown(Quarantined kept) {
        Record record = kept.record();
        return new QuarantinedRecord(
                kept.id(),
                kept.time(),
                kept.by().toString(),
                kept.reason(),
                record.key().orElse(""),
                record.meta(),
                record.raw()
                        .map(raw -> new String(raw, StandardCharsets.UTF_8))
                        .orElseGet(() -> record.value().toString()));
    }

    @Override
    public int replay(String name, List<String> ids, Duration deadline) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        if (pipeline.isStopped() || pipeline.status().state() == PipelineState.STOPPED) {
            throw new IllegalStateException("pipeline '" + name + "' is stopped: start it first");
        }
        return replays.replay(pipeline, ids, deadline);
    }

    private void send(ManagedPipeline pipeline, Replay replay) throws InterruptedException, IOException {
        decide(() -> {
            if (pipeline.replay(replay)) {
                reconciling.reconcile();
            }
            return null;
        });
    }

    /** What has been decided is done by and by. */
    private static <T> T await(CompletableFuture<T> answer) throws InterruptedException, IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    private <T> T decide(Callable<T> decision) throws InterruptedException, IOException {
        try {
            return control.call(decision);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
