// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.KnownKeys;

/** Finds out which configuration and key an environment variable means. */
final class VariableLayer {
    private static final String LAYER = "environment variable";

    private final Map<ConfigId, Set<String>> keys = new TreeMap<>();
    private final Map<ConfigId, Map<String, ConfigValue>> values = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private VariableLayer() {}

    static VariableLayer of(
            Map<String, String> variables, Map<ConfigId, Map<String, ConfigValue>> lower, KnownKeys known) {
        VariableLayer layer = new VariableLayer();
        Map<String, String> ours = new TreeMap<>(variables);
        ours.keySet().removeIf(name -> !VariableName.matches(name));
        if (ours.isEmpty()) {
            return layer;
        }
        lower.forEach((id, values) -> layer.learn(id, values.keySet(), known));
        known.singletons().forEach(pid -> layer.learn(new ConfigId(pid, ""), Set.of(), known));
        ours.forEach(layer::assign);
        return layer;
    }

    Map<ConfigId, Map<String, ConfigValue>> values() {
        return values;
    }

    List<Problem> problems() {
        return problems;
    }

    private void learn(ConfigId id, Set<String> keysOfFiles, KnownKeys known) {
        Set<String> all = keys.computeIfAbsent(id, absent -> new TreeSet<>());
        all.addAll(keysOfFiles);
        all.addAll(known.keys(id.pid()));
    }

    private void assign(String variable, String text) {
        List<Target> targets = targets(variable);
        Origin origin = new Origin(LAYER, variable, 0, 0);
        if (targets.isEmpty()) {
            problems.add(nothing(variable, origin));
        } else if (targets.size() > 1) {
            problems.add(ambiguous(targets, origin));
        } else {
            Target target = targets.get(0);
            values.computeIfAbsent(target.id, absent -> new TreeMap<>())
                    .put(target.key, ConfigValue.of(text.strip(), origin));
        }
    }

    private List<Target> targets(String variable) {
        List<Target> targets = new ArrayList<>();
        keys.forEach((id, names) -> {
            if (variable.startsWith(VariableName.prefix(id))) {
                names.stream()
                        .filter(key -> VariableName.of(id, key).equals(variable))
                        .forEach(key -> targets.add(new Target(id, key)));
            }
        });
        return targets;
    }

    private static Problem ambiguous(List<Target> targets, Origin origin) {
        List<String> meanings = targets.stream().map(Target::toString).toList();
        String message =
                "the variable may mean " + String.join(" or ", meanings) + " (allowed: one); rename one of them";
        return Problem.error("variable.ambiguous", message).at(origin).build();
    }

    private Problem nothing(String variable, Origin origin) {
        return Problem.warning("variable.unknown", "the variable sets nothing: no configuration has such a key")
                .at(origin)
                .fixes(nearest(variable).stream().map(Fix::rename).toList())
                .build();
    }

    /** First the configuration, then the key: comparing with all keys of all configurations would be slow. */
    private List<String> nearest(String variable) {
        int separator = variable.indexOf(VariableName.SEPARATOR, VariableName.PREFIX.length());
        String ownPrefix = variable.substring(0, separator + VariableName.SEPARATOR.length());
        Map<String, ConfigId> prefixes = new TreeMap<>();
        keys.keySet().forEach(id -> prefixes.put(VariableName.prefix(id), id));
        return Suggestions.nearest(ownPrefix, prefixes.keySet()).stream()
                .map(prefixes::get)
                .flatMap(id -> nearestKeys(id, variable.substring(ownPrefix.length())))
                .toList();
    }

    private Stream<String> nearestKeys(ConfigId id, String key) {
        return Suggestions.nearest(key, keys.get(id)).stream().map(name -> VariableName.of(id, name));
    }

    private record Target(ConfigId id, String key) {
        @Override
        public String toString() {
            return key + " of " + id;
        }
    }
}
