// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.api.testing.Configs;
import org.snakepipe.api.testing.Context;

class FileSourceTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    private Path data;

    private Position position = Position.START;
    private final List<Record> records = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();

    private SourceReader open(Object... settings) throws IOException, InterruptedException {
        Object[] all = Stream.of(new Object[] {"directory", "in"}, settings)
                .flatMap(Stream::of)
                .toArray();
        return new FileSource(Configs.of(FileSource.Config.class, all)).open(Context.in(data), position);
    }

    /** A file that nobody is writing any more. */
    private Path file(String name, String content) throws IOException {
        Path file = data.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, LONG_AGO);
    }

    /** Reads a source that does not watch to its end, as from a fresh start with what was remembered. */
    private void readAll(int max, Object... settings) throws Exception {
        records.clear();
        rejections.clear();
        Object[] all = Stream.of(settings, new Object[] {"watch", false})
                .flatMap(Stream::of)
                .toArray();
        try (SourceReader reader = open(all)) {
            Polled polled = poll(reader, max);
            while (!polled.isEnd()) {
                polled = poll(reader, max);
            }
        }
    }

    private Polled poll(SourceReader reader, int max) throws Exception {
        Polled polled = reader.poll(max, Duration.ofMillis(50));
        records.addAll(polled.records());
        rejections.addAll(polled.rejections());
        position = position.plus(polled.progress());
        assertThat(polled.records().size() + polled.rejections().size()).isLessThanOrEqualTo(max);
        return polled;
    }

    private List<Object> values(String field) {
        return records.stream().map(record -> record.value().get(field)).toList();
    }

    private List<String> reasons() {
        return rejections.stream().map(Rejection::reason).toList();
    }

    @Test
    void readsDocumentsInTheOrderOfTheirPaths() throws Exception {
        file("b.json", "{\"n\":2}");
        file("a/z.json", "[{\"n\":0},{\"n\":1}]");
        file("c.txt", "{\"n\":9}");
        file(".hidden.json", "{\"n\":9}");
        file("x.json.part", "{\"n\":9}");

        readAll(1, "pattern", "**.json", "record.type", "doc");

        assertThat(values("n")).containsExactly(0, 1, 2);
        assertThat(records).extracting(Record::type).containsOnly("doc");
        assertThat(records.get(2).key()).contains("b.json");
        assertThat(records.get(2).meta()).containsEntry("file", "b.json");
        assertThat(records.get(2).raw().orElseThrow()).asString().isEqualTo("{\"n\":2}");

        readAll(10, "pattern", "**.json");
        assertThat(records).as("all is read").isEmpty();

        file("b.json", "{\"n\":3,\"m\":0}");
        readAll(10, "pattern", "**.json");
        assertThat(values("n")).as("a changed document is read again").containsExactly(3);
    }

    @Test
    void tellsPositionsFromNonsense() throws Exception {
        file("b.json", "{\"n\":2}");
        readAll(1);
        Source source = new FileSource(Configs.of(FileSource.Config.class, "directory", "in"));

        assertThat(source.mistakes(position)).isEmpty();
        assertThat(source.mistakes(Position.of(Map.of("b.json", "99999999999999999999:1:1:1:1:1"))))
                .hasSize(1);
        assertThat(source.mistakes(Position.of(Map.of("a.json", "12", "b.json", "half"))))
                .satisfiesExactly(
                        text -> assertThat(text)
                                .isEqualTo("a.json=12 is no place in a file (allowed: INODE:SIZE:CHANGED:BYTES:RECORDS:"
                                        + "MARK, as the checkpoint of the pipeline shows it; a file that is left out is"
                                        + " read from its beginning)"),
                        text -> assertThat(text).startsWith("b.json=half is no place"));
    }

    @Test
    void endsOnlyWhenItDoesNotWatchAndTellsWhatIsLeft() throws Exception {
        assertThat(new FileSource(Configs.of(FileSource.Config.class, "directory", "in")).isBounded())
                .isFalse();
        assertThat(new FileSource(Configs.of(FileSource.Config.class, "directory", "in", "watch", false)).isBounded())
                .isTrue();

        file("a.ndjson", "{\"n\":1}\n{\"n\":2}\n");
        file("b.ndjson", "{\"n\":3}\n");
        try (SourceReader reader = open("format", "ndjson", "watch", false)) {
            poll(reader, 1);
            assertThat(reader.remaining())
                    .as("a line of one file, and another file")
                    .hasValue(16);
            poll(reader, 10);
            assertThat(reader.remaining()).hasValue(0);
        }
    }

    @Test
    void rejectsWhatIsNoDocument() throws Exception {
        file("a.json", "{\"n\":");
        file("b.json", "[1,{\"n\":1},null]");
        file("c.json", "");
        file("d.json", "\"text\"");
        file("e.json", "{\"n\":2}");

        readAll(100, "max.document.bytes", 1024L);

        assertThat(values("n")).containsExactly(1, 2);
        assertThat(reasons())
                .hasSize(5)
                .anyMatch(reason -> reason.startsWith("a.json: is no JSON: line 1, column "))
                .anyMatch(reason -> reason.equals("b.json: element 1 is no object"))
                .anyMatch(reason -> reason.equals("b.json: element 3 is no object"))
                .anyMatch(reason -> reason.equals("d.json: element 1 is no object"))
                .anyMatch(reason -> reason.startsWith("c.json: is no JSON: "));
    }

    /** Jackson's own limit is lower. */
    @Test
    void readsATextAsLargeAsADocumentMayBe() throws Exception {
        String text = "x".repeat(21_000_000);
        file("a.json", "{\"text\":\"" + text + "\"}");
        file("b.json", "[{\"text\":\"" + text + "\"}]");

        readAll(10, "max.document.bytes", 32L << 20);

        assertThat(reasons()).isEmpty();
        assertThat(values("text")).containsExactly(text, text);
    }

    @Test
    void rejectsWhatIsTooLarge() throws Exception {
        file("a.json", "{\"text\":\"" + "x".repeat(2000) + "\"}");
        readAll(10, "max.document.bytes", 1024L);

        assertThat(reasons()).containsExactly("a.json: has 2011 bytes (allowed: at most 1024, see max.document.bytes)");

        file("a.ndjson", "{\"n\":1}\n" + "y".repeat(5000) + "\n{\"n\":2}\n");
        readAll(10, "max.document.bytes", 1024L, "format", "ndjson", "pattern", "*.ndjson");
        assertThat(values("n")).containsExactly(1, 2);
        assertThat(reasons())
                .containsExactly("a.ndjson:2: has 5000 bytes (allowed: at most 1024, see max.document.bytes)");
    }

    @Test
    void readsLinesAndGoesOnWhereItStopped() throws Exception {
        Path file = file("a.ndjson", "{\"n\":0}\n\n  \n{\"n\":1}\r\nnonsense\n[]\n{\"n\":2}\n");

        readAll(2, "format", "ndjson");

        assertThat(values("n")).containsExactly(0, 1, 2);
        assertThat(records.get(1).meta()).containsEntry("line", "4");
        assertThat(records.get(0).key()).isEmpty();
        assertThat(reasons()).hasSize(2).anyMatch(reason -> reason.startsWith("a.ndjson:5: is no JSON: column "));
        assertThat(reasons()).contains("a.ndjson:6: is no object");

        Files.writeString(file, "{\"n\":3}\n{\"n\":4}", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, LONG_AGO);
        readAll(100, "format", "ndjson");
        assertThat(values("n"))
                .as("a last line without an end, of a file that rests")
                .containsExactly(3, 4);
        assertThat(records.get(0).meta()).containsEntry("line", "8");
    }

    @Test
    void readsAFileAnewThatWasReplacedByAShorterOne() throws Exception {
        file("a.ndjson", "{\"n\":0}\n{\"n\":1}\n");
        readAll(100, "format", "ndjson");

        file("a.ndjson", "{\"n\":7}\n");
        readAll(100, "format", "ndjson");

        assertThat(values("n")).containsExactly(7);
    }

    @Test
    void takesTheKeyFromAField() throws Exception {
        file("a.ndjson", "{\"at\":{\"id\":17}}\n{\"at\":3}\n");

        readAll(100, "format", "ndjson", "key.field", "at.id");

        assertThat(records.get(0).key()).contains("17");
        assertThat(records.get(1).key()).isEmpty();
    }

    @Test
    void readsRowsAndGoesOnWhereItStopped() throws Exception {
        Path file = file("a.csv", "\uFEFFid;name\n1;\"a;\"\"b\"\nonly\n2;\"two\nlines\"\n\n3;c;more\n");

        readAll(2, "format", "csv", "delimiter", ";", "key.field", "id");

        assertThat(values("id")).containsExactly("1", "2");
        assertThat(values("name")).containsExactly("a;\"b", "two\nlines");
        assertThat(records.get(1).key()).contains("2");
        assertThat(reasons())
                .containsExactly(
                        "a.csv:3: has 1 fields (allowed: 2, as the header)",
                        "a.csv:7: has 3 fields (allowed: 2, as the header)");

        Files.writeString(file, "4;d\n", StandardOpenOption.APPEND);
        readAll(100, "format", "csv", "delimiter", ";", "key.field", "id");
        assertThat(values("id")).containsExactly("4");
    }

    @Test
    void rejectsOnlyTheRowThatIsNotUtf8() throws Exception {
        Path file = file("a.csv", "id\n1\n");
        Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28, '\n', '3', '\n'}, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, LONG_AGO);

        readAll(100, "format", "csv");

        assertThat(values("id")).containsExactly("1", "3");
        assertThat(reasons()).containsExactly("a.csv:3: is not UTF-8");
        assertThat(rejections.get(0).record().raw()).contains(new byte[] {(byte) 0xC3, (byte) 0x28});
    }

    @Test
    void goesOnInTheMiddleOfAFileThatItWasStoppedIn() throws Exception {
        for (String format : List.of("csv", "ndjson")) {
            boolean csv = format.equals("csv");
            position = Position.START;
            file("a.txt", csv ? "n\n1\n2\n3\n" : "{\"n\":\"1\"}\n{\"n\":\"2\"}\n{\"n\":\"3\"}\n");
            Files.setLastModifiedTime(data.resolve("in/a.txt"), FileTime.from(Instant.now()));
            try (SourceReader reader = open("format", format)) {
                assertThat(poll(reader, 2).records()).as(format).hasSize(2);
            }

            readAll(100, "format", format);

            assertThat(values("n")).as(format).containsExactly("3");
        }
    }

    @Test
    void waitsForTheRestOfARowThatIsBeingWritten() throws Exception {
        Path file = file("a.csv", "id,name\n1,hel");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        try (SourceReader reader = open("format", "csv")) {
            assertThat(poll(reader, 10).records()).isEmpty();

            Files.writeString(file, "lo\n2,\"a\nb\"\n", StandardOpenOption.APPEND);
            await(reader, 2);
        }
        assertThat(values("name")).containsExactly("hello", "a\nb");
    }

    @Test
    void readsAFileAnewThatWasWrittenOver() throws Exception {
        for (String format : List.of("csv", "ndjson")) {
            boolean csv = format.equals("csv");
            position = Position.START;
            file("a.txt", csv ? "n\n1\n2\n" : "{\"n\":\"1\"}\n{\"n\":\"2\"}\n");
            readAll(100, "format", format);

            file("a.txt", csv ? "n\n7\n8\n9\n" : "{\"n\":\"7\"}\n{\"n\":\"8\"}\n{\"n\":\"9\"}\n");
            readAll(100, "format", format);

            assertThat(values("n")).as(format).containsExactly("7", "8", "9");
        }
    }

    @Test
    void rejectsAFileWhoseHeaderNamesNoFields() throws Exception {
        file("a.csv", "id,id\n1,2\n");
        file("b.csv", "id,\n1,2\n");
        file("c.csv", "");
        file("d.csv", "\u00ff\n");
        Files.write(data.resolve("in/d.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'i', 0, '\n', 0});
        Files.setLastModifiedTime(data.resolve("in/d.csv"), LONG_AGO);

        readAll(100, "format", "csv");

        assertThat(records).isEmpty();
        assertThat(reasons())
                .containsExactly(
                        "a.csv:1: the header has two fields 'id'; nothing of the file is read",
                        "b.csv:1: the header has a field without a name: [id, ]; nothing of the file is read",
                        "d.csv:1: the header is not UTF-8; nothing of the file is read");
    }

    @Test
    void rejectsWhatAQuoteThatIsNeverClosedSwallows() throws Exception {
        file("a.csv", "id,name\n1,5\" pipe\n2,\"open\n3,x\n");

        readAll(100, "format", "csv");

        assertThat(values("name")).containsExactly("5\" pipe");
        assertThat(reasons()).containsExactly("a.csv:3: has a quote that is never closed; what follows belongs to it");
    }

    @Test
    void rejectsJsonThatGoesOnAfterItsDocument() throws Exception {
        file("a.json", "{\"n\":1}\n{\"n\":2}\n");
        file("b.json", "[{\"n\":3}] x");
        file("c.ndjson", "{\"n\":4} {\"n\":5}\n");

        readAll(100, "pattern", "*.json");
        assertThat(records).isEmpty();
        assertThat(reasons()).hasSize(2).allMatch(reason -> reason.contains(".json: is no JSON: line "));
        assertThat(reasons().get(0))
                .endsWith("more follows after the document; format = ndjson reads a document per line");

        readAll(100, "format", "ndjson", "pattern", "*.ndjson");
        assertThat(records).isEmpty();
        assertThat(reasons()).singleElement().asString().startsWith("c.ndjson:1: is no JSON: column ");
    }

    @Test
    void gathersOnlyWhatFitsIntoMemory() throws Exception {
        String line = "{\"text\":\"" + "x".repeat(1_000_000) + "\"}\n";
        file("a.ndjson", line.repeat(10));
        try (SourceReader reader = open("format", "ndjson")) {
            assertThat(poll(reader, 10_000).records()).hasSizeLessThan(5);
            await(reader, 10);
        }

        file("list/a.json", "[" + "{\"n\":1},".repeat(100_000) + "{}]");
        try (SourceReader reader = open("pattern", "list/*.json")) {
            assertThat(poll(reader, 1_000_000).records()).hasSizeLessThan(50_000);
        }
    }

    @Test
    void readsADirectoryThatIsALink() throws Exception {
        Path real = Files.createDirectories(data.resolve("real"));
        Files.writeString(real.resolve("a.json"), "{\"n\":1}");
        Files.createSymbolicLink(data.resolve("link"), real);

        readAll(10, "directory", "link");

        assertThat(values("n")).containsExactly(1);
    }

    @Test
    void splitsAtTabs() throws Exception {
        file("a.tsv", "a\tb\n1\t2\n");

        readAll(100, "format", "csv", "delimiter", "\\t");

        assertThat(values("b")).containsExactly("2");
    }

    @Test
    void forgetsFilesThatAreGone() throws Exception {
        Path file = file("a.json", "{\"n\":1}");
        readAll(10);
        assertThat(position.offsets()).containsOnlyKeys("a.json");

        Files.delete(file);
        readAll(10);

        assertThat(position.offsets().getOrDefault("a.json", "")).isEmpty();
    }

    @Test
    void waitsForNewFiles() throws Exception {
        try (SourceReader reader = open("format", "ndjson")) {
            assertThat(poll(reader, 10).records()).isEmpty();

            file("sub/a.ndjson", "{\"n\":1}\n");
            await(reader, 1);
            file("sub/b.ndjson", "{\"n\":2}\n");
            await(reader, 2);
            Files.writeString(data.resolve("in/sub/a.ndjson"), "{\"n\":3}\n", StandardOpenOption.APPEND);
            await(reader, 3);
        }
        assertThat(values("n")).containsExactly(1, 2, 3);
    }

    private void await(SourceReader reader, int count) throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        while (records.size() < count) {
            assertThat(System.nanoTime()).isLessThan(end);
            poll(reader, 10);
        }
    }

    @Test
    void makesADirectoryBelowTheDataDirectoryOnly() throws Exception {
        open().close();
        assertThat(data.resolve("in")).isDirectory();

        Path elsewhere = data.resolve("not/there");
        assertThatThrownBy(() -> open("directory", elsewhere.toString()))
                .isInstanceOf(IOException.class)
                .hasMessage("the directory " + elsewhere + " is not there: make it, or change directory");
    }

    @Test
    void refusesSettingsThatCannotBeUnderstood() {
        assertThatThrownBy(() -> open("pattern", "{a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern = {a is no glob");
        assertThatThrownBy(() -> open("delimiter", "ab"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "delimiter = ab is not one character of ASCII (allowed: one that is no quote, or \\t)");
    }

    @Test
    void readsAnewWhatItRememberedInAnotherWay() throws Exception {
        file("a.json", "{\"n\":1}");
        position = Position.of(java.util.Map.of("a.json", "whatever"));

        readAll(10);

        assertThat(values("n")).containsExactly(1);
    }
}
