// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The PIDs and keys that schemas know; they let environment variables be matched. Asked from one thread at a time. */
@ProviderType
public interface KnownKeys {
    /**
     * The keys of one PID.
     *
     * @param pid a PID or factory PID
     * @return its keys; empty when nothing knows the PID
     */
    Set<String> keys(String pid);

    /**
     * The configurations of which there is only one: a variable may set a key of them although no file does.
     *
     * @return PIDs, without factory PIDs
     */
    Set<String> singletons();
}
