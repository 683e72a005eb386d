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

    /**
     * A root looks like an accident: it is missing, or all of its files are gone at once. Its last content stays in force
     * until somebody says that it was meant. Returns at once.
     *
     * @param set     what it would be: {@code gone} names all files; none when it is over
     * @param confirm tells the watch that it was meant: what comes later is compared with nothing. From any thread
     */
    default void accident(ChangeSet set, Runnable confirm) {}
}
