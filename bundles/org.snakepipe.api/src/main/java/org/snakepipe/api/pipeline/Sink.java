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
}
