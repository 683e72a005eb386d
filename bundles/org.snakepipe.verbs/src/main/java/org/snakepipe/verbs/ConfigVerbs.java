// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.EnvironmentInfo;

/** What is asked of configuration. */
final class ConfigVerbs {
    private final Services services;

    ConfigVerbs(Services services) {
        this.services = services;
    }

    List<Verb> all() {
        return List.of(
                new Verb("config:list", List.of(), "all configurations of this environment", arguments -> list()),
                new Verb(
                        "config:get",
                        List.of("ID"),
                        "all keys of one, with where each value comes from",
                        arguments -> get(arguments.get(0))),
                new Verb(
                        "config:explain",
                        List.of("ID", "KEY"),
                        "why a key has its value, and what it hides",
                        arguments -> explain(arguments.get(0), arguments.get(1))),
                new Verb("config:env", List.of(), "the environments, and which one runs", arguments -> environments()));
    }

    private ConfigManager manager() {
        return services.config().orElseThrow(() -> new IllegalStateException("the rollout is not there at the moment"));
    }

    private Answer list() {
        TextTable table = new TextTable("ID", "STATE", "FROM");
        List<Object> data = new ArrayList<>();
        for (ConfigState state : manager().list()) {
            String from = String.join(", ", manager().sources(state.id()));
            String shown = state.state() + (state.reason().isEmpty() ? "" : ": " + state.reason());
            table.row(state.id(), shown, from);
            data.add(Map.of(
                    "id",
                    state.id().toString(),
                    "state",
                    state.state().name(),
                    "reason",
                    state.reason(),
                    "from",
                    from));
        }
        return Answer.of(data.isEmpty() ? List.of("nothing is configured") : table.lines(), data);
    }

    private ConfigState find(String text) {
        ConfigManager manager = manager();
        Optional<ConfigState> state = manager.get(ConfigId.parse(text));
        if (state.isPresent()) {
            return state.get();
        }
        List<String> ids =
                manager.list().stream().map(known -> known.id().toString()).toList();
        List<String> near = Suggestions.nearest(text, ids);
        throw new IllegalArgumentException("nothing configures " + text
                + (near.isEmpty() ? ". See: config:list" : ", did you mean " + String.join(" or ", near) + "?"));
    }

    private Answer get(String text) {
        ConfigState state = find(text);
        List<String> why = state.reason().isEmpty() ? List.of() : List.of(state.state() + ": " + state.reason());
        return ValueText.all(why, state.values());
    }

    private Answer explain(String text, String key) {
        ConfigState state = find(text);
        return ValueText.explained(state.id().toString(), key, state.values());
    }

    private Answer environments() {
        TextTable table = new TextTable("", "ENVIRONMENT", "EXTENDS", "DESCRIPTION");
        List<Object> data = new ArrayList<>();
        for (EnvironmentInfo info : manager().environments()) {
            table.row(info.active() ? "*" : "", info.name(), String.join(" < ", info.ancestors()), info.description());
            data.add(Map.of(
                    "name",
                    info.name(),
                    "ancestors",
                    info.ancestors(),
                    "description",
                    info.description(),
                    "active",
                    info.active()));
        }
        return Answer.of(table.lines(), data);
    }
}
