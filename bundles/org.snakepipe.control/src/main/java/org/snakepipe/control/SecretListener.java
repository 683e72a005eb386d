// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears that secrets may have changed. A service (whiteboard); whoever provides secrets calls all there are. */
@ConsumerType
public interface SecretListener {
    /**
     * The value of some secret may be another one now, or there are others. May come for no reason, and once for several
     * changes, so the listener asks the {@link SecretProvider} services and compares. What changed before the listener came is
     * not told again.
     *
     * <p>Called from a thread of the provider, and by several providers at once; returns soon. An exception is logged and
     * changes nothing.
     */
    void changed();
}
