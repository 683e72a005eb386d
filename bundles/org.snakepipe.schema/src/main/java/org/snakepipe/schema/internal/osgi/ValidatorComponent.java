// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.osgi;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaValidator;
import org.snakepipe.schema.Siblings;
import org.snakepipe.schema.ValidationResult;

/** The validator as a service. */
@Component
public final class ValidatorComponent implements SchemaValidator {
    private final SchemaValidator validator = SchemaValidator.create();

    @Override
    public ValidationResult validate(Map<String, ConfigValue> values, Schema schema) {
        return validator.validate(values, schema);
    }

    @Override
    public ValidationResult validate(ConfigId id, Map<String, ConfigValue> values, Schema schema) {
        return validator.validate(id, values, schema);
    }

    @Override
    public ValidationResult validate(ConfigId id, Map<String, ConfigValue> values, Schema schema, Siblings siblings) {
        return validator.validate(id, values, schema, siblings);
    }
}
