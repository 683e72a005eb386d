// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All configurations that would be in force together, with the types of their schemas and with the defaults. Immutable, from
 * any thread. A secret, and a value that only the target machine has, is there as {@link Deferred}. A configuration with an
 * error is there without the keys that are wrong; one that no plugin knows is there without values.
 */
@ProviderType
public interface ConfigSet {
    /**
     * All ids.
     *
     * @return sorted
     */
    Set<ConfigId> ids();

    /**
     * The ids of one PID or factory PID.
     *
     * @param pid for example {@code snakepipe.sink.jdbc}
     * @return sorted; empty when there is none
     */
    Set<ConfigId> ids(String pid);

    /**
     * The values of a configuration.
     *
     * @param id which
     * @return key to value as ConfigurationAdmin takes it, not to be changed; empty when there is no such configuration
     */
    Map<String, Object> values(ConfigId id);

    /**
     * One value.
     *
     * @param id  the configuration
     * @param key the key
     * @return the value; empty when there is none, or when it is {@link Deferred}
     */
    Optional<Object> value(ConfigId id, String key);

    /**
     * A list, of any type, as texts.
     *
     * @param id  the configuration
     * @param key the key
     * @return its elements, one for a value that is no list; empty when there is none, or when it is {@link Deferred}
     */
    List<String> texts(ConfigId id, String key);
}
