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
     * @throws IllegalArgumentException if it is not well formed
     */
    public static List<HeaderClause> parse(String header) {
        List<HeaderClause> clauses = new ArrayList<>();
        for (String clause : header == null ? List.<String>of() : split(header, ',')) {
            clauses.add(clause(clause));
        }
        return clauses;
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
                directives.put(part.substring(0, equals - 1).trim(), unquoted(part.substring(equals + 1)));
            } else {
                String name = part.substring(0, equals);
                int colon = name.indexOf(':');
                String bare = (colon < 0 ? name : name.substring(0, colon)).trim();
                attributes.put(bare, unquoted(part.substring(equals + 1)));
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

    /** Splits outside of quotes; empty parts, as after a trailing comma, are left out. */
    private static List<String> split(String text, char separator) {
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
                add(parts, text.substring(begin, i));
                begin = i + 1;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quotation mark is not closed in '" + text + "'");
        }
        add(parts, text.substring(begin));
        return parts;
    }

    private static void add(List<String> parts, String part) {
        if (!part.isBlank()) {
            parts.add(part.trim());
        }
    }

    private static String unquoted(String value) {
        String trimmed = value.trim();
        if (trimmed.length() < 2 || trimmed.charAt(0) != '"') {
            return trimmed;
        }
        return trimmed.substring(1, trimmed.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
