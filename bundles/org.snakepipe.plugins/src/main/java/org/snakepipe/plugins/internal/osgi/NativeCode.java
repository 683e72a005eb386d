// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.NativeNamespace;

/** What {@code Bundle-NativeCode} asks of the system, as the framework reads it: it knows no quotes but those around a value. */
final class NativeCode {
    private static final String OPTIONAL = "*";
    private static final Map<String, String> ATTRIBUTES = Map.of(
            Constants.BUNDLE_NATIVECODE_OSNAME, NativeNamespace.CAPABILITY_OSNAME_ATTRIBUTE,
            Constants.BUNDLE_NATIVECODE_OSVERSION, NativeNamespace.CAPABILITY_OSVERSION_ATTRIBUTE,
            Constants.BUNDLE_NATIVECODE_PROCESSOR, NativeNamespace.CAPABILITY_PROCESSOR_ATTRIBUTE,
            Constants.BUNDLE_NATIVECODE_LANGUAGE, NativeNamespace.CAPABILITY_LANGUAGE_ATTRIBUTE);

    private NativeCode() {}

    /**
     * Reads the header.
     *
     * @return the directives of the requirement; empty when every system will do
     * @throws IllegalArgumentException if it is not well formed
     */
    static Optional<Map<String, String>> requirement(String header) {
        List<String> clauses = clauses(header);
        boolean optional = clauses.get(clauses.size() - 1).equals(OPTIONAL);
        List<String> systems = new ArrayList<>();
        for (String clause : clauses) {
            String system = clause.equals(OPTIONAL) ? "" : system(clause);
            if (!system.isEmpty()) {
                systems.add("(&" + system + ")");
            }
        }
        if (systems.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> directives = new LinkedHashMap<>();
        directives.put(
                Constants.FILTER_DIRECTIVE,
                systems.size() == 1 ? systems.get(0) : "(|" + String.join("", systems) + ")");
        if (optional) {
            directives.put(Constants.RESOLUTION_DIRECTIVE, Constants.RESOLUTION_OPTIONAL);
        }
        return Optional.of(directives);
    }

    private static List<String> clauses(String header) {
        List<String> clauses = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < header.length(); i++) {
            quoted ^= header.charAt(i) == '"';
            if (header.charAt(i) == ',' && !quoted) {
                clauses.add(header.substring(begin, i).trim());
                begin = i + 1;
            }
        }
        if (begin < header.length() || clauses.isEmpty()) {
            clauses.add(header.substring(begin).trim());
        }
        return clauses;
    }

    /** The conditions of one clause; empty when it has none. */
    private static String system(String clause) {
        int libraries = 0;
        String selection = "";
        Map<String, String> conditions = new LinkedHashMap<>();
        for (String part : clause.split(";")) {
            int equals = part.trim().indexOf('=');
            String value = equals < 0 ? part.trim() : value(part.trim().substring(equals + 1));
            if (value.isEmpty() || equals == 0 || equals == 1) {
                throw new IllegalArgumentException("'" + clause + "' has a part that says nothing: '" + part + "'");
            }
            if (equals < 0) {
                libraries++;
                continue;
            }
            String name = part.trim().substring(0, equals).trim().toLowerCase(Locale.ROOT);
            if (name.equals(Constants.SELECTION_FILTER_ATTRIBUTE)) {
                selection = value;
            } else if (ATTRIBUTES.containsKey(name)) {
                conditions.merge(name, condition(name, value), String::concat);
            }
        }
        if (libraries == 0) {
            throw new IllegalArgumentException("'" + clause + "' names no library");
        }
        StringBuilder all = new StringBuilder();
        conditions.values().forEach(any -> all.append("(|").append(any).append(')'));
        return all.append(selection).toString();
    }

    private static String value(String text) {
        String value = text.trim();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return (quoted ? value.substring(1, value.length() - 1) : value).toLowerCase(Locale.ROOT);
    }

    private static String condition(String name, String value) {
        String attribute = ATTRIBUTES.get(name);
        if (!name.equals(Constants.BUNDLE_NATIVECODE_OSVERSION)) {
            return "(" + attribute + "~=" + escaped(value) + ")";
        }
        try {
            return value.indexOf(',') < 0
                    ? "(" + attribute + "=" + Version.parseVersion(value) + ")"
                    : VersionRange.valueOf(value).toFilterString(attribute);
        } catch (IllegalArgumentException e) {
            // As the framework takes it.
            return "(" + attribute + "=" + Version.emptyVersion + ")";
        }
    }

    /** A text as a value in a filter. */
    static String escaped(String text) {
        return text.replaceAll("[\\\\*()]", "\\\\$0");
    }
}
