// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Definition of something that several sources and sinks share, for example a pool of connections: immutable settings, no
 * resources. For its life as a component see {@link Source}.
 *
 * @param <T> type of what is shared
 */
@ConsumerType
public interface Resource<T> {
    /**
     * Opens the resource. The engine does it once for all borrowers.
     *
     * @param context what the engine lends
     * @return what is shared; the engine closes it when the last borrower is closed
     * @throws IOException          if it cannot be opened now; the message is for people
     * @throws InterruptedException if the pipeline is stopping
     */
    Shared<T> open(OpenContext context) throws IOException, InterruptedException;
}
