// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/** Turns each record into none, one or more. Several workers call one instance at the same time. */
@ConsumerType
public interface TransformStage extends AutoCloseable {
    /**
     * Transforms one record. What was given to the output before an exception is thrown away.
     *
     * @param record the record
     * @param output takes the results, in their order; giving it nothing drops the record
     * @throws RejectedRecords      if the record can never be transformed
     * @throws IOException          if it cannot be transformed now; the engine tries again
     * @throws InterruptedException if the pipeline is stopping
     */
    void apply(Record record, Consumer<Record> output) throws RejectedRecords, IOException, InterruptedException;

    /** Lets go of what the stage holds. The default does nothing. */
    @Override
    default void close() throws IOException {}
}
