// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears the receipt of each rollout. A service; called on the rollout's thread, so it returns soon. */
@ConsumerType
public interface ReloadListener {
    /**
     * Takes a receipt. An exception is logged and changes nothing.
     *
     * @param outcome the receipt
     */
    void ended(ReloadResult outcome);
}
