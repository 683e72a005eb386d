// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
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
    private final Map<String, List<ConfigId>> byPrefix = new HashMap<>();
    private Function<ConfigId, Set<String>> keysOf = id -> Set.of();
    private final Map<ConfigId, Map<String, ConfigValue>> values = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private VariableLayer() {}

    static VariableLayer of(Map<String, String> variables, Map<ConfigId, Merged> lower, KnownKeys known) {
        VariableLayer layer = new VariableLayer();
        Map<String, String> ours = new TreeMap<>(variables);
        ours.keySet().removeIf(name -> !VariableName.matches(name));
        if (ours.isEmpty()) {
            return layer;
        }
        Set<ConfigId> ids = new TreeSet<>(lower.keySet());
        known.singletons().forEach(pid -> ids.add(new ConfigId(pid, "")));
        ids.forEach(id -> layer.byPrefix
                .computeIfAbsent(VariableName.prefix(id), prefix -> new ArrayList<>())
                .add(id));
        layer.keysOf = id -> keys(id, lower.get(id), known);
        ours.forEach(layer::assign);
        return layer;
    }

    Map<ConfigId, Map<String, ConfigValue>> values() {
        return values;
    }

    List<Problem> problems() {
        return problems;
    }

    private static Set<String> keys(ConfigId id, Merged files, KnownKeys known) {
        Set<String> all = new TreeSet<>(known.keys(id.pid()));
        if (files != null) {
            all.addAll(files.written().keySet());
        }
        return all;
    }

    private void assign(String variable, String text) {
        List<Target> targets = targets(variable);
        Origin origin = new Origin(VariableName.LAYER, variable, 0, 0);
        if (targets.isEmpty()) {
            problems.add(nothing(variable, origin));
        } else if (targets.size() > 1) {
            problems.addAll(ambiguous(targets, origin));
        } else {
            Target target = targets.get(0);
            values.computeIfAbsent(target.id, absent -> new TreeMap<>())
                    .put(target.key, ConfigValue.of(text.strip(), origin));
        }
    }

    /** A name may hold the separator, and so may a key: each place where it stands may be the one. */
    private List<Target> targets(String variable) {
        List<Target> targets = new ArrayList<>();
        int separator = variable.indexOf(VariableName.SEPARATOR, VariableName.PREFIX.length());
        for (; separator >= 0; separator = variable.indexOf(VariableName.SEPARATOR, separator + 1)) {
            String prefix = variable.substring(0, separator + VariableName.SEPARATOR.length());
            for (ConfigId id : byPrefix.getOrDefault(prefix, List.of())) {
                keysOf.apply(id).stream()
                        .filter(key -> VariableName.of(id, key).equals(variable))
                        .forEach(key -> targets.add(new Target(id, key)));
            }
        }
        return targets;
    }

    /** Said of each configuration: none of them is what somebody wanted. */
    private static List<Problem> ambiguous(List<Target> targets, Origin origin) {
        List<String> meanings = targets.stream().map(Target::toString).toList();
        String message =
                "the variable may mean " + String.join(" or ", meanings) + " (allowed: one); rename one of them";
        Map<ConfigId, Set<String>> keys = new TreeMap<>();
        targets.forEach(target ->
                keys.computeIfAbsent(target.id, absent -> new TreeSet<>()).add(target.key));
        List<Problem> said = new ArrayList<>();
        keys.forEach((id, several) -> said.add(Problem.error("variable.ambiguous", message)
                .id(id)
                .key(several.size() == 1 ? several.iterator().next() : null)
                .at(origin)
                .build()));
        return said;
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
        return Suggestions.nearest(ownPrefix, byPrefix.keySet()).stream()
                .map(byPrefix::get)
                .flatMap(List::stream)
                .flatMap(id -> nearestKeys(id, variable.substring(ownPrefix.length())))
                .toList();
    }

    private Stream<String> nearestKeys(ConfigId id, String key) {
        return Suggestions.nearest(key, keysOf.apply(id)).stream().map(name -> VariableName.of(id, name));
    }

    private record Target(ConfigId id, String key) {
        @Override
        public String toString() {
            return key + " of " + id;
        }
    }
}
