// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The pipelines. A service of the engine; from any thread. Names are those of {@link PipelineStatus#name}. */
@ProviderType
public interface Pipelines {
    /**
     * All pipelines that are configured.
     *
     * @return sorted by name
     */
    List<PipelineStatus> list();

    /**
     * One pipeline.
     *
     * @param name its name
     * @return how it is; empty when there is none of this name
     */
    Optional<PipelineStatus> show(String name);

    /**
     * Starts a pipeline that was stopped by hand, or tries a failed one again now. Starting one that runs does nothing.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws IllegalStateException    if its configuration says {@code enabled = false}; the message says where
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it may run
     */
    void start(String name) throws InterruptedException, IOException;

    /**
     * Stops a pipeline: what is on its way arrives first. It stays stopped until it is started, also over restarts.
     *
     * @param name     its name
     * @param deadline how long to let things arrive; what has not arrived then is read again at the next start
     * @return {@code true} when everything arrived
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if it cannot be remembered that it is stopped; it is stopped all the same
     */
    boolean stop(String name, Duration deadline) throws InterruptedException, IOException;

    /**
     * Forgets how far the source was read, so that it is read from its beginning. A running pipeline is stopped first and
     * started afterwards.
     *
     * @param name its name
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     * @throws InterruptedException     if the caller is interrupted while waiting
     * @throws IOException              if the checkpoint cannot be written
     */
    void reset(String name) throws InterruptedException, IOException;
}
