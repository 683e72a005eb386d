// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;

/** What is asked of pipelines, and done with them. */
final class PipelineVerbs {
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Services services;

    PipelineVerbs(Services services) {
        this.services = services;
    }

    List<Verb> all() {
        List<String> name = List.of("NAME");
        return List.of(
                new Verb("pipeline:list", List.of(), "all pipelines and how they are", arguments -> list()),
                new Verb("pipeline:show", name, "everything about one", arguments -> show(arguments.get(0))),
                new Verb(
                        "pipeline:start",
                        name,
                        "starts one that was stopped, or has failed",
                        arguments -> start(arguments.get(0))),
                new Verb(
                        "pipeline:stop",
                        name,
                        "stops one, after what is on its way has arrived",
                        arguments -> stop(arguments.get(0))),
                new Verb(
                        "pipeline:reset",
                        name,
                        "reads the source of one from its beginning again",
                        arguments -> reset(arguments.get(0))));
    }

    private Pipelines pipelines() {
        return services.pipelines()
                .orElseThrow(() -> new IllegalStateException("the engine is not there at the moment"));
    }

    private Answer list() {
        TextTable table = new TextTable("PIPELINE", "STATE", "TOTAL", "NEW", "PER SECOND", "REJECTED", "");
        List<Object> data = new ArrayList<>();
        for (PipelineStatus status : pipelines().list()) {
            table.row(
                    status.name(),
                    status.state(),
                    status.total(),
                    status.recent(),
                    rate(status),
                    status.rejected(),
                    status.detail());
            data.add(data(status));
        }
        return Answer.of(data.isEmpty() ? List.of("no pipeline is configured") : table.lines(), data);
    }

    static String rate(PipelineStatus status) {
        return String.format(Locale.ROOT, status.perSecond() < 10 ? "%.1f" : "%.0f", status.perSecond());
    }

    /** To the second: people read it. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private PipelineStatus find(String name) {
        return pipelines()
                .show(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no pipeline '" + name + "' (there are: "
                        + String.join(
                                ", ",
                                pipelines().list().stream()
                                        .map(PipelineStatus::name)
                                        .toList()) + ")"));
    }

    private Answer show(String name) {
        PipelineStatus status = find(name);
        List<String> lines = new ArrayList<>();
        lines.add(status.name() + " is " + status.state() + " since " + time(status.since())
                + (status.detail().isEmpty() ? "" : ": " + status.detail()));
        lines.add("  source      " + status.source());
        lines.add("  transforms  " + (status.transforms().isEmpty() ? "none" : String.join(", ", status.transforms())));
        lines.add("  sinks       " + String.join(", ", status.sinks()));
        lines.add("  records     " + status.total() + " in all, " + status.recent() + " since this start, "
                + status.inFlight() + " on their way, " + rate(status) + " a second");
        lines.add("  written     " + status.written() + " since this start, " + status.rejected() + " rejected");
        if (!status.lastError().isEmpty()) {
            lines.add("  last error  " + status.lastError());
        }
        return Answer.of(lines, data(status));
    }

    static Map<String, Object> data(PipelineStatus status) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", status.name());
        data.put("state", status.state().name());
        data.put("detail", status.detail());
        data.put("since", status.since().toString());
        data.put("source", status.source());
        data.put("transforms", status.transforms());
        data.put("sinks", status.sinks());
        data.put("total", status.total());
        data.put("recent", status.recent());
        data.put("written", status.written());
        data.put("rejected", status.rejected());
        data.put("inFlight", status.inFlight());
        data.put("perSecond", status.perSecond());
        data.put("lastError", status.lastError());
        return data;
    }

    private Answer start(String name) throws InterruptedException {
        find(name);
        try {
            pipelines().start(name);
        } catch (IOException e) {
            return Answer.failed(name + " cannot start: " + e.getMessage());
        }
        return now(name);
    }

    private Answer stop(String name) throws InterruptedException {
        find(name);
        try {
            boolean drained = pipelines().stop(name, DRAIN);
            return drained
                    ? now(name)
                    : Answer.failed(name + " is stopped, but not everything arrived within " + DRAIN.toSeconds()
                            + " s: what did not is read again at the next start");
        } catch (IOException e) {
            return Answer.failed(name + " is stopped, but would run again after a restart: " + e.getMessage());
        }
    }

    private Answer reset(String name) throws InterruptedException {
        find(name);
        try {
            pipelines().reset(name);
        } catch (IOException e) {
            return Answer.failed(name + " cannot start over: " + e.getMessage());
        }
        return Answer.of(List.of(name + " starts over: its source is read from the beginning"), data(find(name)));
    }

    private Answer now(String name) {
        PipelineStatus status = find(name);
        String detail = status.detail().isEmpty() ? "" : ": " + status.detail();
        return Answer.of(List.of(name + " is " + status.state() + detail), data(status));
    }
}
