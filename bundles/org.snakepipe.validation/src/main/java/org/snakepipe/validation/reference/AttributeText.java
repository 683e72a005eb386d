// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakepipe.api.config.Unit;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.Constraints.Range;

/** What may stand there for one key, in words. Immutable. */
public final class AttributeText {
    private final Attribute attribute;
    private final Constraints constraints;

    /**
     * Of one key.
     *
     * @param attribute the key
     */
    public AttributeText(Attribute attribute) {
        this.attribute = attribute;
        this.constraints = attribute.constraints();
    }

    /**
     * Sentences: {@code Integer, 1 to 10000. Optional.}
     *
     * @param required whether the key has to be written
     * @return one line
     */
    public String facts(boolean required) {
        List<String> sentences = new ArrayList<>();
        sentences.add(capital(type()) + bounds());
        if (!attribute.options().isEmpty()) {
            sentences.add("One of: " + options());
        }
        constraints
                .pattern()
                .ifPresent(pattern -> sentences.add(
                        pattern.hint().isBlank() ? "Has to match " + pattern.expression() : capital(pattern.hint())));
        constraints
                .reference()
                .ifPresent(reference -> sentences.add("The id of another configuration: "
                        + Stream.concat(
                                        reference.families().stream()
                                                .map(family -> family.endsWith(".") ? family + "*" : family),
                                        reference.words().stream())
                                .collect(Collectors.joining(", "))));
        keys("Needs", constraints.requires(), sentences);
        keys("Not together with", constraints.conflicts(), sentences);
        if (constraints.live()) {
            sentences.add("Changes in what runs");
        }
        sentences.add(required ? "Required" : "Optional");
        return sentences.stream().map(AttributeText::ended).collect(Collectors.joining(" "));
    }

    private static void keys(String what, List<String> keys, List<String> sentences) {
        if (!keys.isEmpty()) {
            sentences.add(what + " " + String.join(", ", keys));
        }
    }

    private String type() {
        String one = constraints
                .unit()
                .map(AttributeText::measure)
                .orElse(constraints
                        .format()
                        .filter(format -> attribute.isText())
                        .map(format -> "text (" + format.name() + ")")
                        .orElse(
                                switch (attribute.type()) {
                                    case STRING -> "text";
                                    case PASSWORD -> "secret text";
                                    case BOOLEAN -> "true or false";
                                    case BYTE, SHORT, INTEGER, LONG -> "integer";
                                    case FLOAT, DOUBLE -> "number";
                                    case CHARACTER -> "one character";
                                }));
        return attribute.cardinality() == 0 ? one : "list, with commas, of: " + one;
    }

    private static String measure(Unit.Measure unit) {
        return unit == Unit.Measure.bytes
                ? "size such as 4MiB or 10MB, a bare number is bytes"
                : "duration such as 500ms or 1m30s, a bare number is " + unit.name();
    }

    private String bounds() {
        List<String> bounds = new ArrayList<>();
        String min = attribute.min().orElse("");
        String max = attribute.max().orElse("");
        String what = attribute.isText()
                ? " characters"
                : constraints.unit().map(unit -> " " + unit.name()).orElse("");
        if (!min.isEmpty() || !max.isEmpty()) {
            boolean text = attribute.isText();
            bounds.add(text && min.equals("1") && max.isEmpty() ? "not empty" : range(min, max) + what);
        }
        constraints.length().ifPresent(length -> bounds.add(counted(range(length), "character")));
        constraints.count().ifPresent(count -> bounds.add(counted(range(count), "element")));
        long most = Math.abs((long) attribute.cardinality());
        if (most > 0 && most < Integer.MAX_VALUE) {
            bounds.add(counted("at most " + most, "element"));
        }
        return bounds.stream().map(bound -> ", " + bound).collect(Collectors.joining());
    }

    private static String counted(String range, String what) {
        return range + " " + what + (range.endsWith(" 1") ? "" : "s");
    }

    private static String range(Range range) {
        return range(String.valueOf(range.min()), range.max() == Integer.MAX_VALUE ? "" : String.valueOf(range.max()));
    }

    private static String range(String min, String max) {
        if (min.isEmpty()) {
            return "at most " + max;
        }
        return max.isEmpty() ? "at least " + min : min + " to " + max;
    }

    private String options() {
        return attribute.options().stream()
                .map(option -> option.label().isBlank() || option.label().equals(option.value())
                        ? option.value()
                        : option.value() + " (" + option.label() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
