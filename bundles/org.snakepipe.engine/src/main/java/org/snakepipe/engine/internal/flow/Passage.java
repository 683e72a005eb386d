// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.settings.OnError;

/**
 * One share of a batch on its way through a line: transform, write, and what becomes of the rejected. May be tried again, also
 * through another line: a writer that has taken the share already is passed over then. Used by one thread.
 */
final class Passage {
    private final Batch.Share share;
    private final Set<Lease<SinkWriter>> done = new HashSet<>();

    Passage(Batch.Share share) {
        this.share = share;
    }

    /** What happened. @param written records that were written @param rejected records that were not */
    record Result(int written, int rejected) {}

    /** One rejected record and where it was rejected. */
    private record Reject(ConfigId by, Rejection rejection) {}

    Result through(Line line, OnError onError, String pipeline, ConfigId source)
            throws IOException, InterruptedException, PipelineFailure {
        List<Reject> rejects = new ArrayList<>();
        share.rejections().forEach(rejection -> rejects.add(new Reject(source, rejection)));
        List<Record> records = share.records();
        for (Lease<TransformStage> stage : line.stages()) {
            records = transform(stage, records, rejects);
        }
        List<Record> batch = Collections.unmodifiableList(records);
        int written = 0;
        for (Lease<SinkWriter> writer : line.writers()) {
            if (!batch.isEmpty() && !done.contains(writer)) {
                written += write(writer, batch, rejects);
                if (rejects.isEmpty()) {
                    done.add(writer);
                }
            }
        }
        if (!rejects.isEmpty()) {
            deal(rejects, line, onError, pipeline);
        }
        return new Result(written, rejects.size());
    }

    private static List<Record> transform(Lease<TransformStage> stage, List<Record> records, List<Reject> rejects)
            throws IOException, InterruptedException {
        List<Record> results = new ArrayList<>(records.size());
        for (Record record : records) {
            int before = results.size();
            try {
                stage.get().apply(record, results::add);
            } catch (RejectedRecords e) {
                results.subList(before, results.size()).clear();
                e.rejections().forEach(rejection -> rejects.add(new Reject(stage.id(), rejection)));
            }
        }
        return results;
    }

    private static int write(Lease<SinkWriter> writer, List<Record> batch, List<Reject> rejects)
            throws IOException, InterruptedException {
        try {
            writer.get().write(batch);
            return batch.size();
        } catch (RejectedRecords e) {
            e.rejections().forEach(rejection -> rejects.add(new Reject(writer.id(), rejection)));
            return batch.size() - e.rejections().size();
        }
    }

    private static void deal(List<Reject> rejects, Line line, OnError onError, String pipeline)
            throws IOException, InterruptedException, PipelineFailure {
        switch (onError.action()) {
            case STOP -> {
                Reject first = rejects.get(0);
                throw new PipelineFailure(
                        first.by() + " rejects " + rejects.size() + " record" + (rejects.size() == 1 ? "" : "s")
                                + ", the first " + first.rejection().record() + ": "
                                + first.rejection().reason()
                                + ". Mend the data or the configuration and start the pipeline, or set on.error to skip"
                                + " or to the id of a sink",
                        null);
            }
            case SKIP -> {
                return;
            }
            case KEEP -> keep(rejects, line, pipeline);
        }
    }

    private static void keep(List<Reject> rejects, Line line, String pipeline)
            throws IOException, InterruptedException, PipelineFailure {
        Lease<SinkWriter> quarantine =
                line.quarantine().orElseThrow(() -> new IOException("the sink for rejected records is not open"));
        List<Record> records = rejects.stream()
                .map(reject -> Quarantined.record(pipeline, reject.by(), reject.rejection()))
                .toList();
        try {
            quarantine.get().write(records);
        } catch (RejectedRecords e) {
            throw new PipelineFailure(quarantine.id() + " rejects a rejected record: " + e.getMessage(), e);
        }
    }
}
