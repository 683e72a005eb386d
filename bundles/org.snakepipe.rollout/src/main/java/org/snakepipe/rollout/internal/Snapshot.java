// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.GenerationInfo;
import org.snakepipe.control.Plan;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;

/** What anybody may ask at any time: the last state that the rollout's thread has left. From any thread. */
final class Snapshot {
    private final String environment;
    private volatile State state =
            new State(Generation.NONE, Optional.empty(), List.of(), List.of(), Optional.empty(), List.of());
    private volatile Map<ConfigId, ConfigState> configurations = Map.of();

    /**
     * One state.
     *
     * @param generation in force
     * @param result     the last receipt
     * @param problems   what is wrong
     * @param unapplied  the files that are not in force
     * @param pending    what waits for a confirmation
     * @param history    the generations that can be gone back to
     */
    record State(
            Generation generation,
            Optional<ReloadResult> result,
            List<Problem> problems,
            List<UnappliedFile> unapplied,
            Optional<Plan> pending,
            List<GenerationInfo> history) {
        State {
            problems = List.copyOf(problems);
            unapplied = List.copyOf(unapplied);
            history = List.copyOf(history);
        }

        /** The same with another receipt. */
        State with(Optional<ReloadResult> other) {
            return new State(generation, other, problems, unapplied, pending, history);
        }
    }

    /** Nothing is in force yet. */
    Snapshot(String environment) {
        this.environment = environment;
    }

    void set(State next) {
        configurations = shown(next);
        state = next;
    }

    /** What runs on although a file says something else says so. */
    private static Map<ConfigId, ConfigState> shown(State state) {
        Draft draft = state.generation().draft();
        Map<ConfigId, ConfigState> shown = new TreeMap<>(draft.states());
        if (state.unapplied().isEmpty()) {
            return shown;
        }
        shown.replaceAll((id, one) -> {
            if (!one.reason().isEmpty()) {
                return one;
            }
            List<String> sources = draft.provenance().sources(id);
            return state.unapplied().stream()
                    .filter(file -> sources.contains(file.path()))
                    .findFirst()
                    .map(file -> new ConfigState(id, one.state(), "runs on as it was: " + file, one.values()))
                    .orElse(one);
        });
        return shown;
    }

    State state() {
        return state;
    }

    String environment() {
        return environment;
    }

    long generation() {
        return state.generation().number();
    }

    Optional<ReloadResult> lastResult() {
        return state.result();
    }

    List<Problem> problems() {
        return state.problems();
    }

    List<ConfigState> list() {
        return List.copyOf(configurations.values());
    }

    Optional<ConfigState> get(ConfigId id) {
        return Optional.ofNullable(configurations.get(id));
    }

    Provenance provenance() {
        return state.generation().draft().provenance();
    }
}
