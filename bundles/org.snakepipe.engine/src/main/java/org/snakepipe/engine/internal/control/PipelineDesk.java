// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.engine.internal.settings.PipelineDefinition;

/** What people and commands see of the pipelines, and do with them. Thread-safe. */
final class PipelineDesk implements Pipelines {
    private static final String OFF = "enabled = false";

    private final ControlThread control;
    private final Map<String, ManagedPipeline> pipelines;
    private final Reconciling reconciling;

    /** Brings every pipeline to what is wanted; on the control thread. */
    interface Reconciling {
        /** Does so, and logs what is wrong. */
        void reconcile() throws InterruptedException;
    }

    PipelineDesk(ControlThread control, Map<String, ManagedPipeline> pipelines, Reconciling reconciling) {
        this.control = control;
        this.pipelines = pipelines;
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
        decide(() -> {
            pipeline.byHand(false);
            reconciling.reconcile();
            return null;
        });
    }

    @Override
    public boolean stop(String name, Duration deadline) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        return decide(() -> {
            boolean drained = pipeline.stop(deadline);
            pipeline.set(PipelineState.STOPPED, "stopped by hand");
            pipeline.byHand(true);
            return drained;
        });
    }

    @Override
    public void reset(String name) throws InterruptedException, IOException {
        ManagedPipeline pipeline = pipeline(name);
        decide(() -> {
            pipeline.reset();
            reconciling.reconcile();
            return null;
        });
    }

    private <T> T decide(Callable<T> decision) throws InterruptedException, IOException {
        try {
            return control.call(decision);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
