// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.engine.internal.flow.Outlets;
import org.snakepipe.engine.internal.part.Opener;
import org.snakepipe.engine.internal.quarantine.Quarantine;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * The best-effort sinks of a pipeline. They live longer than its runs: what waits for a sink goes to it also when the source has
 * ended or is opened anew. Changed by the control thread alone; all else from any thread.
 */
public final class Branches implements Outlets {
    private static final Logger LOG = LoggerFactory.getLogger(Branches.class);
    /** A sink that works gets so long for what waits, before it is closed. */
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String pipeline;
    private final Opener opener;
    private final Quarantine quarantine;
    private final Path spools;
    private volatile Map<ConfigId, Branch> branches = Map.of();
    /** Those that are being closed at the moment. */
    private volatile Collection<Branch> closing = List.of();

    private volatile RestingSinks resting;

    /**
     * None yet.
     *
     * @param pipeline   name of the pipeline
     * @param opener     opens sinks
     * @param quarantine keeps what they reject
     * @param spools     the directory of the spools of this pipeline
     */
    public Branches(String pipeline, Opener opener, Quarantine quarantine, Path spools) {
        this.pipeline = pipeline;
        this.opener = opener;
        this.quarantine = quarantine;
        this.spools = spools;
        this.resting = resting(List.of(), Map.of());
    }

    /**
     * Brings them to what is wanted. Never fails: a sink that cannot be opened is tried again by itself.
     *
     * @param settings of the pipeline
     * @param wanted   id to fingerprint
     * @throws InterruptedException if the caller is interrupted
     */
    public void want(PipelineSettings settings, Map<ConfigId, String> wanted) throws InterruptedException {
        Map<ConfigId, Branch> before = branches;
        Map<ConfigId, Branch> after = new LinkedHashMap<>();
        for (ConfigId id : settings.bestEffort().sinks()) {
            Branch branch = before.get(id);
            if (branch == null) {
                after.put(id, begin(id, settings, wanted));
            } else {
                branch.want(settings, wanted);
                after.put(id, branch);
            }
        }
        branches = after;
        resting = resting(List.of(), Map.of());
        for (Map.Entry<ConfigId, Branch> entry : before.entrySet()) {
            if (!after.containsKey(entry.getKey())) {
                leave(entry.getKey(), entry.getValue());
            }
        }
    }

    /**
     * Waits until they have looked what an earlier process left for them.
     *
     * @param deadline how long at most
     * @throws InterruptedException if the caller is interrupted
     */
    public void awaitLooked(Duration deadline) throws InterruptedException {
        long until = System.nanoTime() + deadline.toNanos();
        for (Branch branch : branches.values()) {
            branch.awaitLooked(until);
        }
    }

    private Branch begin(ConfigId id, PipelineSettings settings, Map<ConfigId, String> wanted) {
        Branch.Place place = new Branch.Place(pipeline, quarantine, spools.resolve(id.toString()));
        return new Branch(new OpenSink(id, opener), place, settings, wanted);
    }

    private void leave(ConfigId id, Branch branch) throws InterruptedException {
        branch.close(System.nanoTime() + DRAIN_NANOS);
        long left = branch.backlog().records();
        if (left > 0) {
            LOG.warn(
                    "{} records wait for {}, which is no best-effort sink of the pipeline {} any more: they are kept in {}"
                            + " until it is one again",
                    left,
                    id,
                    pipeline,
                    spools.resolve(id.toString()));
        }
    }

    @Override
    public boolean offer(List<Record> batch, Optional<ConfigId> only) {
        Map<ConfigId, Branch> now = branches;
        if (only.isPresent()) {
            Branch one = now.get(only.get());
            return one != null && one.backlog().offer(batch);
        }
        now.forEach((id, branch) -> {
            if (!branch.backlog().offer(batch)) {
                LOG.warn(
                        "{} records came for the best-effort sink {} of {} after it was closed: it does not get them",
                        batch.size(),
                        id,
                        pipeline);
            }
        });
        return true;
    }

    @Override
    public boolean has(ConfigId id) {
        return branches.containsKey(id);
    }

    @Override
    public Optional<ConfigId> keyed() {
        return branches.entrySet().stream()
                .filter(entry -> entry.getValue().isKeyed())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public boolean secure() {
        boolean safe = true;
        for (Branch branch : branches.values()) {
            safe &= branch.backlog().secure();
        }
        return safe;
    }

    /**
     * A part is about to go: what uses it is closed before this returns.
     *
     * @param id       of its configuration
     * @param deadline how long a write may go on
     * @throws InterruptedException if the caller is interrupted
     */
    public void partLeaving(ConfigId id, Duration deadline) throws InterruptedException {
        // First those that live: one that begins to be closed meanwhile is found the second time.
        for (Branch branch : branches.values()) {
            branch.partLeaving(id, deadline);
        }
        for (Branch branch : closing) {
            branch.partLeaving(id, deadline);
        }
    }

    /**
     * How they are.
     *
     * @return in the order of the configuration
     */
    public List<BestEffortSink> status() {
        Map<ConfigId, Branch> now = branches;
        return now.isEmpty()
                ? resting.status()
                : now.values().stream().map(Branch::status).toList();
    }

    /**
     * Closes all; what waits is on the disk, and goes on with {@link #want}. From any thread, as long as nobody calls that.
     *
     * @param settings of the pipeline, whose spools are shown from now on; {@code null} when it has none yet
     * @throws InterruptedException if the caller is interrupted
     */
    public synchronized void close(PipelineSettings settings) throws InterruptedException {
        Map<ConfigId, Branch> before = branches;
        closing = before.values();
        branches = Map.of();
        closeAll(before.values());
        closing = List.of();
        if (settings != null) {
            Map<ConfigId, BestEffortSink> known = new LinkedHashMap<>();
            before.forEach((id, branch) -> branch.atRest().ifPresent(last -> known.put(id, last)));
            resting = resting(settings.bestEffort().sinks(), known);
        }
    }

    private RestingSinks resting(List<ConfigId> ids, Map<ConfigId, BestEffortSink> known) {
        return new RestingSinks(spools, ids, known);
    }

    /** All at the same time: those that hang are waited for together. */
    private static void closeAll(Collection<Branch> all) throws InterruptedException {
        all.forEach(Branch::end);
        long until = System.nanoTime() + DRAIN_NANOS;
        List<Thread> closing = new ArrayList<>();
        for (Branch branch : all) {
            Thread thread = new Thread(() -> closeQuietly(branch, until), "best-effort-close");
            thread.setDaemon(true);
            thread.start();
            closing.add(thread);
        }
        for (Thread thread : closing) {
            thread.join();
        }
    }

    private static void closeQuietly(Branch branch, long until) {
        try {
            branch.close(until);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
