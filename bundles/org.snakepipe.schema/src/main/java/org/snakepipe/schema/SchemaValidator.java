// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.schema.internal.AttributeCheck;

/** Checks the values of one configuration against its schema and gives them their types. Without state; from any thread. */
public final class SchemaValidator {
    private static final String DEFAULT_LAYER = "default";
    private static final Origin NOWHERE = new Origin("", "", 0, 0);
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.origin().orElse(NOWHERE),
                    Comparator.comparing(Origin::source)
                            .thenComparingInt(Origin::line)
                            .thenComparingInt(Origin::column))
            .thenComparing(problem -> problem.key().orElse(""));

    /**
     * Checks all keys in one pass.
     *
     * <p>A raw value may be a {@link String}, in which commas separate the elements of a list and {@code \,} is a comma, or
     * have the type of the schema already: a Boolean, a number that the type can hold, a {@link List} of these. Nothing else
     * is converted. White space around text counts, because the layers have trimmed it; around anything else it does not.
     *
     * @param id     the configuration
     * @param values key to value, as the layers give them
     * @param schema the schema of its PID
     * @return the typed values, and all that is wrong
     * @throws IllegalArgumentException if the schema is that of another PID
     */
    public Validation validate(ConfigId id, Map<String, ConfigValue> values, Schema schema) {
        if (!id.pid().equals(schema.pid())) {
            throw new IllegalArgumentException("the schema of " + schema.pid() + " does not describe " + id);
        }
        List<Problem> problems = new ArrayList<>();
        checkName(id, schema).ifPresent(problems::add);
        Map<String, Object> typed = new TreeMap<>();
        Map<String, ConfigValue> effective = new TreeMap<>(values);
        Origin byDefault = new Origin(DEFAULT_LAYER, schema.pid(), 0, 0);
        for (Attribute attribute : schema.attributes()) {
            if (!attribute.defaults().isEmpty()) {
                effective.computeIfAbsent(
                        attribute.key(), key -> ConfigValue.of(AttributeCheck.rawDefault(attribute), byDefault));
            } else if (attribute.required() && !values.containsKey(attribute.key())) {
                problems.add(missing(id, attribute));
            }
        }
        effective.forEach((key, value) -> schema.attribute(key)
                .ifPresentOrElse(
                        attribute -> {
                            AttributeCheck.typed(id, attribute, value, problems)
                                    .ifPresent(checked -> typed.put(key, checked));
                            checkHidden(id, attribute, value, problems);
                        },
                        () -> problems.add(unknown(id, key, value, schema))));
        problems.sort(BY_PLACE);
        return new Validation(typed, effective, problems);
    }

    /** A wrong value under another one does no harm here, and will where the other one is not: a warning. */
    private static void checkHidden(ConfigId id, Attribute attribute, ConfigValue value, List<Problem> problems) {
        for (ConfigValue hidden : value.shadowed()) {
            List<Problem> wrong = new ArrayList<>();
            AttributeCheck.typed(id, attribute, hidden, wrong);
            wrong.forEach(problem -> problems.add(Problem.warning(
                            problem.code(), problem.message() + "; no effect here: " + value.origin() + " hides it")
                    .id(id)
                    .key(attribute.key())
                    .at(hidden.origin())
                    .fixes(problem.fixes())
                    .build()));
        }
    }

    private static Optional<Problem> checkName(ConfigId id, Schema schema) {
        if (id.isFactory() == schema.isFactory()) {
            return Optional.empty();
        }
        String message = schema.isFactory()
                ? "a configuration of " + id + " has a name (allowed: " + id + "~NAME)"
                : "there is one " + id.pid() + " only, without the name " + id.name() + " (allowed: " + id.pid() + ")";
        return Optional.of(Problem.error("id.name", message).id(id).build());
    }

    private static Problem missing(ConfigId id, Attribute attribute) {
        String what = attribute.description().isBlank() ? "" : " (" + attribute.description() + ")";
        String example = attribute.options().isEmpty() || attribute.isSecret()
                ? ""
                : " " + attribute.options().get(0).value();
        return Problem.error("key.missing", attribute.key() + " is required and missing" + what)
                .id(id)
                .key(attribute.key())
                .fixes(List.of(Fix.add(attribute.key() + " =" + example)))
                .build();
    }

    private static Problem unknown(ConfigId id, String key, ConfigValue value, Schema schema) {
        List<String> known =
                schema.attributes().stream().map(Attribute::key).sorted().toList();
        List<String> nearest = Suggestions.nearest(key, known);
        String allowed = nearest.isEmpty() ? " (allowed: " + String.join(", ", known) + ")" : "";
        return Problem.error("key.unknown", key + " is not a key of " + schema.pid() + allowed)
                .id(id)
                .key(key)
                .at(value.origin())
                .fixes(nearest.stream().map(Fix::rename).toList())
                .build();
    }
}
