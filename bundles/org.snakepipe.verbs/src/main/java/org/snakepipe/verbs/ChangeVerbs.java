// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Candidate;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.GenerationInfo;
import org.snakepipe.control.Plan;
import org.snakepipe.control.ReloadResult;

/** What is done with changes: looked at before, confirmed, taken back, tried again. */
final class ChangeVerbs {
    private static final Duration PLAN = Duration.ofSeconds(60);
    private static final int MOST_NAMES = 3;
    private static final String SKIP_CHECKS = "--skip-checks";
    private static final String WRITE = "--write";

    private final Services services;

    ChangeVerbs(Services services) {
        this.services = services;
    }

    List<Verb> all() {
        return List.of(
                new Verb(
                        "plan",
                        List.of("[DIR]"),
                        "what would change if the files, or those of another directory, came into force",
                        this::plan),
                new Verb(
                        "apply",
                        List.of("HASH", "[" + SKIP_CHECKS + "]"),
                        "brings a plan into force, exactly as it was made",
                        arguments -> done(manager().apply(arguments.get(0), options(arguments, 1)))),
                new Verb(
                        "rollback",
                        List.of("GENERATION", "[" + WRITE + "]", "[" + SKIP_CHECKS + "]"),
                        "goes back to what was in force; what differs on the disk is held, or written",
                        arguments -> done(manager().rollback(number(arguments.get(0)), options(arguments, 1)))),
                new Verb(
                        "retry",
                        List.of("[FILE]"),
                        "tries again what is held, and what waits",
                        arguments -> done(manager().retry(arguments.stream().findFirst(), options(List.of(), 0)))),
                new Verb("history", List.of(), "the generations that can be gone back to", arguments -> history()),
                new Verb(
                        "config:write",
                        List.of("FILE", "TEXT", "[" + SKIP_CHECKS + "]"),
                        "writes a configuration file and brings it into force, or neither",
                        arguments -> done(manager()
                                .apply(
                                        Map.of(arguments.get(0), Optional.of(arguments.get(1))),
                                        options(arguments, 2)))));
    }

    private ConfigManager manager() {
        return services.config().orElseThrow(() -> new IllegalStateException("the rollout is not there at the moment"));
    }

    /** Who may reach this process is the one who runs it. */
    private static ApplyOptions options(List<String> arguments, int from) {
        ApplyOptions options = ApplyOptions.by(System.getProperty("user.name", "operator"));
        for (String word : arguments.subList(from, arguments.size())) {
            switch (word) {
                case SKIP_CHECKS -> options = options.withoutChecks();
                case WRITE -> options = options.writing();
                default -> throw new IllegalArgumentException("unknown word '" + word + "'. See: help");
            }
        }
        return options;
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is no generation (allowed: a number). See: history");
        }
        return Long.parseLong(text);
    }

    private Answer plan(List<String> arguments) throws InterruptedException {
        Optional<Candidate> candidate = arguments.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        await(manager().load(manager().environment(), Optional.of(Path.of(arguments.get(0))), PLAN)));
        Plan plan = await(manager().plan(candidate, PLAN));
        List<String> lines = new ArrayList<>();
        boolean broken = plan.problems().stream().anyMatch(Problem::isError);
        lines.add(
                plan.isEmpty()
                        ? "nothing would change"
                        : "plan " + plan.hash() + " on generation " + plan.base() + " of " + plan.environment());
        plan.lines().forEach(line -> lines.add("  " + line));
        plan.effects().forEach(effect -> lines.add("pipeline " + effect));
        if (!plan.inheritedBy().isEmpty()) {
            lines.add("also stands on what changes: " + String.join(", ", plan.inheritedBy()));
        }
        plan.problems().forEach(problem -> lines.add((problem.isError() ? "error    " : "warning  ") + problem));
        plan.expires().ifPresent(end -> lines.add("confirm it until " + end + " with: apply " + plan.hash()));
        return new Answer(broken ? 1 : 0, lines, data(plan));
    }

    private static Map<String, Object> data(Plan plan) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("hash", plan.hash());
        data.put("base", plan.base());
        data.put("environment", plan.environment());
        data.put("changes", plan.lines());
        data.put(
                "effects",
                plan.effects().stream()
                        .map(effect -> Map.of(
                                "pipeline", effect.pipeline(),
                                "kind", effect.kind().name(),
                                "detail", effect.detail()))
                        .toList());
        data.put("inheritedBy", plan.inheritedBy());
        data.put("problems", plan.problems().stream().map(Problem::toString).toList());
        data.put("expires", plan.expires().map(Object::toString).orElse(""));
        return data;
    }

    private static Answer done(CompletableFuture<ReloadResult> future) throws InterruptedException {
        ReloadResult result = await(future);
        List<String> lines = new ArrayList<>();
        lines.add(result.status() + " generation " + result.generation() + " in "
                + result.total().toMillis() + " ms");
        result.changes().forEach(change -> lines.add("  " + change));
        result.problems().forEach(problem -> lines.add((problem.isError() ? "error    " : "warning  ") + problem));
        result.held().forEach(path -> lines.add("held     " + path));
        result.waiting().forEach(path -> lines.add("waits    " + path));
        result.hash().ifPresent(hash -> lines.add("confirm it with: apply " + hash));
        boolean well = switch (result.status()) {
            case APPLIED, UNCHANGED, PENDING -> true;
            default -> false;
        };
        return new Answer(well ? 0 : 1, lines, data(result));
    }

    private static Map<String, Object> data(ReloadResult result) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("status", result.status().name());
        data.put("generation", result.generation());
        data.put("previous", result.previous());
        data.put("author", result.author());
        data.put("changes", result.changes());
        data.put("reverse", result.reverse());
        data.put("problems", result.problems().stream().map(Problem::toString).toList());
        data.put("held", result.held());
        data.put("waiting", result.waiting());
        data.put("hash", result.hash().orElse(""));
        Map<String, Object> phases = new LinkedHashMap<>();
        result.phases().forEach((phase, duration) -> phases.put(phase, duration.toNanos() / 1_000_000.0));
        data.put("milliseconds", phases);
        return data;
    }

    private Answer history() {
        TextTable table = new TextTable("", "GENERATION", "AT", "BY", "CAUSE");
        List<Object> data = new ArrayList<>();
        long current = manager().generation();
        for (GenerationInfo one : manager().history()) {
            table.row(
                    one.number() == current ? "*" : "",
                    one.number(),
                    PipelineVerbs.time(one.at()),
                    one.author(),
                    brief(one.cause()));
            data.add(Map.of(
                    "generation", one.number(),
                    "at", one.at().toString(),
                    "author", one.author(),
                    "cause", one.cause(),
                    "changes", one.changes(),
                    "current", one.number() == current));
        }
        return Answer.of(data.isEmpty() ? List.of("there is no generation yet") : table.lines(), data);
    }

    /** A checkout of a thousand files is one line of a table too; as JSON all are there. */
    private static String brief(String cause) {
        String[] names = cause.split(", ");
        return names.length <= MOST_NAMES
                ? cause
                : String.join(", ", List.of(names).subList(0, MOST_NAMES)) + " and " + (names.length - MOST_NAMES)
                        + " more";
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IllegalStateException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }
}
