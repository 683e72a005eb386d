// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;

/**
 * Checks the values of one configuration against its schema and gives them their types. Without state; from any thread. A
 * service in a framework, and {@link #create()} without one.
 *
 * <p>All keys are checked in one pass. A raw value may be a {@link String}, in which commas separate the elements of a list
 * and {@code \\,} is a comma, or have the type of the schema already: a Boolean, a number that the type can hold, a
 * {@link java.util.List} of these. A {@link org.snakepipe.api.config.Deferred} passes as a value of any type; one that holds a
 * secret only where the schema says that the key is secret. Nothing else is converted. White space around text counts,
 * because the layers have trimmed it; around anything else it does not.
 *
 * <p>The result depends on nothing but the arguments. Who has the result for the same instances of an unmodifiable map and of
 * a schema need not ask again: maps and schemas that have not changed are best kept, and compared by identity.
 */
@ProviderType
public interface SchemaValidator {
    /**
     * Checks a configuration whose name does not matter.
     *
     * @param values key to value, as the layers give them
     * @param schema the schema of its PID
     * @return the typed values, and all that is wrong
     */
    ValidationResult validate(Map<String, ConfigValue> values, Schema schema);

    /**
     * Checks a configuration.
     *
     * @param id     its id
     * @param values key to value, as the layers give them
     * @param schema the schema of its PID
     * @return the typed values, and all that is wrong
     * @throws IllegalArgumentException if the schema is that of another PID
     */
    ValidationResult validate(ConfigId id, Map<String, ConfigValue> values, Schema schema);

    /**
     * Checks a configuration, and knows what others write.
     *
     * @param id       its id
     * @param values   key to value, as the layers give them
     * @param schema   the schema of its PID
     * @param siblings for fixes
     * @return the typed values, and all that is wrong
     * @throws IllegalArgumentException if the schema is that of another PID
     */
    ValidationResult validate(ConfigId id, Map<String, ConfigValue> values, Schema schema, Siblings siblings);

    /**
     * A validator.
     *
     * @return one that needs no framework
     */
    static SchemaValidator create() {
        return new CompiledSchemaValidator();
    }
}
