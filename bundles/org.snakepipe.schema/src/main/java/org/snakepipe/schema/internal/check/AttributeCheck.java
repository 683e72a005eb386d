// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.ListText;

/** Checks values of one attribute: one value, or what the elements of a list have in common. Immutable. */
public final class AttributeCheck {
    private static final String EMPTY = "value.empty";

    private final Attribute attribute;
    /** Whether there has to be a value, and nothing stands in for it. */
    private final boolean mandatory;

    private final TypeCheck type;
    private final Options options;
    private final ListCheck list;
    private final ValueFixes fixes;

    /** For an attribute. */
    public AttributeCheck(Attribute attribute) {
        this.attribute = attribute;
        mandatory = attribute.required() && attribute.defaults().isEmpty();
        type = TypeCheck.of(
                attribute.key(), attribute.type(), attribute.min(), attribute.max(), attribute.constraints());
        options = Options.of(attribute, type);
        list = attribute.cardinality() == 0 ? null : new ListCheck(attribute, this);
        fixes = new ValueFixes(attribute, this);
    }

    /**
     * Checks that what is said about an attribute fits its type.
     *
     * @throws IllegalArgumentException if it does not; the message names the key and says what is allowed
     */
    public static void requireSense(
            String key,
            Type type,
            int cardinality,
            Optional<String> min,
            Optional<String> max,
            Constraints constraints) {
        Definition.requireSense(key, type, cardinality, constraints);
        TypeCheck.of(key, type, min, max, constraints);
    }

    /** Whether there has to be a value, and no default stands in for it. */
    public boolean isMandatory() {
        return mandatory;
    }

    /** What is allowed of one value, or of one element, for people: {@code 1 to 32}. */
    public String allowed() {
        return options == null ? type.range() : options.allowed();
    }

    /** What is allowed of one value, or of one element, that has its type already: in keywords of JSON Schema. */
    public Map<String, Object> keywords() {
        Map<String, Object> keywords = type.keywords();
        return options == null ? keywords : options.keywords(keywords.get("type"));
    }

    /** How many elements there may be, in keywords of JSON Schema; empty when it is no list, or any number may be. */
    public Map<String, Object> counts() {
        return list == null ? Map.of() : list.keywords();
    }

    Attribute attribute() {
        return attribute;
    }

    /**
     * Checks a value.
     *
     * @param findings takes what is wrong
     * @return the value as ConfigurationAdmin takes it; {@code null} when something is wrong
     */
    Object typed(ConfigValue value, Findings findings) {
        Object raw = value.raw();
        if (list != null) {
            return list.typed(value, findings);
        }
        // Text first: that it is no list takes long to find out, as List is an interface.
        if (!(raw instanceof String) && raw instanceof Deferred deferred) {
            return isAllowed(deferred, attribute.key(), value, findings) ? delivered(deferred) : null;
        }
        if (!(raw instanceof String) && raw instanceof List) {
            report(findings, value, "value.count", attribute.key() + " is a list (allowed: one value)", List.of());
            return null;
        }
        try {
            return read(raw instanceof String text ? ListText.plain(text) : raw);
        } catch (RejectedValueException e) {
            report(findings, value, e.code(), message(attribute.key(), raw, e), fixes.of(raw, e, findings));
            return null;
        }
    }

    /**
     * Looks at the values that another one hides: what is wrong with them does no harm here, and will where the other one is
     * not. Those with words are left alone, as nobody has resolved them.
     *
     * @param right whether the value itself is right
     */
    void checkHidden(ConfigValue value, boolean right, Findings findings) {
        Object above = value.raw();
        boolean rightAbove = right;
        for (ConfigValue hidden : value.shadowed()) {
            Object raw = hidden.raw();
            if (rightAbove && raw.equals(above) || raw.toString().contains("$[")) {
                continue;
            }
            Findings wrong = findings.others();
            typed(hidden, wrong);
            for (Problem problem : wrong.sorted()) {
                findings.add(Problem.warning(
                                problem.code(), problem.message() + "; no effect here: " + value.origin() + " hides it")
                        .key(attribute.key())
                        .at(hidden.origin())
                        .fixes(problem.fixes()));
            }
            above = raw;
            rightAbove = wrong.isEmpty();
        }
    }

    /** One value, or one element. */
    Object read(Object raw) throws RejectedValueException {
        Object value = type.read(raw);
        if (mandatory && value instanceof String text && text.isBlank()) {
            throw new RejectedValueException(EMPTY, "is empty");
        }
        if (options != null) {
            options.check(value, raw);
        }
        return value;
    }

    /** What ConfigurationAdmin gets for a value that is not there yet: the word of a secret, which is filled in later. */
    static Object delivered(Deferred deferred) {
        return deferred.secret() ? deferred.word() : deferred;
    }

    boolean isAllowed(Deferred deferred, String subject, ConfigValue value, Findings findings) {
        if (deferred.secret() && !attribute.isSecret()) {
            report(
                    findings,
                    value,
                    "secret.exposed",
                    subject + " = " + Shown.of(deferred.word()) + " holds a secret, which would show there (allowed:"
                            + " secrets in keys that the schema calls secret)",
                    List.of());
            return false;
        }
        return true;
    }

    String message(String subject, Object raw, RejectedValueException e) {
        if (e.code().equals(EMPTY)) {
            return subject + " is empty (allowed: a value, as it is required)";
        }
        String found = attribute.isSecret() ? Shown.MASK : Shown.of(raw) + explained(raw, e);
        String allowed = options != null && attribute.isSecret() ? Shown.MASK : allowed();
        return subject + " = " + found + " " + e.getMessage() + " (allowed: " + allowed + ")";
    }

    private String explained(Object raw, RejectedValueException e) {
        return e.code().equals("value.range") ? type.explained(raw) : "";
    }

    void report(Findings findings, ConfigValue value, String code, String message, List<Fix> fixes) {
        findings.add(Problem.error(code, message)
                .key(attribute.key())
                .at(value.origin())
                .fixes(fixes));
    }
}
