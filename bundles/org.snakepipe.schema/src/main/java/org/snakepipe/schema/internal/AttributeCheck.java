// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Option;
import org.snakepipe.schema.Attribute.Type;

/** Checks one value, or each element of one list, against an attribute. Not thread-safe. */
public final class AttributeCheck {
    private static final String MASK = "<set>";
    private static final int MOST_SHOWN = 80;

    private final ConfigId id;
    private final Attribute attribute;
    private final ConfigValue value;
    private final Bounds bounds;
    private final List<Problem> problems = new ArrayList<>();

    private AttributeCheck(ConfigId id, Attribute attribute, ConfigValue value) {
        this.id = id;
        this.attribute = attribute;
        this.value = value;
        this.bounds = Bounds.of(attribute.key(), attribute.type(), attribute.min(), attribute.max());
    }

    /**
     * Checks a value.
     *
     * @param problems takes what is wrong
     * @return the value as ConfigurationAdmin takes it; empty when something is wrong
     */
    public static Optional<Object> typed(ConfigId id, Attribute attribute, ConfigValue value, List<Problem> problems) {
        AttributeCheck check = new AttributeCheck(id, attribute, value);
        Object typed = attribute.cardinality() == 0 ? check.single() : check.list();
        problems.addAll(check.problems);
        return check.problems.isEmpty() ? Optional.of(typed) : Optional.empty();
    }

    /** The raw value that stands for the defaults of an attribute that has some. */
    public static Object rawDefault(Attribute attribute) {
        return attribute.cardinality() == 0
                ? ListText.quoted(attribute.defaults().get(0))
                : attribute.defaults();
    }

    private Object single() {
        Object raw = value.raw() instanceof String text ? ListText.plain(text) : value.raw();
        if (raw instanceof List) {
            report("value.count", attribute.key() + " is a list (allowed: one value)", List.of());
            return raw;
        }
        return element(raw, attribute.key());
    }

    private Object list() {
        if (!(value.raw() instanceof String) && !(value.raw() instanceof List)) {
            report("value.type", attribute.key() + " = " + shown(value.raw()) + " is not a list", List.of());
            return value.raw();
        }
        List<?> raw = value.raw() instanceof String text ? ListText.split(text) : (List<?>) value.raw();
        checkCount(raw.size());
        List<Object> typed = new ArrayList<>();
        for (int index = 0; index < raw.size(); index++) {
            String subject = attribute.key() + ", element " + (index + 1);
            if (raw.get(index) instanceof String text && text.isBlank()) {
                report("value.element", subject + " is empty (allowed: a value between two commas)", List.of());
            } else {
                typed.add(element(raw.get(index), subject));
            }
        }
        return problems.isEmpty() && attribute.cardinality() > 0 ? array(typed) : List.copyOf(typed);
    }

    private void checkCount(int count) {
        int most = attribute.cardinality() == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(attribute.cardinality());
        if (count > most) {
            report(
                    "value.count",
                    attribute.key() + " has " + count + " elements (allowed: at most " + most + ")",
                    List.of());
        } else if (count == 0 && attribute.required()) {
            report("value.count", attribute.key() + " has no element (allowed: at least 1)", List.of());
        }
    }

    /** The typed element; the raw one when something is wrong with it. */
    private Object element(Object raw, String subject) {
        if (isEmptyText(raw) && attribute.required() && attribute.defaults().isEmpty()) {
            report("value.empty", subject + " is empty (allowed: a value, as it is required)", List.of());
            return raw;
        }
        try {
            Object plain = Scalar.of(attribute.type(), raw);
            bounds.check(plain);
            checkOption(plain.toString());
            return Scalar.narrow(attribute.type(), plain);
        } catch (RejectedValueException e) {
            String message = subject + " = " + shown(raw) + " " + e.getMessage() + " (allowed: " + allowed() + ")";
            List<String> meant = attribute.isSecret() || attribute.cardinality() != 0 ? List.of() : e.meant();
            report(e.code(), message, meant);
            return raw;
        }
    }

    private boolean isEmptyText(Object raw) {
        boolean isText = attribute.type() == Type.STRING || attribute.type() == Type.PASSWORD;
        return isText && raw instanceof String text && text.isBlank();
    }

    private void checkOption(String plain) throws RejectedValueException {
        List<String> options = attribute.options().stream().map(Option::value).toList();
        if (!options.isEmpty() && !options.contains(plain)) {
            throw new RejectedValueException(
                    "value.option", "is none of the options", Suggestions.nearest(plain, options));
        }
    }

    private String allowed() {
        if (attribute.options().isEmpty()) {
            return bounds.allowed();
        }
        return attribute.isSecret()
                ? MASK
                : String.join(
                        ", ", attribute.options().stream().map(Option::value).toList());
    }

    private String shown(Object raw) {
        if (attribute.isSecret()) {
            return MASK;
        }
        String text = String.valueOf(raw);
        String line = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
        return line.isBlank() ? "'" + line + "'" : line.replace("\n", "\\n").replace("\r", "\\r");
    }

    private void report(String code, String message, List<String> meant) {
        problems.add(Problem.error(code, message)
                .id(id)
                .key(attribute.key())
                .at(value.origin())
                .fixes(meant.stream().map(Fix::replace).toList())
                .build());
    }

    private Object array(List<Object> elements) {
        Object array = Array.newInstance(component(attribute.type()), elements.size());
        for (int index = 0; index < elements.size(); index++) {
            Array.set(array, index, elements.get(index));
        }
        return array;
    }

    private static Class<?> component(Type type) {
        return switch (type) {
            case STRING, PASSWORD -> String.class;
            case BOOLEAN -> boolean.class;
            case BYTE -> byte.class;
            case SHORT -> short.class;
            case INTEGER -> int.class;
            case LONG -> long.class;
            case FLOAT -> float.class;
            case DOUBLE -> double.class;
            case CHARACTER -> char.class;
        };
    }
}
