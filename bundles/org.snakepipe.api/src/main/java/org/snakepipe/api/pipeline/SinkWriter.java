// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes batches. Several workers call one instance at the same time, each with a batch of its own; only with
 * {@code ordering = strict} there is one call at a time.
 */
@ConsumerType
public interface SinkWriter extends AutoCloseable {
    /**
     * Writes a batch, in order. When this method returns, every record is durable. The engine may write a batch again
     * after a failure or a crash (at least once): a sink with a key makes that harmless.
     *
     * @param batch never {@code null}, never empty, unmodifiable
     * @throws RejectedRecords      if some records can never be written; all the others are durable
     * @throws IOException          if the target is unreachable; the engine writes the same batch again later
     * @throws InterruptedException if the pipeline is stopping; nothing of the batch is acknowledged
     */
    void write(List<Record> batch) throws RejectedRecords, IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
