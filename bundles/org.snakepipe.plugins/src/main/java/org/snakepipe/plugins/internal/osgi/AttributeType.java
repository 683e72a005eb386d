// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Version;

/** What an attribute of a capability is, by the type that its header says. */
final class AttributeType {
    private static final String LIST = "List";

    private AttributeType() {}

    /**
     * The value with its type.
     *
     * @param type {@code null} for a string
     * @throws IllegalArgumentException if the text is none of that type, or there is no such type
     */
    static Object of(String type, String text) {
        if (type == null) {
            return text;
        }
        if (type.startsWith(LIST)) {
            String element = element(type);
            List<Object> values = Arrays.stream(text.split("(?<!\\\\),"))
                    .map(one -> of(element, one.trim().replace("\\,", ",")))
                    .toList();
            return values;
        }
        return switch (type) {
            case "String" -> text;
            case "Version" -> Version.parseVersion(text);
            case "Long" -> Long.valueOf(text.trim());
            case "Double" -> Double.valueOf(text.trim());
            default -> throw unknown(type);
        };
    }

    /** The type between the brackets, as in {@code List<Version>}; a list is never one of lists. */
    private static String element(String type) {
        if (type.length() == LIST.length()) {
            return "String";
        }
        boolean brackets = type.charAt(LIST.length()) == '<' && type.endsWith(">");
        if (!brackets || type.startsWith(LIST, LIST.length() + 1)) {
            throw unknown(type);
        }
        return type.substring(LIST.length() + 1, type.length() - 1);
    }

    private static IllegalArgumentException unknown(String type) {
        return new IllegalArgumentException("'" + type
                + "' is no type of an attribute (allowed: String, Version, Long, Double, List of one of them)");
    }
}
