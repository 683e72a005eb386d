// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * Compiles expressions so that they can read the record and nothing else: no method calls, so no way from a value to its
 * class; no loops, lambdas, assignments or scripts, so an expression ends. What can be called are {@link TextFunctions} and
 * {@link NumberFunctions}.
 */
final class Expressions {
    private static final int LONGEST = 4096;
    private static final int DEEPEST = 64;

    private static final JexlEngine ENGINE = new JexlBuilder()
            .features(new JexlFeatures()
                    .script(false)
                    .loops(false)
                    .lambda(false)
                    .sideEffect(false)
                    .sideEffectGlobal(false)
                    .newInstance(false)
                    .methodCall(false)
                    .pragma(false)
                    .annotation(false)
                    .localVar(false))
            .permissions(JexlPermissions.RESTRICTED.compose(
                    "org.snakepipe.transform.core.internal { +TextFunctions {} +NumberFunctions {} }"))
            .namespaces(Map.of("text", TextFunctions.class, "number", NumberFunctions.class))
            .loader(Expressions.class.getClassLoader())
            .arithmetic(new BoundedArithmetic())
            .strict(true)
            .silent(false)
            .safe(false)
            .antish(false)
            .cancellable(true)
            .stackOverflow(DEEPEST)
            .cache(0)
            .create();

    private final List<String> problems;

    Expressions(List<String> problems) {
        this.problems = problems;
    }

    /** The filter, or empty when there is none or it cannot be understood. */
    Optional<JexlExpression> filter(String text) {
        return text.isBlank() ? Optional.empty() : compile("filter", text);
    }

    /** The assignments, in their order. */
    List<Assignment> assignments(String text) {
        List<Assignment> assignments = new ArrayList<>();
        for (String part : parts(text)) {
            int equals = part.indexOf('=');
            String field = equals < 0 ? "" : part.substring(0, equals).trim();
            boolean named =
                    !field.isEmpty() && equals + 1 < part.length() && "=~^$!".indexOf(part.charAt(equals + 1)) < 0;
            if (!named) {
                problems.add("compute: '" + part.trim()
                        + "' sets no field (allowed: name = expression; other = expression)");
                continue;
            }
            compile("compute " + field, part.substring(equals + 1))
                    .ifPresent(expression -> assignments.add(new Assignment(field, expression)));
        }
        return assignments;
    }

    private Optional<JexlExpression> compile(String what, String text) {
        if (text.length() > LONGEST) {
            problems.add(what + ": has " + text.length() + " characters (allowed: at most " + LONGEST + ")");
            return Optional.empty();
        }
        try {
            return Optional.of(ENGINE.createExpression(text.trim()));
        } catch (JexlException e) {
            problems.add(what + ": '" + text.trim() + "' cannot be understood: " + Reasons.of(e));
            return Optional.empty();
        }
    }

    /** Splits at semicolons that do not stand in quotes. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
                continue;
            }
            if (quote == 0 && c == ';') {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            part.append(c);
        }
        parts.add(part.toString());
        parts.removeIf(String::isBlank);
        return parts;
    }

    /**
     * One field that is computed.
     *
     * @param field      its name
     * @param expression its value
     */
    record Assignment(String field, JexlExpression expression) {}
}
