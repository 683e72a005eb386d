// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;

/**
 * What the description file of one environment says.
 *
 * @param name         the name of the environment
 * @param parent       what it extends; empty when it extends nothing, or that cannot be told
 * @param parentOrigin where {@code extends} is written; empty when it is not
 * @param description  what it is for; may be empty
 * @param broken       {@code true} when it cannot be told what the environment extends
 * @param problems     what is wrong with the file
 */
record Definition(
        String name,
        Optional<String> parent,
        Optional<Origin> parentOrigin,
        String description,
        boolean broken,
        List<Problem> problems) {
    private static final String EXTENDS = "extends";
    private static final String DESCRIPTION = "description";
    private static final List<String> KEYS = List.of(DESCRIPTION, EXTENDS);

    /** An environment without a description file. */
    static Definition plain(String name) {
        return new Definition(name, Optional.empty(), Optional.empty(), "", false, List.of());
    }

    static Definition of(String name, CfgFile file) {
        List<Problem> problems = new ArrayList<>(file.problems());
        file.values().forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                problems.add(unknownKey(key, value.origin()));
            }
            Words.check(null, key, value).ifPresent(problems::add);
        });
        Optional<ConfigValue> parent = Optional.ofNullable(file.values().get(EXTENDS));
        Optional<Problem> wrongParent = parent.flatMap(Definition::notOneName);
        wrongParent.ifPresent(problems::add);
        boolean broken = !file.isReadable() || wrongParent.isPresent();
        return new Definition(
                name,
                broken ? Optional.empty() : parent.map(Definition::text),
                parent.map(ConfigValue::origin),
                text(file.values()),
                broken,
                problems);
    }

    private static String text(Map<String, ConfigValue> values) {
        ConfigValue value = values.get(DESCRIPTION);
        return value == null ? "" : text(value);
    }

    private static String text(ConfigValue value) {
        return value.raw().toString();
    }

    private static Problem unknownKey(String key, Origin origin) {
        List<String> nearest = Suggestions.nearest(key, KEYS);
        String message =
                key + " is not a key of " + Place.DESCRIPTION_FILE + " (allowed: " + String.join(", ", KEYS) + ")";
        return Problem.error("key.unknown", message)
                .key(key)
                .at(origin)
                .fixes(nearest.stream().map(Fix::rename).toList())
                .build();
    }

    private static Optional<Problem> notOneName(ConfigValue value) {
        String found = (EXTENDS + " = " + text(value)).strip();
        long parents = Arrays.stream(text(value).split(","))
                .filter(name -> !name.isBlank())
                .count();
        if (parents == 1 && text(value).indexOf(',') < 0) {
            return Optional.empty();
        }
        String message = parents == 1
                ? found + " holds a comma (allowed: the name of 1 parent)"
                : found + " names " + parents + " parents (allowed: 1)";
        return Optional.of(Problem.error("environment.parents", message)
                .key(EXTENDS)
                .at(value.origin())
                .build());
    }

    /** Says that the parent is no environment. */
    Problem unknownParent(Iterable<String> known) {
        TreeSet<String> names = new TreeSet<>();
        known.forEach(names::add);
        names.remove(name);
        String parentName = parent.orElseThrow();
        String message = "extends = " + parentName + ": there is no environment " + parentName + " (allowed: "
                + String.join(", ", names) + ")";
        return atParent("environment.parent", message, Suggestions.nearest(parentName, names));
    }

    /** Says that the environment extends itself over some others. */
    Problem cycle(List<String> chain) {
        return atParent("environment.cycle", "extends makes a cycle: " + String.join(" -> ", chain), List.of());
    }

    private Problem atParent(String code, String message, List<String> suggestions) {
        return Problem.error(code, message)
                .key(EXTENDS)
                .at(parentOrigin.orElseThrow())
                .fixes(suggestions.stream().map(Fix::replace).toList())
                .build();
    }
}
