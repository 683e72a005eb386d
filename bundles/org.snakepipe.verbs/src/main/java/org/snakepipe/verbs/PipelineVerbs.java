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
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.control.PipelineGauges;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;

/** What is asked of pipelines, and done with them. */
final class PipelineVerbs {
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration LONG_DRAIN = Duration.ofSeconds(60);

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
                        List.of("NAME", "[--to]", "[POSITION...]"),
                        "reads the source of one from its beginning again, or from PARTITION=OFFSET on",
                        arguments -> reset(arguments.get(0), arguments.subList(1, arguments.size()))),
                new Verb(
                        "pipeline:pause",
                        name,
                        "reads nothing more until it is started; everything stays open",
                        arguments -> pause(arguments.get(0))),
                new Verb(
                        "pipeline:drain",
                        name,
                        "reads nothing more, and stops once everything has arrived, however long it takes",
                        arguments -> drain(arguments.get(0))));
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
                    remarks(status));
            data.add(data(status));
        }
        return Answer.of(data.isEmpty() ? List.of("no pipeline is configured") : table.lines(), data);
    }

    /** Why it is as it is, and which of its best-effort sinks do not keep up. */
    static String remarks(PipelineStatus status) {
        List<String> remarks = new ArrayList<>();
        if (!status.detail().isEmpty()) {
            remarks.add(status.detail());
        }
        status.bestEffort().stream()
                .filter(sink -> sink.breaker() != BestEffortSink.Breaker.CLOSED)
                .forEach(sink -> remarks.add("best effort " + sink.id() + " is " + word(sink.breaker()) + ", "
                        + sink.spooled() + " waiting"));
        return String.join("; ", remarks);
    }

    private static String word(BestEffortSink.Breaker breaker) {
        return breaker.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
                .orElseThrow(() -> new UnknownNameException("there is no pipeline '" + name + "' (there are: "
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
        PipelineGauges gauges = status.gauges();
        lines.add("  on its way  " + gauges.bytesInFlight() + " bytes, the oldest for "
                + gauges.lag().toMillis() + " ms; last checkpoint "
                + gauges.lastCheckpoint().map(PipelineVerbs::time).orElse("none in this run"));
        lines.add("  ordering    " + status.ordering());
        status.bestEffort().forEach(sink -> lines.addAll(bestEffort(sink)));
        if (gauges.quarantined() > 0) {
            lines.add("  quarantine  " + gauges.quarantined() + " records: see quarantine list " + status.name());
        }
        gauges.nextTry().ifPresent(time -> lines.add("  next try    " + time(time)));
        if (!status.lastError().isEmpty()) {
            lines.add("  last error  " + status.lastError());
        }
        return Answer.of(lines, data(status));
    }

    private static List<String> bestEffort(BestEffortSink sink) {
        List<String> lines = new ArrayList<>();
        lines.add("  best effort " + sink.id() + " is " + word(sink.breaker()) + " since " + time(sink.since()) + ": "
                + sink.written()
                + " written, " + sink.spooled() + " waiting (" + sink.bytes() + " bytes on disk), " + sink.rejected()
                + " rejected, " + sink.dropped() + " dropped");
        sink.oldest().ifPresent(time -> lines.add("    the oldest has waited since " + time(time)));
        if (!sink.lastError().isEmpty()) {
            lines.add("    " + sink.lastError()
                    + sink.nextTry().map(time -> "; next try " + time(time)).orElse(""));
        }
        return lines;
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
        data.put("ordering", status.ordering());
        data.put("total", status.total());
        data.put("recent", status.recent());
        data.put("written", status.written());
        data.put("rejected", status.rejected());
        data.put("inFlight", status.inFlight());
        data.put("perSecond", status.perSecond());
        data.put("lastError", status.lastError());
        data.put("bytesInFlight", status.gauges().bytesInFlight());
        data.put("lagMs", status.gauges().lag().toMillis());
        status.gauges().lastCheckpoint().ifPresent(time -> data.put("lastCheckpoint", time.toString()));
        status.gauges().nextTry().ifPresent(time -> data.put("nextTry", time.toString()));
        data.put("quarantined", status.gauges().quarantined());
        data.put(
                "bestEffort",
                status.bestEffort().stream().map(PipelineVerbs::data).toList());
        return data;
    }

    private static Map<String, Object> data(BestEffortSink sink) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", sink.id());
        data.put("breaker", sink.breaker().name());
        data.put("since", sink.since().toString());
        data.put("spooled", sink.spooled());
        data.put("bytes", sink.bytes());
        sink.oldest().ifPresent(time -> data.put("oldest", time.toString()));
        data.put("written", sink.written());
        data.put("rejected", sink.rejected());
        data.put("dropped", sink.dropped());
        sink.nextTry().ifPresent(time -> data.put("nextTry", time.toString()));
        data.put("lastError", sink.lastError());
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
            boolean drained = pipelines().stop(name, DRAIN, user());
            return drained
                    ? now(name)
                    : Answer.failed(name + " is stopped, but not everything arrived within " + DRAIN.toSeconds()
                            + " s: what did not is read again at the next start");
        } catch (IOException e) {
            return Answer.failed(name + " is stopped, but would run again after a restart: " + e.getMessage());
        }
    }

    private Answer pause(String name) throws InterruptedException {
        find(name);
        try {
            pipelines().pause(name, user());
            return now(name);
        } catch (IOException e) {
            return Answer.failed(name + " is paused, but would read on after a restart: " + e.getMessage());
        }
    }

    /** Who may reach the socket is who runs the process. */
    private static String user() {
        return System.getProperty("user.name", "");
    }

    private Answer drain(String name) throws InterruptedException {
        find(name);
        try {
            return pipelines().drain(name, LONG_DRAIN, user())
                    ? now(name)
                    : Answer.failed(name + " reads nothing more, but not everything has arrived within "
                            + LONG_DRAIN.toSeconds() + " s: it goes on arriving; drain again to wait for it");
        } catch (IOException e) {
            return Answer.failed(name + " is stopped, but would run again after a restart: " + e.getMessage());
        }
    }

    /** {@code --to start}, or {@code --to PARTITION=OFFSET...}: a partition may hold an equals sign, an offset may not. */
    private static Map<String, String> position(List<String> words) {
        Map<String, String> position = new LinkedHashMap<>();
        List<String> places = words.isEmpty() ? List.of("start") : words.subList(1, words.size());
        if (!words.isEmpty() && (!words.get(0).equals("--to") || places.isEmpty())) {
            throw new IllegalArgumentException("usage: pipeline:reset NAME [--to start | --to PARTITION=OFFSET...]");
        }
        for (String place : places) {
            int equals = place.lastIndexOf('=');
            if (equals > 0) {
                position.put(place.substring(0, equals), place.substring(equals + 1));
            } else if (!place.equals("start") || places.size() > 1) {
                throw new IllegalArgumentException(
                        "position = " + place + " (allowed: start, or PARTITION=OFFSET for each partition)");
            }
        }
        return position;
    }

    private Answer reset(String name, List<String> words) throws InterruptedException {
        find(name);
        Map<String, String> to = position(words);
        try {
            pipelines().reset(name, to);
        } catch (IOException e) {
            return Answer.failed(name + " cannot start over: " + e.getMessage());
        }
        PipelineStatus status = find(name);
        String when =
                status.state() == PipelineState.STOPPED ? " starts over as soon as it is started" : " starts over";
        String from = to.isEmpty() ? "the beginning" : to.toString();
        return Answer.of(List.of(name + when + ": its source is read from " + from), data(status));
    }

    private Answer now(String name) {
        PipelineStatus status = find(name);
        String detail = status.detail().isEmpty() ? "" : ": " + status.detail();
        return Answer.of(List.of(name + " is " + status.state() + detail), data(status));
    }
}
