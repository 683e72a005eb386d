// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Duration;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Bundles on their way: prepared, then {@link #stopLeaving}, {@link #startArriving}, then {@link #commit} or
 * {@link #undo}. Only the rollout's thread calls it, and ends each change with one of the last two.
 */
@ProviderType
public interface PluginChange {
    /**
     * Tells whether there is nothing to do.
     *
     * @return {@code true} when no bundle comes or goes
     */
    boolean isEmpty();

    /**
     * The digests that come.
     *
     * @return SHA-256 of each jar
     */
    Set<String> arriving();

    /**
     * The digests that go.
     *
     * @return SHA-256 of each jar
     */
    Set<String> leaving();

    /** Stops what goes; its writers drain inside. */
    void stopLeaving();

    /**
     * Starts what comes, on a thread of its own.
     *
     * @param deadline how long it may take
     * @throws PluginRejected       if one does not start in time, or throws; {@link #undo} is next
     * @throws InterruptedException if the rollout is stopping
     */
    void startArriving(Duration deadline) throws PluginRejected, InterruptedException;

    /** Uninstalls what goes. */
    void commit();

    /** Stops and uninstalls what came, and starts what went; its wiring was never touched. */
    void undo();
}
