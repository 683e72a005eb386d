// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** Definition of a sink: immutable settings, no resources. For its life as a component see {@link Source}. */
@ConsumerType
public interface Sink {
    /**
     * Opens the sink. When its configuration changes, the new writer is opened while the old one still writes.
     *
     * @param context what the engine lends
     * @return a writer; the engine closes it
     * @throws IOException          if it cannot be opened now; the message is for people
     * @throws InterruptedException if the pipeline is stopping
     */
    SinkWriter open(OpenContext context) throws IOException, InterruptedException;

    /**
     * Whether what is written last wins: a record overwrites what an earlier one with the same key has written. The pipeline then
     * keeps the order of records with the same key unless it is told otherwise. Asked when the sink is opened.
     *
     * @return {@code true} when the order of records with the same key matters; the default is {@code false}
     */
    default boolean hasKey() {
        return false;
    }
}
