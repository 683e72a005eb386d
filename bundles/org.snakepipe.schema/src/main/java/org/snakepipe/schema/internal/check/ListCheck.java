// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints.Range;
import org.snakepipe.schema.ListText;

/** Checks lists of one attribute: how many elements there are, and each of them. Immutable. */
final class ListCheck {
    private final Attribute attribute;
    private final AttributeCheck element;
    private final ValueFixes fixes;
    private final int least;
    private final int most;

    ListCheck(Attribute attribute, AttributeCheck element) {
        this.attribute = attribute;
        this.element = element;
        fixes = new ValueFixes(attribute, element);
        Range count =
                attribute.constraints().count().orElse(new Range(attribute.required() ? 1 : 0, Integer.MAX_VALUE));
        least = count.min();
        most = Math.min(count.max(), Definition.most(attribute.cardinality()));
    }

    /** How many elements there may be, in keywords of JSON Schema. */
    Map<String, Object> keywords() {
        Map<String, Object> keywords = new LinkedHashMap<>();
        if (least > 0) {
            keywords.put("minItems", least);
        }
        if (most < Integer.MAX_VALUE) {
            keywords.put("maxItems", most);
        }
        return keywords;
    }

    Object typed(ConfigValue value, Findings findings) {
        List<?> raw = raw(value, findings);
        if (raw == null) {
            return null;
        }
        boolean right = checkCount(raw.size(), value, findings);
        boolean complete = true;
        List<Object> typed = new ArrayList<>(raw.size());
        for (int index = 0; index < raw.size(); index++) {
            Object one = element(raw, index, value, findings);
            right &= one != null;
            complete &= !(one instanceof Deferred);
            typed.add(one);
        }
        if (!right) {
            return null;
        }
        if (!complete) {
            // An array of numbers has no room for what comes later: then all of it does.
            return new Deferred(ListText.join(raw), false);
        }
        return attribute.cardinality() > 0 ? array(typed) : List.copyOf(typed);
    }

    /** The elements as they are written; {@code null} when it is no list. */
    private List<?> raw(ConfigValue value, Findings findings) {
        if (value.raw() instanceof String text) {
            return ListText.split(text);
        }
        if (value.raw() instanceof List<?> list) {
            return list;
        }
        if (value.raw() instanceof Deferred deferred) {
            return List.of(deferred);
        }
        String message = attribute.key() + " = " + shown(value.raw()) + " is not a list";
        element.report(findings, value, "value.type", message, List.of());
        return null;
    }

    private boolean checkCount(int count, ConfigValue value, Findings findings) {
        // A list that comes later has as many elements as it should.
        if (count >= least && count <= most || value.raw() instanceof Deferred) {
            return true;
        }
        String found = count == 0 ? "no element" : count == 1 ? "1 element" : count + " elements";
        String allowed = least <= 1 && count > most
                ? "at most " + most
                : most == Integer.MAX_VALUE || least <= 1 ? "at least " + least : least + " to " + most;
        String message = attribute.key() + " has " + found + " (allowed: " + allowed + ")";
        element.report(findings, value, "value.count", message, List.of());
        return false;
    }

    private Object element(List<?> list, int index, ConfigValue value, Findings findings) {
        Object raw = list.get(index);
        String subject = attribute.key() + ", element " + (index + 1);
        if (raw instanceof Deferred deferred) {
            boolean allowed = element.isAllowed(deferred, subject, value, findings);
            return allowed ? AttributeCheck.delivered(deferred) : null;
        }
        if (raw instanceof String text && text.isBlank()) {
            String message = subject + " is empty (allowed: a value between two commas)";
            element.report(findings, value, "value.element", message, List.of());
            return null;
        }
        try {
            return element.read(raw);
        } catch (RejectedValueException e) {
            String message = element.message(subject, raw, e);
            element.report(findings, value, e.code(), message, fixes.of(list, index, e));
            return null;
        }
    }

    private String shown(Object raw) {
        return attribute.isSecret() ? Shown.MASK : Shown.of(raw);
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
