// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * @param secretPrints id to the fingerprint of the values of its secrets alone; without those that have none
 * @param provenance   where the values come from
 * @param problems     errors and warnings
 */
record Draft(
        Map<ConfigId, Map<String, Object>> typed,
        Map<ConfigId, String> fingerprints,
        Map<ConfigId, ConfigState> states,
        Map<ConfigId, Set<String>> secrets,
        Map<ConfigId, String> secretPrints,
        Provenance provenance,
        List<Problem> problems) {
    /** Nothing is configured. */
    static final Draft EMPTY = new Draft(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Provenance.NONE, List.of());

    Draft {
        // A sorted map for whoever copies it too, as such a copy is made without comparing.
        typed = Collections.unmodifiableSortedMap(new TreeMap<>(typed));
        fingerprints = Map.copyOf(fingerprints);
        states = Collections.unmodifiableMap(new TreeMap<>(states));
        secrets = Map.copyOf(secrets);
        secretPrints = Map.copyOf(secretPrints);
        problems = List.copyOf(problems);
    }

    List<Problem> errors() {
        return Problems.errors(problems);
    }

    /** Errors that another draft does not have: those that are there anyway are nobody's fault who changes something else. */
    List<Problem> errorsBeyond(Draft other) {
        return Problems.without(errors(), other.errors());
    }

    /** Whether a problem is that of one configuration; others may concern any. */
    boolean isOfOne(Problem problem) {
        return problem.id().filter(states::containsKey).isPresent();
    }

    /** The configurations that cannot be what they should be, with the first reason. */
    Map<ConfigId, String> wrong() {
        Map<ConfigId, String> wrong = new TreeMap<>();
        errors().forEach(error -> error.id().ifPresent(id -> wrong.putIfAbsent(id, error.message())));
        return wrong;
    }

    /** The same without some configurations, which are shown with the reason. */
    Draft without(Map<ConfigId, String> reasons) {
        if (reasons.isEmpty()) {
            return this;
        }
        Map<ConfigId, Map<String, Object>> rest = new TreeMap<>(typed);
        Map<ConfigId, ConfigState> shown = new TreeMap<>(states);
        reasons.forEach((id, reason) -> {
            rest.remove(id);
            shown.computeIfPresent(
                    id, (key, state) -> new ConfigState(key, ConfigState.State.HELD_OUT, reason, state.values()));
        });
        return new Draft(rest, fingerprints, shown, secrets, secretPrints, provenance, problems);
    }

    /** The configurations that have been left out. */
    Set<ConfigId> out() {
        return states.values().stream()
                .filter(state -> state.state() == ConfigState.State.HELD_OUT)
                .map(ConfigState::id)
                .collect(Collectors.toSet());
    }

    /** Whether another draft gives a configuration the same values. */
    boolean isSame(ConfigId id, Draft other) {
        return typed.containsKey(id) == other.typed.containsKey(id) && hasSamePrint(id, other);
    }

    /** The same of a configuration that both of them have. */
    boolean hasSamePrint(ConfigId id, Draft other) {
        return Objects.equals(fingerprints.get(id), other.fingerprints.get(id));
    }

    /**
     * The same, with some configurations as they are in force: those that are not in force are out.
     *
     * @param reasons id to why it cannot be what it should be
     */
    Draft kept(Map<ConfigId, String> reasons, Draft inForce) {
        if (reasons.isEmpty()) {
            return this;
        }
        Map<ConfigId, Map<String, Object>> values = new TreeMap<>(typed);
        Map<ConfigId, String> prints = new TreeMap<>(fingerprints);
        Map<ConfigId, ConfigState> shown = new TreeMap<>(states);
        Map<ConfigId, Set<String>> masked = new TreeMap<>(secrets);
        Map<ConfigId, String> hidden = new TreeMap<>(secretPrints);
        Map<ConfigId, String> out = new TreeMap<>();
        reasons.forEach((id, reason) -> {
            if (!states.containsKey(id) || !inForce.typed.containsKey(id)) {
                out.put(id, reason);
                return;
            }
            values.put(id, inForce.typed.get(id));
            prints.put(id, inForce.fingerprints.get(id));
            ConfigState before = inForce.states.get(id);
            String runsOn = "runs on as it was: " + reason;
            shown.put(id, new ConfigState(id, before.state(), runsOn, before.values()));
            masked.put(id, inForce.secrets.getOrDefault(id, Set.of()));
            if (inForce.secretPrints.containsKey(id)) {
                hidden.put(id, inForce.secretPrints.get(id));
            } else {
                hidden.remove(id);
            }
        });
        return new Draft(values, prints, shown, masked, hidden, provenance, problems).without(out);
    }

    /** Whether a configuration, or one that it names, or that one names, has a secret. */
    boolean hasSecret(ConfigId id) {
        return closure(id).keySet().stream().anyMatch(secretPrints::containsKey);
    }

    /**
     * Whether a secret may be why a configuration does not come up: it, or one that it names, or that one names, has a secret
     * that did not work before.
     */
    boolean isSecretSuspect(ConfigId id, Draft inForce) {
        return closure(id).keySet().stream()
                .anyMatch(one -> secretPrints.containsKey(one)
                        && !(inForce.typed.containsKey(one)
                                && secretPrints.get(one).equals(inForce.secretPrints.get(one))));
    }

    /** Tells whether a configuration, or one that it names, or that one names, is another. */
    String print(ConfigId id) {
        return closure(id).toString();
    }

    private Map<ConfigId, String> closure(ConfigId id) {
        Map<ConfigId, String> prints = new TreeMap<>();
        Map<String, ConfigId> names = new HashMap<>();
        typed.keySet().forEach(one -> names.put(one.toString(), one));
        collect(id, names, prints);
        return prints;
    }

    private void collect(ConfigId id, Map<String, ConfigId> names, Map<ConfigId, String> prints) {
        if (!typed.containsKey(id) || prints.putIfAbsent(id, fingerprints.get(id)) != null) {
            return;
        }
        typed.get(id).values().stream()
                .flatMap(value -> value instanceof Object[] several ? Arrays.stream(several) : Stream.of(value))
                .map(names::get)
                .filter(Objects::nonNull)
                .forEach(named -> collect(named, names, prints));
    }
}
