// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import java.util.List;
import org.snakepipe.api.config.Fix;

/**
 * Something that does not fit together.
 *
 * @param code    of the problem
 * @param key     of the configuration
 * @param message what was found and what is allowed
 * @param fixes   the most likely first
 */
record Mistake(String code, String key, String message, List<Fix> fixes) {
    Mistake {
        fixes = List.copyOf(fixes);
    }
}
