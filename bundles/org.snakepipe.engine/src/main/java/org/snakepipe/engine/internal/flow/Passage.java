// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.quarantine.Quarantine.Reject;
import org.snakepipe.engine.internal.settings.OnError;
import org.snakepipe.engine.internal.state.Changes;

/**
 * One share of a batch on its way through a line: transform, write, and what becomes of the rejected. May be tried again, also
 * through another line: a writer that has taken the share already is passed over then. Used by one thread.
 */
final class Passage {
    private final Batch.Share share;
    private final ConfigId source;
    private final Rejects rejected;
    private final Outlets outlets;
    private boolean offered;
    private final Map<Lease<SinkWriter>, Taken> done = new HashMap<>();

    Passage(Batch.Share share, ConfigId source, Rejects rejected, Outlets outlets) {
        this.share = share;
        this.source = source;
        this.rejected = rejected;
        this.outlets = outlets;
    }

    /** What happened. @param written records that were written @param rejected records that were not */
    record Result(int written, int rejected) {}

    /** What a writer made of the share, and remembered of it. */
    private record Taken(int written, List<Reject> rejects, Changes.Done changes) {}

    Result through(Line line, OnError onError, Changes changes)
            throws IOException, InterruptedException, PipelineFailure {
        if (isLost(line)) {
            stay();
            return new Result(0, 0);
        }
        List<Reject> rejects = new ArrayList<>();
        share.rejections().forEach(rejection -> rejects.add(new Reject(source, rejection)));
        boolean isolate = share.replay().isPresent() || onError.action() != OnError.Action.STOP;
        List<Record> records = share.records();
        for (Lease<TransformStage> stage : stages(line)) {
            records = transform(stage, records, rejects, isolate);
        }
        List<Record> batch = Collections.unmodifiableList(records);
        int written = 0;
        for (Lease<SinkWriter> writer : writers(line)) {
            if (!batch.isEmpty()) {
                Taken taken = done.get(writer);
                if (taken == null) {
                    int mark = changes.mark();
                    List<Reject> own = new ArrayList<>();
                    int count = Bisection.write(writer, batch, own, isolate);
                    taken = new Taken(count, own, changes.since(mark));
                    done.put(writer, taken);
                } else {
                    changes.repeat(taken.changes());
                }
                written += taken.written();
                rejects.addAll(taken.rejects());
            }
        }
        if (!offer(batch, line)) {
            stay();
        }
        if (!rejects.isEmpty() && share.replay().isPresent()) {
            rejected.again(rejects, share.records(), share.replay().get());
        } else if (!rejects.isEmpty()) {
            rejected.deal(rejects, line);
        }
        return new Result(written, rejects.size());
    }

    /**
     * Whether what is replayed has no part to go through any more: a swap may have taken it while this waited. Everybody else has
     * it already, or is to get what that part makes of it.
     */
    private boolean isLost(Line line) {
        Optional<ConfigId> by = share.replay().map(Replay::by);
        return by.isPresent()
                && !outlets.has(by.get())
                && !isStage(line, by.get())
                && line.writers().stream().noneMatch(writer -> writer.id().equals(by.get()));
    }

    private void stay() {
        Replay replay = share.replay().orElseThrow();
        replay.stay(replay.ids(share.records()), replay.by() + " is no transform or sink of the pipeline any more");
    }

    /** What is replayed begins at the part that rejected it. */
    private List<Lease<TransformStage>> stages(Line line) {
        if (share.replay().isEmpty()) {
            return line.stages();
        }
        List<Lease<TransformStage>> all = line.stages();
        for (int first = 0; first < all.size(); first++) {
            if (all.get(first).id().equals(share.replay().get().by())) {
                return all.subList(first, all.size());
            }
        }
        return List.of();
    }

    private List<Lease<SinkWriter>> writers(Line line) {
        List<Lease<SinkWriter>> all = line.writers();
        Optional<ConfigId> by = share.replay().map(Replay::by);
        if (by.isEmpty() || isStage(line, by.get())) {
            return all;
        }
        return all.stream().filter(writer -> writer.id().equals(by.get())).toList();
    }

    /**
     * Once, when the required sinks have everything: a batch that is tried again would come twice.
     *
     * @return {@code false} when the one that it is replayed for has gone meanwhile
     */
    private boolean offer(List<Record> batch, Line line) {
        Optional<ConfigId> by = share.replay().map(Replay::by);
        boolean ofASink = by.isPresent()
                && line.writers().stream().anyMatch(writer -> writer.id().equals(by.get()));
        boolean taken =
                offered || batch.isEmpty() || ofASink || outlets.offer(batch, by.filter(id -> !isStage(line, id)));
        offered = true;
        return taken;
    }

    private static boolean isStage(Line line, ConfigId id) {
        return line.stages().stream().anyMatch(stage -> stage.id().equals(id));
    }

    private static List<Record> transform(
            Lease<TransformStage> stage, List<Record> records, List<Reject> rejects, boolean isolate)
            throws IOException, InterruptedException {
        List<Record> results = new ArrayList<>(records.size());
        for (Record record : records) {
            int before = results.size();
            try {
                stage.get().apply(record, results::add);
            } catch (RejectedRecords e) {
                results.subList(before, results.size()).clear();
                e.rejections().forEach(rejection -> rejects.add(new Reject(stage.id(), rejection)));
            } catch (RuntimeException e) {
                if (!isolate) {
                    throw e;
                }
                results.subList(before, results.size()).clear();
                rejects.add(Bisection.poison(stage.id(), record, e));
            }
        }
        return results;
    }
}
