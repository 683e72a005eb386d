// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;

/**
 * One configuration of the generation in force. Immutable.
 *
 * @param id     its id
 * @param state  whether it is published
 * @param reason why it is not published, or not what its files on the disk say; empty when it is
 * @param values key to value with its origin; a default of the plugin too; secrets stand as {@code <set>}
 */
public record ConfigState(ConfigId id, State state, String reason, Map<String, ConfigValue> values) {
    /** Whether a configuration is published. */
    public enum State {
        /** It is in force. */
        PUBLISHED,
        /** No plugin knows its PID; it is published once one does. */
        WAITING,
        /** It is left out; see the reason. */
        HELD_OUT
    }

    /** Copies the map, sorted by key. */
    public ConfigState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
