// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** Definition of a transform: immutable settings, no resources. For its life as a component see {@link Source}. */
@ConsumerType
public interface Transform {
    /**
     * Opens the transform.
     *
     * @param context what the engine lends
     * @return a stage; the engine closes it
     * @throws IOException          if it cannot be opened now; the message is for people
     * @throws InterruptedException if the pipeline is stopping
     */
    TransformStage open(OpenContext context) throws IOException, InterruptedException;
}
