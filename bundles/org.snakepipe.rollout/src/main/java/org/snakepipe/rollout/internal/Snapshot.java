// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.EnvironmentInfo;
import org.snakepipe.control.Outcome;

/** What anybody may ask at any time: the last state that the rollout's thread has left. */
public final class Snapshot implements ConfigManager {
    private final String environment;
    private volatile State state = new State(0, Draft.EMPTY, Optional.empty(), List.of());

    private record State(long generation, Draft draft, Optional<Outcome> outcome, List<Problem> problems) {}

    /**
     * Nothing is in force yet.
     *
     * @param environment the name of the environment
     */
    public Snapshot(String environment) {
        this.environment = environment;
    }

    void set(Generation generation, Optional<Outcome> outcome, List<Problem> problems) {
        state = new State(generation.number(), generation.draft(), outcome, List.copyOf(problems));
    }

    @Override
    public long generation() {
        return state.generation();
    }

    @Override
    public String environment() {
        return environment;
    }

    @Override
    public Optional<Outcome> lastOutcome() {
        return state.outcome();
    }

    @Override
    public List<Problem> problems() {
        return state.problems();
    }

    @Override
    public List<ConfigState> list() {
        return List.copyOf(state.draft().states().values());
    }

    @Override
    public Optional<ConfigState> get(ConfigId id) {
        return Optional.ofNullable(state.draft().states().get(id));
    }

    @Override
    public List<String> sources(ConfigId id) {
        return state.draft().provenance().sources(id);
    }

    @Override
    public List<EnvironmentInfo> environments() {
        return state.draft().provenance().environments();
    }
}
