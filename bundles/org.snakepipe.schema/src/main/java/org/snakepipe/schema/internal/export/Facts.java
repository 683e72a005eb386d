// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.Unit.Measure;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Constraints.Reference;
import org.snakepipe.schema.ListText;
import org.snakepipe.schema.internal.check.AttributeCheck;
import org.snakepipe.schema.internal.unit.Quantity;

/** What a schema says about a key, in words for people. Immutable. */
public final class Facts {
    private static final Map<Measure, String> UNITS = Map.of(
            Measure.ns, "nanoseconds",
            Measure.us, "microseconds",
            Measure.ms, "milliseconds",
            Measure.s, "seconds",
            Measure.m, "minutes",
            Measure.h, "hours",
            Measure.d, "days",
            Measure.bytes, "bytes");

    private final Attribute attribute;
    private final AttributeCheck check;

    /** About a key. */
    public Facts(Attribute attribute) {
        this.attribute = attribute;
        check = new AttributeCheck(attribute);
    }

    /** The type of one value, or of one element: {@code integer}. */
    public String type() {
        return switch (attribute.type()) {
            case STRING, PASSWORD -> "text";
            case BOOLEAN -> "boolean";
            case CHARACTER -> "character";
            case FLOAT, DOUBLE -> "number";
            default ->
                attribute
                        .constraints()
                        .unit()
                        .map(unit -> unit == Measure.bytes ? "size" : "duration")
                        .orElse("integer");
        };
    }

    /** What a number without a unit counts: {@code milliseconds}. */
    public Optional<String> unit() {
        return attribute.constraints().unit().map(UNITS::get);
    }

    /** What is allowed; empty where the type says it all. References are not spoken of. */
    public String allowed() {
        boolean any = attribute.options().isEmpty()
                && attribute.min().isEmpty()
                && attribute.max().isEmpty()
                && attribute.constraints().pattern().isEmpty()
                && attribute.constraints().length().isEmpty()
                && attribute.constraints().format().isEmpty();
        return any || attribute.isSecret() && !attribute.options().isEmpty() ? "" : check.allowed();
    }

    /** How many elements a list has; empty where it may be any number. */
    public String count() {
        Object least = check.counts().get("minItems");
        Object most = check.counts().get("maxItems");
        if (least == null && most == null) {
            return "";
        }
        String range = least == null
                ? "at most " + most
                : most == null ? "at least " + least : least.equals(most) ? "exactly " + most : least + " to " + most;
        boolean one = Integer.valueOf(1).equals(most == null ? least : most);
        return range + (one ? " element" : " elements");
    }

    /** What a reference may be; empty for what is none. */
    public List<String> references() {
        List<String> parts = new ArrayList<>();
        attribute.constraints().reference().ifPresent(reference -> {
            parts.addAll(reference.words());
            parts.add("the id of a configuration of " + String.join(" or ", families(reference)));
        });
        return parts;
    }

    private static List<String> families(Reference reference) {
        return reference.families().stream()
                .map(family -> family.endsWith(".") ? family + "*" : family)
                .toList();
    }

    /** The default as it would be written in a {@code .cfg} file; empty where there is none, and for a secret. */
    public Optional<String> byDefault() {
        if (attribute.defaults().isEmpty() || attribute.isSecret()) {
            return Optional.empty();
        }
        List<String> shown = attribute.defaults().stream().map(this::shown).toList();
        return Optional.of(attribute.cardinality() == 0 ? shown.get(0) : ListText.join(shown));
    }

    /** A number with its unit. */
    private String shown(String text) {
        Optional<Measure> unit = attribute.constraints().unit();
        return unit.isPresent() && text.matches("[0-9]{1,18}")
                ? Quantity.of(unit.get()).show(Long.parseLong(text))
                : text;
    }

    /** Sentences behind the description. */
    String sentences() {
        List<String> sentences = new ArrayList<>();
        String allowed = references().isEmpty() ? allowed() : String.join(", ", references());
        if (check.isMandatory()) {
            sentences.add("Required.");
        }
        add(sentences, "Allowed: ", allowed, ".");
        add(sentences, "A list of ", count(), ".");
        add(sentences, "A bare number is in ", unit().orElse(""), ".");
        if (attribute.isSecret()) {
            sentences.add("Secret: write $[secret:NAME].");
        }
        // Without a full stop, which could be one of the default.
        add(sentences, "Default: ", byDefault().orElse(""), "");
        return String.join(" ", sentences);
    }

    private static void add(List<String> sentences, String what, String text, String end) {
        if (!text.isBlank()) {
            sentences.add(what + text + end);
        }
    }
}
