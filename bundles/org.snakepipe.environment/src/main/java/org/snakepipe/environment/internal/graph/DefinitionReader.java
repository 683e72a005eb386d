// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.internal.source.ListText;

/** Reads the description of one environment. Used once. */
final class DefinitionReader {
    static final String EXTENDS = "extends";

    private static final String DESCRIPTION = "description";
    private static final String PROTECTED = "protected";
    private static final String AUTO_APPLY = "auto.apply";
    private static final String UNCHECKED = "unchecked.pids";
    private static final List<String> KEYS = List.of(AUTO_APPLY, DESCRIPTION, EXTENDS, PROTECTED, UNCHECKED);

    private final String name;
    private final Map<String, ConfigValue> values;
    private final List<Problem> problems;
    private boolean broken;

    DefinitionReader(String name, Map<String, ConfigValue> values, List<Problem> problems, boolean broken) {
        this.name = name;
        this.values = values;
        this.problems = new ArrayList<>(problems);
        this.broken = broken;
    }

    Definition read() {
        values.forEach(this::check);
        List<String> parents = value(EXTENDS, this::parents).orElse(List.of());
        return new Definition(
                name,
                broken ? List.of() : parents,
                Optional.ofNullable(values.get(EXTENDS)).map(ConfigValue::origin),
                value(DESCRIPTION, (key, value) -> value.raw().toString()).orElse(""),
                value(PROTECTED, this::flag),
                value(AUTO_APPLY, this::flag),
                value(UNCHECKED, this::pids),
                broken,
                problems);
    }

    private void check(String key, ConfigValue value) {
        if (!KEYS.contains(key)) {
            String message = key + " is no key of an environment (allowed: " + String.join(", ", KEYS) + ")";
            List<Fix> fixes =
                    Suggestions.nearest(key, KEYS).stream().map(Fix::rename).toList();
            report("key.unknown", key, value, message, fixes);
        } else if (value.raw().toString().contains("$[")) {
            // Which layers there are cannot depend on what the layers hold.
            report("environment.word", key, value, key + " holds a word: here words are not resolved", List.of());
            broken |= key.equals(EXTENDS);
        }
    }

    private <T> Optional<T> value(String key, BiFunction<String, ConfigValue, T> reader) {
        ConfigValue value = values.get(key);
        return value == null ? Optional.empty() : Optional.ofNullable(reader.apply(key, value));
    }

    private List<String> parents(String key, ConfigValue value) {
        List<String> names = ListText.elements(value.raw());
        String found = key + " = " + String.join(", ", names);
        String wrong = null;
        if (names.isEmpty()) {
            wrong = "extends = names no environment";
        } else if (names.contains("")) {
            wrong = found.strip() + " has an empty element";
        } else if (new LinkedHashSet<>(names).size() < names.size()) {
            wrong = found + " names an environment twice";
        }
        if (wrong != null) {
            broken = true;
            report("environment.parents", key, value, wrong + " (allowed: NAME, or several with commas)", List.of());
        }
        return names;
    }

    private Boolean flag(String key, ConfigValue value) {
        String text = value.raw().toString();
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        String message = key + " = " + text + " is no Boolean (allowed: true, false)";
        report("environment.value", key, value, message, List.of());
        return null;
    }

    private List<String> pids(String key, ConfigValue value) {
        List<String> pids = ListText.elements(value.raw());
        for (String pid : pids) {
            try {
                new ConfigId(pid, "");
            } catch (IllegalArgumentException e) {
                report("environment.value", key, value, key + ": " + e.getMessage(), List.of());
                return null;
            }
        }
        return pids;
    }

    private void report(String code, String key, ConfigValue value, String message, List<Fix> fixes) {
        problems.add(Problem.error(code, message)
                .key(key)
                .at(value.origin())
                .fixes(fixes)
                .build());
    }
}
