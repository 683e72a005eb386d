// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header: {@code path;path;attribute=value;directive:="value"}. Immutable.
 *
 * @param paths      what the clause is about; at least one
 * @param attributes name to value; a type, as in {@code version:Version}, is left out of the name
 * @param directives name to value
 * @param types      name of an attribute to its type, as in {@code List<Version>}, of those that say one
 */
public record HeaderClause(
        List<String> paths, Map<String, String> attributes, Map<String, String> directives, Map<String, String> types) {
    /** Copies. */
    public HeaderClause {
        paths = List.copyOf(paths);
        attributes = Map.copyOf(attributes);
        directives = Map.copyOf(directives);
        types = Map.copyOf(types);
    }

    /**
     * Reads a header.
     *
     * @param header its value; {@code null} when the manifest has none
     * @return its clauses, in order; empty when there is no header
     * @throws IllegalArgumentException if it is not well formed, or says an attribute or a directive of a clause twice
     */
    public static List<HeaderClause> parse(String header) {
        List<HeaderClause> clauses = new ArrayList<>();
        for (String clause : header == null ? List.<String>of() : split(header, ',')) {
            clauses.add(clause(clause));
        }
        return clauses;
    }

    /**
     * Tells whether there is nothing between two separators, or behind the last, as in {@code a,,b} and {@code a;}.
     *
     * @param header its value
     * @return whether a name is missing
     * @throws IllegalArgumentException if a quotation mark is not closed
     */
    public static boolean hasGap(String header) {
        return parts(header, ',').stream()
                .flatMap(clause -> parts(clause, ';').stream())
                .anyMatch(String::isBlank);
    }

    private static HeaderClause clause(String text) {
        List<String> paths = new ArrayList<>();
        Map<String, String> attributes = new HashMap<>();
        Map<String, String> directives = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        for (String part : split(text, ';')) {
            int equals = part.indexOf('=');
            if (equals < 0 || part.charAt(0) == '"') {
                paths.add(part);
            } else if (equals > 0 && part.charAt(equals - 1) == ':') {
                put(directives, part.substring(0, equals - 1).trim(), part.substring(equals + 1), text);
            } else {
                String name = part.substring(0, equals);
                int colon = name.indexOf(':');
                String bare = (colon < 0 ? name : name.substring(0, colon)).trim();
                put(attributes, bare, part.substring(equals + 1), text);
                if (colon >= 0) {
                    types.put(bare, name.substring(colon + 1).replace(" ", ""));
                }
            }
        }
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names nothing before its attributes");
        }
        return new HeaderClause(paths, attributes, directives, types);
    }

    private static void put(Map<String, String> values, String name, String value, String text) {
        if (values.put(name, unquoted(value)) != null) {
            throw new IllegalArgumentException("'" + text + "' says " + name + " twice");
        }
    }

    /** Splits outside of quotes; empty parts, as after a trailing comma, are left out. */
    private static List<String> split(String text, char separator) {
        return parts(text, separator).stream()
                .filter(part -> !part.isBlank())
                .map(String::trim)
                .toList();
    }

    private static List<String> parts(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quotation mark is not closed in '" + text + "'");
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private static String unquoted(String value) {
        String trimmed = value.trim();
        if (trimmed.length() < 2 || trimmed.charAt(0) != '"') {
            return trimmed;
        }
        return trimmed.substring(1, trimmed.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
