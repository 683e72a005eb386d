// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.EnvironmentInfo;
import org.snakepipe.validation.compare.Finding;
import org.snakepipe.validation.report.ProblemReport;
import org.snakepipe.validation.report.ReportStyle;

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
                new Verb("config:export", List.of(), "all values that are in force", arguments -> export()),
                new Verb("config:validate", List.of(), "checks the files of all environments", arguments -> validate()),
                new Verb(
                        "config:check-envs",
                        List.of(),
                        "looks at all environments beside one another",
                        arguments -> checkEnvironments()),
                new Verb(
                        "config:resolve",
                        List.of("ENVIRONMENT"),
                        "what the files come to in an environment",
                        arguments -> files().resolve(arguments.get(0), "")),
                new Verb(
                        "config:diff",
                        List.of("ENVIRONMENT", "ENVIRONMENT"),
                        "what is different between two environments",
                        arguments -> FileVerbs.diff(files().side(arguments.get(0)), files().side(arguments.get(1)))),
                new Verb(
                        "config:schema",
                        List.of("[PID]"),
                        "JSON Schema of a PID, or of files that hold several",
                        arguments -> schema(arguments.isEmpty() ? "" : arguments.get(0))),
                new Verb(
                        "config:new",
                        List.of("ID"),
                        "the text of a new file with all keys of a PID, their defaults and ranges",
                        arguments -> newFile(arguments.get(0))),
                new Verb("config:env", List.of(), "the environments, and which one runs", arguments -> environments()));
    }

    private ConfigManager manager() {
        return services.config().orElseThrow(() -> new IllegalStateException("the rollout is not there at the moment"));
    }

    private FileVerbs files() {
        return new FileVerbs(services.workspace());
    }

    private Answer schema(String pid) {
        Map<String, Object> schema = new SchemaVerbs(services.workspace()).schema(pid);
        try {
            return Answer.of(
                    JSON.std
                            .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                            .asString(schema)
                            .lines()
                            .toList(),
                    schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer newFile(String id) {
        String text = new SchemaVerbs(services.workspace()).newFile(id);
        return Answer.of(text.lines().toList(), Map.of("text", text));
    }

    private Answer export() {
        Map<String, Object> tree = new TreeMap<>();
        TextTable table = new TextTable("ID", "KEY", "VALUE");
        for (ConfigState state : manager().list()) {
            tree.put(state.id().toString(), ValueText.tree(state.values()));
            state.values().forEach((key, value) -> table.row(state.id(), key, ValueText.shown(value)));
        }
        return Answer.of(table.lines(), tree);
    }

    private Answer validate() throws InterruptedException {
        Workspace workspace = services.workspace();
        ProblemReport report = ProblemReport.of(new FileVerbs(workspace).problems(workspace.environments()));
        ReportStyle style = ReportStyle.in("");
        String text = report.render(ProblemReport.Format.TEXT, style);
        return new Answer(report.exitCode(false), text.lines().toList(), report.json(style));
    }

    private Answer checkEnvironments() {
        List<Finding> findings = files().checkEnvironments();
        List<String> lines = new ArrayList<>();
        findings.stream()
                .filter(finding -> finding.level() != Finding.Level.NOTE)
                .forEach(finding -> lines.add(finding.toString()));
        lines.add(FileVerbs.summary(findings));
        boolean broken = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.ERROR);
        return new Answer(
                broken ? 1 : 0, lines, findings.stream().map(Finding::toString).toList());
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
        throw new UnknownNameException("nothing configures " + text
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
