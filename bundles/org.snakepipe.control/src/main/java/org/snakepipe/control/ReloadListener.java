// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears the receipt of each rollout. A service; called on the rollout's thread, which does nothing else before it returns: what may
 * take longer than a few milliseconds, or waits for another machine, is handed to a thread of its own.
 */
@ConsumerType
public interface ReloadListener {
    /**
     * Takes a receipt. An exception is logged and changes nothing.
     *
     * @param outcome the receipt
     */
    void ended(ReloadResult outcome);

    /**
     * A phase of a rollout is over, whatever comes of the rollout. An exception is logged and changes nothing.
     *
     * @param cause what asked for the rollout, for people
     * @param phase one of those that the receipt will have
     * @param took  how long it took
     */
    default void phaseEnded(String cause, String phase, Duration took) {}
}
