// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.environment.Resolution;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaValidator;
import org.snakepipe.schema.ValidationResult;

/**
 * Validates a resolution and remembers the results: values that are the object they were have the result that they had. Not
 * thread-safe.
 */
final class CheckedConfigurations {
    private final SchemaValidator validator = SchemaValidator.create();
    private final Schema schema;
    private final Map<ConfigId, Checked> known = new HashMap<>();

    private record Checked(Map<String, ConfigValue> values, ValidationResult result) {}

    CheckedConfigurations(Schema schema) {
        this.schema = schema;
    }

    /** The results of those that changed. */
    List<ValidationResult> check(Resolution resolution) {
        if (!resolution.problems().isEmpty()) {
            throw new IllegalStateException(resolution.problems().get(0).toString());
        }
        List<ValidationResult> changed = new ArrayList<>();
        resolution.values().forEach((id, values) -> {
            Checked before = known.get(id);
            if (before == null || before.values() != values) {
                ValidationResult result = validator.validate(id, values, schema);
                if (!result.isValid()) {
                    throw new IllegalStateException(result.problems().get(0).toString());
                }
                known.put(id, new Checked(values, result));
                changed.add(result);
            }
        });
        return changed;
    }
}
