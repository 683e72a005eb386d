// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.engine.internal.part.Lease;

/**
 * The open parts that a batch passes: stages, writers, and the writer for rejected records. Changing a pipeline means making
 * another line, which shares what stays, and retiring this one: its parts are given back when the last batch has left. So a
 * batch never meets a closed writer, nor half of a change.
 */
public final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final long CLOSE_MILLIS = 3_000;

    private final List<Lease<TransformStage>> stages;
    private final List<Lease<SinkWriter>> writers;
    private final Optional<Lease<SinkWriter>> quarantine;
    private int inside;
    private boolean retired;
    private boolean closed;

    /**
     * Takes over the leases, one use of each.
     *
     * @param stages     in order
     * @param writers    in order
     * @param quarantine takes rejected records, if the pipeline keeps them
     */
    public Line(
            List<Lease<TransformStage>> stages,
            List<Lease<SinkWriter>> writers,
            Optional<Lease<SinkWriter>> quarantine) {
        this.stages = List.copyOf(stages);
        this.writers = List.copyOf(writers);
        this.quarantine = quarantine;
    }

    List<Lease<TransformStage>> stages() {
        return stages;
    }

    List<Lease<SinkWriter>> writers() {
        return writers;
    }

    Optional<Lease<SinkWriter>> quarantine() {
        return quarantine;
    }

    /**
     * Another line with one more use of the same parts.
     *
     * @return the line; empty when this one is closed
     */
    public Optional<Line> share() {
        List<Lease<?>> shared = new ArrayList<>();
        for (Lease<?> lease : leases()) {
            if (!lease.share()) {
                shared.forEach(Lease::close);
                return Optional.empty();
            }
            shared.add(lease);
        }
        return Optional.of(new Line(stages, writers, quarantine));
    }

    private List<Lease<?>> leases() {
        List<Lease<?>> all = new ArrayList<>(stages);
        all.addAll(writers);
        quarantine.ifPresent(all::add);
        return all;
    }

    /**
     * One more use of the stage with this id, if it is what is wanted, and open.
     *
     * @param id     its id
     * @param wanted id to fingerprint
     * @return the lease
     */
    public Optional<Lease<TransformStage>> shareStage(ConfigId id, Map<ConfigId, String> wanted) {
        return stages.stream()
                .filter(lease -> lease.id().equals(id) && lease.isStill(wanted))
                .findFirst()
                .filter(Lease::share);
    }

    /**
     * One more use of the writer with this id, if it is what is wanted, and open.
     *
     * @param id     its id
     * @param wanted id to fingerprint
     * @return the lease
     */
    public Optional<Lease<SinkWriter>> shareWriter(ConfigId id, Map<ConfigId, String> wanted) {
        Optional<Lease<SinkWriter>> writer = writers.stream()
                .filter(lease -> lease.id().equals(id) && lease.isStill(wanted))
                .findFirst();
        return writer.or(() -> quarantine.filter(lease -> lease.id().equals(id) && lease.isStill(wanted)))
                .filter(Lease::share);
    }

    /**
     * Whether the line is exactly what is wanted.
     *
     * @param stageIds      ids of the transforms, in order
     * @param writerIds     ids of the sinks, in order
     * @param quarantineId  id of the sink for rejected records
     * @param wanted        id to fingerprint
     * @return {@code true} when it can stay as it is
     */
    public boolean isStill(
            List<ConfigId> stageIds,
            List<ConfigId> writerIds,
            Optional<ConfigId> quarantineId,
            Map<ConfigId, String> wanted) {
        return stages.stream().map(Lease::id).toList().equals(stageIds)
                && writers.stream().map(Lease::id).toList().equals(writerIds)
                && quarantine.map(Lease::id).equals(quarantineId)
                && stages.stream().allMatch(lease -> lease.isStill(wanted))
                && writers.stream().allMatch(lease -> lease.isStill(wanted))
                && quarantine.stream().allMatch(lease -> lease.isStill(wanted));
    }

    /**
     * The parts, and what they borrowed.
     *
     * @return id to fingerprint
     */
    public Map<ConfigId, String> uses() {
        Map<ConfigId, String> all = new HashMap<>();
        stages.forEach(lease -> all.putAll(lease.uses()));
        writers.forEach(lease -> all.putAll(lease.uses()));
        quarantine.ifPresent(lease -> all.putAll(lease.uses()));
        return all;
    }

    /**
     * The sink that needs records with the same key in order.
     *
     * @return the first that has a key; empty when none has
     */
    public Optional<ConfigId> keyed() {
        return writers.stream().filter(Lease::isKeyed).map(Lease::id).findFirst();
    }

    /** A batch comes in; {@code false} when the line is retired, then there is another one. */
    synchronized boolean enter() {
        if (retired) {
            return false;
        }
        inside++;
        return true;
    }

    void leave() {
        boolean last;
        synchronized (this) {
            inside--;
            last = isToBeClosed();
        }
        if (last) {
            close();
        }
    }

    /** Lets nobody in any more. When nobody is inside its parts are closed before this returns, unless one of them hangs. */
    public void retire() {
        boolean last;
        synchronized (this) {
            retired = true;
            last = isToBeClosed();
        }
        if (last) {
            close();
        }
    }

    /** @return {@code true} once */
    private boolean isToBeClosed() {
        boolean now = retired && inside == 0 && !closed;
        closed |= now;
        return now;
    }

    /** On a thread that can be left behind: whoever retires a line decides for all pipelines. */
    private void close() {
        Thread closing = new Thread(() -> leases().forEach(Lease::close), "pipeline-close");
        closing.setDaemon(true);
        closing.start();
        boolean interrupted = Thread.interrupted();
        try {
            closing.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.warn("{} do not close within {} ms: they are left behind", uses().keySet(), CLOSE_MILLIS);
        }
    }
}
