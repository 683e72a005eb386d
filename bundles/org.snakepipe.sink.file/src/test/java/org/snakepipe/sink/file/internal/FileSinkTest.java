// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.testing.Configs;
import org.snakepipe.api.testing.Context;

class FileSinkTest {
    @TempDir
    Path data;

    private final OpenFiles files = new OpenFiles();

    private SinkWriter open(String path, String... types) throws IOException {
        return new FileSink(Configs.of(FileSink.Config.class, "path", path, "record.type", types), files)
                .open(Context.in(data));
    }

    private static Record record(Object n) {
        return Record.of(Map.of("n", n));
    }

    @Test
    void appendsALineOfJsonForEachRecord() throws Exception {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("text", "ä\"\n");
        all.put("none", null);
        all.put("time", Instant.EPOCH);
        all.put("span", Duration.ofSeconds(1));
        all.put("list", List.of(1, Map.of("a", true)));
        all.put("bytes", new byte[] {1, 2, 3});
        try (SinkWriter writer = open("out/a.ndjson")) {
            writer.write(List.of(Record.of(all), record(2)));
        }

        assertThat(data.resolve("out/a.ndjson"))
                .hasContent("{\"text\":\"ä\\\"\\n\",\"none\":null,\"time\":\"1970-01-01T00:00:00Z\",\"span\":\"PT1S\","
                        + "\"list\":[1,{\"a\":true}],\"bytes\":\"AQID\"}\n{\"n\":2}\n");
    }

    @Test
    void takesOnlyTheTypesItIsTold() throws Exception {
        try (SinkWriter writer = open("a", "node")) {
            writer.write(List.of(record(1), record(2).withMeta(Record.TYPE, "node")));
            writer.write(List.of(record(3)));
        }

        assertThat(data.resolve("a")).hasContent("{\"n\":2}\n");
    }

    @Test
    void cutsOffTheLineThatACrashLeftUnfinished() throws Exception {
        Files.writeString(data.resolve("a"), "{\"n\":1}\n{\"n\":");
        try (SinkWriter writer = open("a")) {
            writer.write(List.of(record(2)));
        }

        assertThat(data.resolve("a")).hasContent("{\"n\":1}\n{\"n\":2}\n");
    }

    @Test
    void cutsOffAnUnfinishedLineLongerThanOneRead() throws Exception {
        Files.writeString(data.resolve("a"), "{\"n\":1}\n{\"n\":\"" + "x".repeat(200_000));
        try (SinkWriter writer = open("a")) {
            writer.write(List.of(record(2)));
        }

        assertThat(data.resolve("a")).hasContent("{\"n\":1}\n{\"n\":2}\n");
    }

    @Test
    void doesNotTouchAFileThatIsNotItsOwn() throws Exception {
        Files.writeString(data.resolve("notes.txt"), "dear diary");

        assertThatThrownBy(() -> open("notes.txt"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("notes.txt holds something else than lines of JSON: name another file");
        assertThat(data.resolve("notes.txt")).hasContent("dear diary");
    }

    @Test
    void refusesADirectory() throws IOException {
        Files.createDirectory(data.resolve("d"));

        assertThatThrownBy(() -> open("d"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("is a directory: path must name a file");
    }

    @Test
    void refusesDeletesAndWritesTheRest() throws Exception {
        try (SinkWriter writer = open("a")) {
            assertThatThrownBy(() -> writer.write(List.of(record(1).withOp(Record.Op.DELETE), record(2))))
                    .isInstanceOf(RejectedRecords.class)
                    .hasMessageContaining("a file sink only appends");
        }

        assertThat(data.resolve("a")).hasContent("{\"n\":2}\n");
    }

    @Test
    void aReplacedWriterSharesTheFileWithItsSuccessor() throws Exception {
        SinkWriter old = open("a");
        SinkWriter successor = open("a", "node");
        old.write(List.of(record(1)));
        successor.write(List.of(record(2).withMeta(Record.TYPE, "node")));
        old.close();
        old.close();
        successor.write(List.of(record(3).withMeta(Record.TYPE, "node")));
        successor.close();

        assertThat(data.resolve("a")).hasContent("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    }

    @Test
    void beginsANewFileWhenTheOldOneIsMovedAway() throws Exception {
        try (SinkWriter writer = open("a")) {
            writer.write(List.of(record(1)));
            Files.move(data.resolve("a"), data.resolve("a.1"));
            writer.write(List.of(record(2)));
        }

        assertThat(data.resolve("a.1")).hasContent("{\"n\":1}\n");
        assertThat(data.resolve("a")).hasContent("{\"n\":2}\n");
    }

    @Test
    void anotherHolderOfTheFileIsRefused() throws Exception {
        try (SinkWriter writer = open("a")) {
            writer.write(List.of(record(1)));

            assertThatThrownBy(() -> AppendFile.open(data.resolve("a")))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("is being written by somebody else: give each writer a file of its own");
        }
    }

    @Test
    void batchesOfSeveralWorkersDoNotMix() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try (SinkWriter writer = open("a")) {
            List<Callable<Void>> jobs = new ArrayList<>();
            for (int worker = 0; worker < 8; worker++) {
                int id = worker;
                jobs.add(() -> {
                    for (int batch = 0; batch < 10; batch++) {
                        String name = id + "-" + batch;
                        writer.write(IntStream.range(0, 5)
                                .mapToObj(i -> record(name))
                                .toList());
                    }
                    return null;
                });
            }
            for (var done : workers.invokeAll(jobs)) {
                done.get();
            }
        } finally {
            workers.shutdown();
        }

        List<String> lines = Files.readAllLines(data.resolve("a"));
        assertThat(lines).hasSize(400);
        for (int i = 0; i < lines.size(); i += 5) {
            assertThat(lines.subList(i, i + 5)).containsOnly(lines.get(i));
        }
    }

    @Test
    void aFullDiskIsSaidAndLeavesNoHalfBatch() throws IOException {
        Path full = Path.of("/dev/full");
        AppendFile file = AppendFile.open(full);

        assertThatThrownBy(() -> file.append(new byte[] {'{'}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot append 1 bytes to /dev/full: ");
        file.close();
    }
}
