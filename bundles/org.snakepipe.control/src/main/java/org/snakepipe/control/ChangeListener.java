// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes settled files. A service; the watch room delivers to the one with the highest ranking. */
@ConsumerType
public interface ChangeListener {
    /**
     * Takes one set. Returns at once: the work is done on another thread. Each root's sets come in their order, from one
     * thread per root; a listener that comes later first gets an initial set of each root.
     *
     * @param set what changed
     */
    void changed(ChangeSet set);
}
