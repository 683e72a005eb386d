// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/**
 * Who names whom, and who waits for whom. Immutable.
 *
 * @param problems errors for ids that are none, may not be named there, or are not configured; warnings for those that wait
 * @param waiting  id to the reason for people: of configurations that no plugin knows, and of those that name one of these,
 *                 at once or through others
 * @param named    id to the configured ids that it names; without those that name nobody
 */
public record References(List<Problem> problems, Map<ConfigId, String> waiting, Map<ConfigId, Set<ConfigId>> named) {
    /** Copies. */
    public References {
        problems = List.copyOf(problems);
        waiting = Collections.unmodifiableMap(new TreeMap<>(waiting));
        named = Collections.unmodifiableMap(new TreeMap<>(named));
    }
}
