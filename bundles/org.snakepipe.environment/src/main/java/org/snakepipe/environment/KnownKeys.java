// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The PIDs and keys that schemas know; they let environment variables be matched. Asked from one thread at a time. */
@ProviderType
public interface KnownKeys {
    /** No schema is there. */
    KnownKeys NOTHING = new KnownKeys() {
        @Override
        public Set<String> keys(String pid) {
            return Set.of();
        }

        @Override
        public Set<String> singletons() {
            return Set.of();
        }
    };

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

    /**
     * Tells whether a value is a secret.
     *
     * @param pid a PID or factory PID
     * @param key one of its keys
     * @return {@code true} when nobody may see the value; {@code false} when nothing knows the key
     */
    default boolean isSecret(String pid, String key) {
        return false;
    }

    /**
     * What the plugin takes when no layer says anything; {@code $[inherited]} in the lowest layer means this.
     *
     * @param pid a PID or factory PID
     * @param key one of its keys
     * @return the elements; empty when there are none, or nothing knows the key
     */
    default List<String> defaults(String pid, String key) {
        return List.of();
    }
}
