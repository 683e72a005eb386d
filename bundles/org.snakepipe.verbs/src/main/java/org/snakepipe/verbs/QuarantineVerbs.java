// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.QuarantinedRecord;

/** What is asked of rejected records, and done with them. */
final class QuarantineVerbs {
    private static final Duration REPLAY = Duration.ofSeconds(60);

    private static final List<String> ALL = List.of("all");

    private final Services services;

    QuarantineVerbs(Services services) {
        this.services = services;
    }

    /** What reads or writes the disk. */
    private interface Doing {
        Answer run() throws IOException, InterruptedException;
    }

    List<Verb> all() {
        return List.of(
                new Verb(
                        "quarantine:list",
                        List.of("NAME"),
                        "the rejected records that a pipeline keeps",
                        arguments -> answer(() -> list(arguments.get(0)))),
                new Verb(
                        "quarantine:show",
                        List.of("NAME", "ID"),
                        "one of them, with its content",
                        arguments -> answer(() -> show(arguments.get(0), arguments.get(1)))),
                new Verb(
                        "quarantine:replay",
                        List.of("NAME", "[all|ID...]"),
                        "sends them through the part that rejected them again: some, or all",
                        arguments -> answer(() -> replay(arguments.get(0), arguments.subList(1, arguments.size())))),
                new Verb(
                        "quarantine:remove",
                        List.of("NAME", "ID|all", "[ID...]"),
                        "removes some of them for good, or all",
                        arguments -> answer(() -> remove(arguments.get(0), arguments.subList(1, arguments.size())))));
    }

    private Pipelines pipelines() {
        return services.pipelines()
                .orElseThrow(() -> new IllegalStateException("the engine is not there at the moment"));
    }

    private static Answer answer(Doing doing) throws InterruptedException {
        try {
            return doing.run();
        } catch (IOException e) {
            return Answer.failed(e.getMessage());
        }
    }

    /** What cannot be read comes last, where somebody looks who waits at a terminal. */
    private Answer list(String name) throws IOException {
        TextTable table = new TextTable("ID", "TIME", "REJECTED BY", "KEY", "REASON");
        List<Object> data = new ArrayList<>();
        List<String> damaged = pipelines().quarantine(name, List.of(), record -> {
            table.row(record.id(), PipelineVerbs.time(record.time()), record.by(), record.key(), record.reason());
            data.add(data(record));
        });
        List<String> lines = new ArrayList<>(data.isEmpty() ? List.of() : table.lines());
        if (data.isEmpty() && damaged.isEmpty()) {
            lines.add("the quarantine of " + name + " is empty");
        }
        lines.addAll(damaged);
        damaged.forEach(sentence -> data.add(Map.of("damaged", sentence)));
        return Answer.of(lines, data);
    }

    private Answer show(String name, String id) throws IOException {
        List<QuarantinedRecord> found = new ArrayList<>();
        List<String> damaged = pipelines().quarantine(name, List.of(id), found::add);
        if (!damaged.isEmpty()) {
            return Answer.failed(String.join("; ", damaged));
        }
        QuarantinedRecord record = found.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no record " + id + " in the quarantine of "
                        + name + ": see quarantine list " + name));
        Map<String, Object> data = data(record);
        data.put("content", record.content());
        return Answer.of(
                List.of(
                        record.id() + " was rejected by " + record.by() + " at " + PipelineVerbs.time(record.time()),
                        "  reason   " + record.reason(),
                        "  key      " + record.key(),
                        "  meta     " + record.meta(),
                        "  content  " + record.content()),
                data);
    }

    private Answer replay(String name, List<String> words) throws IOException, InterruptedException {
        List<String> ids = words.equals(ALL) ? List.of() : words;
        Left before = left(name);
        int all = ids.isEmpty() ? before.count() : ids.size();
        int through = pipelines().replay(name, ids, REPLAY);
        Left left = left(name);
        int again = left.count() - (before.count() - through);
        String line = through + " of " + all + " replayed; " + left.count() + " in the quarantine of " + name
                + (again > 0 ? ", " + again + " of them rejected again or meanwhile" : "");
        Map<String, Object> data = new LinkedHashMap<>(Map.of("replayed", through, "left", left.count()));
        List<String> lines = new ArrayList<>(List.of(line));
        if (ids.isEmpty() && before.unread() > 0) {
            lines.add(before.unread() + " could not be read by the source, and cannot be replayed");
        }
        if (!left.damaged().isEmpty()) {
            lines.addAll(left.damaged());
            data.put("damaged", left.damaged());
        }
        return through == 0 && all > 0
                ? Answer.failed(String.join("; ", lines) + ": see pipeline show " + name)
                : Answer.of(lines, data);
    }

    /** What is there. @param count of what can be read @param unread of these, by the source @param damaged what cannot */
    private record Left(int count, int unread, List<String> damaged) {}

    private Left left(String name) throws IOException {
        String source = pipelines().show(name).map(PipelineStatus::source).orElse("");
        AtomicInteger count = new AtomicInteger();
        AtomicInteger unread = new AtomicInteger();
        List<String> damaged = pipelines().quarantine(name, List.of(), record -> {
            count.incrementAndGet();
            unread.addAndGet(record.by().equals(source) ? 1 : 0);
        });
        return new Left(count.get(), unread.get(), damaged);
    }

    private Answer remove(String name, List<String> ids) throws IOException {
        boolean all = ids.equals(ALL);
        long gone = all ? pipelines().discardAll(name) : pipelines().discard(name, ids);
        return Answer.of(
                List.of(gone + (gone == 1 ? " record" : " records") + " removed from the quarantine of " + name),
                Map.of("removed", gone));
    }

    private static Map<String, Object> data(QuarantinedRecord record) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", record.id());
        data.put("time", record.time().toString());
        data.put("by", record.by());
        data.put("reason", record.reason());
        data.put("key", record.key());
        data.put("meta", record.meta());
        return data;
    }
}
