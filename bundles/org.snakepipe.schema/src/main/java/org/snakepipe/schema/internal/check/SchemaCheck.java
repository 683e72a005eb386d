// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.ListText;
import org.snakepipe.schema.Siblings;
import org.snakepipe.schema.Traits;

/** What a schema is compiled to: all that its checks need, by the number of the key. Immutable. */
public final class SchemaCheck {
    private static final String DEFAULT_LAYER = "default";

    private final String pid;
    private final Traits traits;
    private final KeyTable table;
    private final AttributeCheck[] checks;
    private final MissingKeys missing;
    private final UnknownKeys unknown;
    private final Relations relations;
    private final ConfigValue[] defaults;
    private final Object[] typedDefaults;

    /**
     * Compiles.
     *
     * @throws IllegalArgumentException if a key is named that there is not
     */
    public SchemaCheck(String pid, List<Attribute> attributes, Traits traits) {
        this.pid = pid;
        this.traits = traits;
        table = new KeyTable(attributes.stream().map(Attribute::key).toList());
        checks = new AttributeCheck[table.size()];
        defaults = new ConfigValue[table.size()];
        typedDefaults = new Object[table.size()];
        Findings ignored = new Findings(new ConfigId(pid, ""), Siblings.NONE);
        Origin byDefault = new Origin(DEFAULT_LAYER, pid, 0, 0);
        for (Attribute attribute : attributes) {
            int number = table.number(attribute.key());
            checks[number] = new AttributeCheck(attribute);
            if (!attribute.defaults().isEmpty()) {
                defaults[number] = ConfigValue.of(rawDefault(attribute), byDefault);
                typedDefaults[number] = checks[number].typed(defaults[number], ignored);
            }
        }
        missing = new MissingKeys(table, checks, defaults, typedDefaults);
        unknown = new UnknownKeys(pid, table, traits.open());
        relations = Relations.of(pid, table, attributes, traits);
    }

    /**
     * What a configuration comes to.
     *
     * @param typed     sorted by key
     * @param effective sorted by key
     */
    public record Values(Map<String, Object> typed, Map<String, ConfigValue> effective) {}

    /**
     * Checks all keys in one pass. What is not written costs nothing but a copy of the defaults.
     *
     * @param findings takes what is wrong
     */
    public Values run(Map<String, ConfigValue> values, Findings findings) {
        if (!traits.reserved().isEmpty()) {
            findings.add(reserved(values));
        }
        Pass pass = new Pass(findings);
        values.forEach(pass);
        missing.check(pass.effective, findings);
        relations.check(pass.effective, defaults, findings);
        Map<String, Object> typed = new KeyedValues<>(table, pass.typed);
        Map<String, ConfigValue> effective = new KeyedValues<>(table, pass.effective);
        return pass.others == null
                ? new Values(typed, effective)
                : merged(typed, effective, pass.others, values, findings);
    }

    /** One pass over what is written. Not thread-safe. */
    private final class Pass implements BiConsumer<String, ConfigValue> {
        private final Findings findings;
        private final ConfigValue[] effective = defaults.clone();
        private final Object[] typed = typedDefaults.clone();
        private TreeMap<String, ConfigValue> others;

        private Pass(Findings findings) {
            this.findings = findings;
        }

        @Override
        public void accept(String key, ConfigValue value) {
            int number = table.number(key);
            if (number >= 0) {
                effective[number] = value;
                typed[number] = checks[number].typed(value, findings);
                if (!value.shadowed().isEmpty()) {
                    checks[number].checkHidden(value, typed[number] != null, findings);
                }
            } else {
                others = others == null ? new TreeMap<>() : others;
                others.put(key, value);
            }
        }
    }

    private Values merged(
            Map<String, Object> typed,
            Map<String, ConfigValue> effective,
            TreeMap<String, ConfigValue> others,
            Map<String, ConfigValue> values,
            Findings findings) {
        TreeMap<String, Object> delivered = new TreeMap<>();
        others.forEach((key, value) -> {
            Object open = unknown.check(key, value, values, findings);
            if (open != null) {
                delivered.put(key, open);
            }
        });
        return new Values(
                delivered.isEmpty() ? typed : new MergedValues<>(typed, delivered),
                new MergedValues<>(effective, others));
    }

    private Problem.Builder reserved(Map<String, ConfigValue> values) {
        Problem.Builder problem =
                Problem.error("pid.reserved", "the PID " + pid + " belongs to the runtime: " + traits.reserved());
        values.values().stream().findFirst().ifPresent(value -> problem.at(value.origin()));
        return problem;
    }

    /** The raw value that stands for the defaults. */
    private static Object rawDefault(Attribute attribute) {
        return attribute.cardinality() == 0
                ? ListText.quoted(attribute.defaults().get(0))
                : attribute.defaults();
    }
}
