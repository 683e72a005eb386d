// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.environment.WordText;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaValidator;
import org.snakepipe.schema.Siblings;
import org.snakepipe.schema.ValidationResult;

/**
 * Results of checks, kept as long as neither the values nor the schema of a configuration are others: a change costs what it
 * touches. Used by one thread.
 */
final class Checks {
    /**
     * What became of one configuration.
     *
     * @param values  the values that were checked
     * @param schema  against this
     * @param result  what was found
     * @param typed   what ConfigurationAdmin is given
     * @param secrets the keys that are secret, or may be
     * @param shown   the values in force, as everybody may see them
     */
    record Checked(
            Map<String, ConfigValue> values,
            Schema schema,
            ValidationResult result,
            Map<String, Object> typed,
            Set<String> secrets,
            Map<String, ConfigValue> shown) {}

    private static final int MANY = 128;

    private final SchemaValidator validator = SchemaValidator.create();
    private final Map<ConfigId, Checked> kept = new HashMap<>();

    /**
     * Checks many at once, with all processors where that pays.
     *
     * @param all      id to values; those that no schema is for are passed over
     * @param schemas  PID to schema
     * @param siblings for fixes; asked by several threads
     */
    void prepare(Map<ConfigId, Map<String, ConfigValue>> all, Map<String, Schema> schemas, Siblings siblings) {
        List<ConfigId> open = new ArrayList<>();
        all.forEach((id, values) -> {
            Schema schema = schemas.get(id.pid());
            if (schema != null && !isKnown(id, values, schema)) {
                open.add(id);
            }
        });
        if (open.size() >= MANY) {
            List<Checked> results = open.parallelStream()
                    .map(id -> checked(id, all.get(id), schemas.get(id.pid()), siblings))
                    .toList();
            for (int index = 0; index < open.size(); index++) {
                kept.put(open.get(index), results.get(index));
            }
        }
    }

    /** The result; the same one as before for the same instances. @param siblings for fixes */
    Checked check(ConfigId id, Map<String, ConfigValue> values, Schema schema, Siblings siblings) {
        if (isKnown(id, values, schema)) {
            return kept.get(id);
        }
        Checked checked = checked(id, values, schema, siblings);
        kept.put(id, checked);
        return checked;
    }

    private boolean isKnown(ConfigId id, Map<String, ConfigValue> values, Schema schema) {
        Checked before = kept.get(id);
        return before != null && before.values == values && before.schema == schema;
    }

    private Checked checked(ConfigId id, Map<String, ConfigValue> values, Schema schema, Siblings siblings) {
        ValidationResult result = validator.validate(id, values, schema, siblings);
        Set<String> secrets = schema.secrets().stream().map(Attribute::key).collect(Collectors.toUnmodifiableSet());
        Set<String> hidden = secrets.isEmpty() ? secrets : withUnknown(secrets, values.keySet(), schema);
        Map<String, ConfigValue> shown = Mask.masked(result.effective(), hidden::contains);
        return new Checked(values, schema, result, escaped(result, secrets), hidden, shown);
    }

    /** A key that the schema does not know may be a secret whose name is misspelt. */
    private static Set<String> withUnknown(Set<String> secrets, Set<String> keys, Schema schema) {
        Set<String> all = new HashSet<>(secrets);
        keys.stream().filter(key -> schema.attribute(key).isEmpty()).forEach(all::add);
        return all;
    }

    /** Lets go of configurations that are not there any more. */
    void retain(Collection<ConfigId> ids) {
        kept.keySet().retainAll(ids);
    }

    /** A secret in clear text that looks like a word is none: whoever fills in words is to leave it alone. */
    private static Map<String, Object> escaped(ValidationResult result, Set<String> secrets) {
        Map<String, Object> typed = result.typed();
        for (String key : secrets) {
            boolean plain = result.effective().get(key) != null
                    && result.effective().get(key).raw() instanceof String;
            if (plain
                    && typed.get(key) instanceof String text
                    && !WordText.escape(text).equals(text)) {
                typed = typed == result.typed() ? new TreeMap<>(typed) : typed;
                typed.put(key, WordText.escape(text));
            }
        }
        return typed;
    }
}
