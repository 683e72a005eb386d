// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.util.List;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.quarantine.Quarantine;
import org.snakepipe.engine.internal.quarantine.Quarantine.Reject;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/** What becomes of rejected records, before the batch they were in is acknowledged. Thread-safe. */
final class Rejects {
    private static final String AGAIN = "rejected again, and ";

    private final RunState run;
    private final Quarantine quarantine;
    private final Outlets outlets;

    Rejects(RunState run, PipelineRun.Services services) {
        this.run = run;
        this.quarantine = services.quarantine();
        this.outlets = services.outlets();
    }

    /**
     * What comes out of the quarantine and is rejected again goes back there, whatever is configured now: in the place of what was
     * replayed, so that it needs no room beside itself. When that cannot be, all stays as it was, and nobody waits for it.
     */
    void again(List<Reject> rejects, List<Record> records, Replay replay) {
        List<String> ids = replay.ids(records);
        if (!outlets.secure()) {
            replay.stay(ids, AGAIN + "what waits for a best-effort sink cannot be brought to the disk");
            return;
        }
        try {
            quarantine.replace(ids, rejects, run.settings().limits().quarantineBytes());
        } catch (IOException e) {
            replay.stay(ids, AGAIN + e.getMessage());
        }
    }

    void deal(List<Reject> rejects, Line line) throws IOException, InterruptedException, PipelineFailure {
        PipelineSettings settings = run.settings();
        switch (settings.onError().action()) {
            case STOP -> throw failure(rejects);
            case SKIP -> {
                return;
            }
            case QUARANTINE -> quarantine.keep(rejects, settings.limits().quarantineBytes());
            case KEEP -> keep(rejects, line);
        }
    }

    private static PipelineFailure failure(List<Reject> rejects) {
        Reject first = rejects.get(0);
        return new PipelineFailure(
                first.by() + " rejects " + rejects.size() + " record" + (rejects.size() == 1 ? "" : "s")
                        + ", the first " + first.rejection().record() + ": "
                        + first.rejection().reason()
                        + ". Mend the data or the configuration and start the pipeline, or set on.error to skip"
                        + " or to the id of a sink",
                null);
    }

    private void keep(List<Reject> rejects, Line line) throws IOException, InterruptedException, PipelineFailure {
        Lease<SinkWriter> sink =
                line.quarantine().orElseThrow(() -> new IOException("the sink for rejected records is not open"));
        List<Record> records = rejects.stream()
                .map(reject -> RejectedRecord.record(run.name(), reject.by(), reject.rejection()))
                .toList();
        try {
            sink.get().write(records);
        } catch (RejectedRecords e) {
            throw new PipelineFailure(sink.id() + " rejects a rejected record: " + e.getMessage(), e);
        }
    }
}
