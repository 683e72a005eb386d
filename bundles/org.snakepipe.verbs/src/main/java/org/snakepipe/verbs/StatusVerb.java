// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.ReloadResult;

/** One screen: what runs, what is wrong, where to edit what. */
final class StatusVerb {
    private static final int MOST_LINES = 20;

    private final Services services;

    StatusVerb(Services services) {
        this.services = services;
    }

    Verb verb() {
        return new Verb(
                "status", List.of(), "one screen: what runs, what is wrong, where to edit what", unused -> status());
    }

    private Answer status() {
        List<String> lines = new ArrayList<>();
        Map<String, Object> data = new LinkedHashMap<>();
        lines.add("Snake Pipe " + services.property(House.VERSION) + ", process "
                + ProcessHandle.current().pid() + ", home " + services.property(House.HOME));
        data.put("version", services.property(House.VERSION));
        data.put("pid", ProcessHandle.current().pid());
        data.put("home", services.property(House.HOME));
        services.config()
                .ifPresentOrElse(manager -> config(manager, lines, data), () -> lines.add("  no configuration yet"));
        pipelines(lines, data);
        problems(lines, data);
        lines.add("");
        lines.add("edit    " + services.property(House.CONFIG) + " (base/, environments/, local/): saved is live");
        lines.add("drop    plugins and libraries into " + services.property(House.DEPLOY));
        lines.add("data    " + services.property(House.DATA) + " (log/, checkpoints/)");
        return Answer.of(lines, data);
    }

    private static void config(ConfigManager manager, List<String> lines, Map<String, Object> data) {
        lines.add("environment " + manager.environment() + ", generation " + manager.generation() + ", "
                + manager.list().size() + " configurations");
        data.put("environment", manager.environment());
        data.put("generation", manager.generation());
        Optional<ReloadResult> last = manager.lastResult();
        last.ifPresentOrElse(
                outcome -> {
                    lines.add("last change " + outcome.status() + " at " + PipelineVerbs.time(outcome.at()) + " in "
                            + millis(outcome.total()) + " (" + phases(outcome) + ")");
                    data.put("lastResult", outcome.status().name());
                },
                () -> lines.add("the first generation is on its way"));
        manager.pending().ifPresent(plan -> {
            lines.add("PENDING " + plan.lines().size() + " changes wait until "
                    + plan.expires().map(Object::toString).orElse("somebody confirms them") + ": apply " + plan.hash());
            data.put("pending", plan.hash());
        });
        some(manager.unapplied().stream().map(file -> "not live " + file).toList(), "files that are not live", lines);
        data.put(
                "unapplied",
                manager.unapplied().stream()
                        .map(file -> Map.of(
                                "path", file.path(),
                                "state", file.state().name(),
                                "reason", file.reason(),
                                "replaced", file.replaced()))
                        .toList());
    }

    /** What matters must not be out of sight because a whole directory is wrong; as JSON all are there. */
    private static void some(List<String> all, String what, List<String> lines) {
        lines.addAll(all.subList(0, Math.min(all.size(), MOST_LINES)));
        if (all.size() > MOST_LINES) {
            lines.add("... and " + (all.size() - MOST_LINES) + " more " + what + ": status --json has all of them");
        }
    }

    private static String phases(ReloadResult outcome) {
        return outcome.phases().entrySet().stream()
                .filter(phase -> phase.getValue().toMillis() > 0)
                .map(phase -> phase.getKey() + " " + millis(phase.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private void pipelines(List<String> lines, Map<String, Object> data) {
        lines.add("");
        if (services.pipelines().isEmpty()) {
            lines.add("the engine is not there at the moment");
            return;
        }
        List<PipelineStatus> all = services.pipelines().get().list();
        TextTable table = new TextTable("PIPELINE", "STATE", "TOTAL", "NEW", "PER SECOND", "");
        all.forEach(status -> table.row(
                status.name(),
                status.state(),
                status.total(),
                status.recent(),
                PipelineVerbs.rate(status),
                PipelineVerbs.remarks(status)));
        lines.addAll(all.isEmpty() ? List.of("no pipeline is configured") : table.lines());
        data.put("pipelines", all.stream().map(PipelineVerbs::data).toList());
    }

    private void problems(List<String> lines, Map<String, Object> data) {
        List<Problem> problems = new ArrayList<>();
        services.config().ifPresent(manager -> problems.addAll(manager.problems()));
        services.watch().ifPresent(watch -> problems.addAll(watch.problems()));
        data.put("problems", problems.stream().map(Problem::toString).toList());
        if (!problems.isEmpty()) {
            lines.add("");
            some(
                    problems.stream()
                            .map(problem -> (problem.isError() ? "error    " : "warning  ") + problem)
                            .toList(),
                    "problems",
                    lines);
        }
    }
}
