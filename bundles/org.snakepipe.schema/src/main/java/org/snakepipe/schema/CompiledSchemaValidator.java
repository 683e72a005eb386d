// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.internal.check.Findings;
import org.snakepipe.schema.internal.check.SchemaCheck;

/** Runs the check that a schema was compiled to. */
final class CompiledSchemaValidator implements SchemaValidator {
    @Override
    public ValidationResult validate(Map<String, ConfigValue> values, Schema schema) {
        return validate(new Findings(new ConfigId(schema.pid(), ""), Siblings.NONE), values, schema);
    }

    @Override
    public ValidationResult validate(ConfigId id, Map<String, ConfigValue> values, Schema schema) {
        return validate(id, values, schema, Siblings.NONE);
    }

    @Override
    public ValidationResult validate(ConfigId id, Map<String, ConfigValue> values, Schema schema, Siblings siblings) {
        if (!id.pid().equals(schema.pid())) {
            throw new IllegalArgumentException("the schema of " + schema.pid() + " does not describe " + id);
        }
        Findings findings = new Findings(id, siblings);
        if (id.isFactory() != schema.isFactory()) {
            findings.add(Problem.error("id.name", name(id, schema)));
        }
        return validate(findings, values, schema);
    }

    private static ValidationResult validate(Findings findings, Map<String, ConfigValue> values, Schema schema) {
        SchemaCheck.Values checked = schema.check().run(values, findings);
        return new ValidationResult(checked.typed(), checked.effective(), findings.sorted());
    }

    private static String name(ConfigId id, Schema schema) {
        return schema.isFactory()
                ? "a configuration of " + id + " has a name (allowed: " + id + "~NAME)"
                : "there is one " + id.pid() + " only, without the name " + id.name() + " (allowed: " + id.pid() + ")";
    }
}
