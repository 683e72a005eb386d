// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.schema.internal.reference.ReferenceSearch;

/** Checks that what configurations name is there. Without state; from any thread. */
public final class ReferenceCheck {
    private ReferenceCheck() {}

    /**
     * Checks all configurations against each other. Those that no schema knows are there, and name nobody.
     *
     * @param values  id to the values that the layers give it, of the whole candidate
     * @param schemas PID to its schema; without the PIDs that no plugin knows
     * @return who names whom, and what is wrong
     */
    public static References check(Map<ConfigId, Map<String, ConfigValue>> values, Map<String, Schema> schemas) {
        return new ReferenceSearch(values, schemas).references();
    }
}
