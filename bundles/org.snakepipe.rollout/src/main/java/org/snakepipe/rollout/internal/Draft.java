// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigState;

/**
 * What a candidate would bring into force. Immutable.
 *
 * @param typed        id to what ConfigurationAdmin is given, without the keys that the publisher adds
 * @param fingerprints id to the fingerprint of its values, those of secrets as they were at that moment
 * @param states       id to how the configuration is shown; secrets masked
 * @param secrets      id to the keys that are secret
 * @param provenance   where the values come from
 * @param problems     errors and warnings
 */
record Draft(
        Map<ConfigId, Map<String, Object>> typed,
        Map<ConfigId, String> fingerprints,
        Map<ConfigId, ConfigState> states,
        Map<ConfigId, Set<String>> secrets,
        Provenance provenance,
        List<Problem> problems) {
    /** Nothing is configured. */
    static final Draft EMPTY = new Draft(Map.of(), Map.of(), Map.of(), Map.of(), Provenance.NONE, List.of());

    Draft {
        typed = Collections.unmodifiableMap(new TreeMap<>(typed));
        fingerprints = Map.copyOf(fingerprints);
        states = Collections.unmodifiableMap(new TreeMap<>(states));
        secrets = Map.copyOf(secrets);
        problems = List.copyOf(problems);
    }

    List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }

    /** Errors that another draft does not have: those that are there anyway are nobody's fault who changes something else. */
    List<Problem> errorsBeyond(Draft other) {
        Set<String> known = other.errors().stream().map(Problem::toString).collect(Collectors.toSet());
        return errors().stream()
                .filter(error -> !known.contains(error.toString()))
                .toList();
    }

    /** The same without the configurations that have errors. */
    Draft withoutErrors() {
        Map<ConfigId, String> out = new TreeMap<>();
        errors().forEach(error -> error.id().ifPresent(id -> out.putIfAbsent(id, error.message())));
        return without(out);
    }

    /** The same without some configurations, which are shown with the reason. */
    Draft without(Map<ConfigId, String> reasons) {
        Map<ConfigId, Map<String, Object>> rest = new TreeMap<>(typed);
        Map<ConfigId, ConfigState> shown = new TreeMap<>(states);
        reasons.forEach((id, reason) -> {
            rest.remove(id);
            shown.computeIfPresent(
                    id, (key, state) -> new ConfigState(key, ConfigState.State.HELD_OUT, reason, state.values()));
        });
        return new Draft(rest, fingerprints, shown, secrets, provenance, problems);
    }

    /** Whether another draft gives a configuration the same values. */
    boolean isSame(ConfigId id, Draft other) {
        return typed.containsKey(id) == other.typed.containsKey(id)
                && Objects.equals(fingerprints.get(id), other.fingerprints.get(id));
    }

    /** The same with the values that another draft has for some configurations. */
    Draft with(Set<ConfigId> ids, Draft other) {
        Map<ConfigId, Map<String, Object>> values = new TreeMap<>(typed);
        Map<ConfigId, String> prints = new TreeMap<>(fingerprints);
        for (ConfigId id : ids) {
            values.put(id, other.typed.get(id));
            prints.put(id, other.fingerprints.get(id));
        }
        return new Draft(values, prints, states, secrets, provenance, problems);
    }
}
