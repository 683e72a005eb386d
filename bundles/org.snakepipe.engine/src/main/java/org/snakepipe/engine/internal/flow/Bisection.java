// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.util.List;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.quarantine.Quarantine.Reject;

/** Writes a batch; a writer that breaks on it gets its halves, until the records are found that break it. */
public final class Bisection {
    private Bisection() {}

    /**
     * Writes a batch.
     *
     * @param writer  the sink
     * @param batch   not empty, unmodifiable
     * @param rejects takes what can never be written
     * @param isolate whether a mistake of the writer is to cost only the records that it breaks on
     * @return how many records were written
     * @throws IOException          if it cannot be written now; some of it may have been
     * @throws InterruptedException if the caller is interrupted
     */
    public static int write(Lease<SinkWriter> writer, List<Record> batch, List<Reject> rejects, boolean isolate)
            throws IOException, InterruptedException {
        try {
            writer.get().write(batch);
            return batch.size();
        } catch (RejectedRecords e) {
            e.rejections().forEach(rejection -> rejects.add(new Reject(writer.id(), rejection)));
            return batch.size() - e.rejections().size();
        } catch (RuntimeException e) {
            if (!isolate) {
                throw e;
            }
            if (batch.size() == 1) {
                rejects.add(poison(writer.id(), batch.get(0), e));
                return 0;
            }
            int half = batch.size() / 2;
            return write(writer, batch.subList(0, half), rejects, true)
                    + write(writer, batch.subList(half, batch.size()), rejects, true);
        }
    }

    /** The place says more to the author of the plugin than the message, and nobody logs a trace for each record. */
    static Reject poison(ConfigId by, Record record, RuntimeException e) {
        String place = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
        return new Reject(by, new Rejection(record, "fails on it with " + e + place));
    }
}
