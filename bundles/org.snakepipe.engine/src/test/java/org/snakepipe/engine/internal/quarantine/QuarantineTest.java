// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.engine.internal.quarantine.Quarantine.Reject;

class QuarantineTest {
    private static final ConfigId SINK = ConfigId.parse("snakepipe.sink.x~a");
    private static final long MUCH = 1 << 20;

    @TempDir
    private Path data;

    private Quarantine quarantine() {
        return new Quarantine(data.resolve("demo"));
    }

    private static Reject reject(Record record) {
        return new Reject(SINK, new Rejection(record, "too large"));
    }

    @Test
    void givesBackWhatItKeptWithEveryType() throws IOException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("null", null);
        value.put("boolean", true);
        value.put("int", 1);
        value.put("long", Long.MAX_VALUE);
        value.put("double", 0.1);
        value.put("big", BigInteger.TEN.pow(30));
        value.put("decimal", new BigDecimal("1.500"));
        value.put("text", "ä\u0000𝄞".repeat(30_000));
        value.put("instant", Instant.parse("2026-01-02T03:04:05.000000006Z"));
        value.put("date", LocalDate.of(2026, 1, 2));
        value.put("time", LocalTime.of(3, 4));
        value.put("local", LocalDateTime.of(2026, 1, 2, 3, 4));
        value.put("offset", OffsetDateTime.parse("2026-01-02T03:04:05+02:00"));
        value.put("zoned", ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]"));
        value.put("duration", Duration.ofMillis(5));
        value.put("list", List.of(1, List.of("a"), Map.of("deep", 2L)));
        Record record = Record.of(value)
                .withKey("k")
                .withOp(Record.Op.DELETE)
                .withMeta("file", "a")
                .withRaw(new byte[] {1, -1});

        quarantine().keep(List.of(reject(record), reject(Record.of(Map.of("b", new byte[] {7})))), MUCH);

        List<Quarantined> all = all(quarantine());
        assertThat(all).extracting(Quarantined::id).containsExactly("1.1", "1.2");
        Quarantined first = all.get(0);
        assertThat(first.by()).isEqualTo(SINK);
        assertThat(first.reason()).isEqualTo("too large");
        assertThat(first.record().value()).isEqualTo(value);
        assertThat(List.copyOf(first.record().value().keySet())).isEqualTo(List.copyOf(value.keySet()));
        assertThat(first.record().key()).contains("k");
        assertThat(first.record().op()).isEqualTo(Record.Op.DELETE);
        assertThat(first.record().meta()).containsEntry("file", "a");
        assertThat(first.record().raw()).hasValue(new byte[] {1, -1});
        assertThat((byte[]) all.get(1).record().value().get("b")).containsExactly(7);
        assertThat(all.get(1).record().raw()).isEmpty();
    }

    @Test
    void keepsATypeItDoesNotKnowAsText() throws IOException {
        quarantine().keep(List.of(reject(Record.of(Map.of("path", Path.of("/a"))))), MUCH);

        assertThat(all(quarantine()).get(0).record().value()).containsEntry("path", "/a");
    }

    @Test
    void forgetsSomeAndKeepsTheNamesOfTheOthers() throws IOException {
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1)), reject(number(2)), reject(number(3))), MUCH);
        quarantine.keep(List.of(reject(number(4))), MUCH);

        quarantine.remove(List.of("1.2", "2.1", "9.9"));

        assertThat(quarantine.count()).isEqualTo(2);
        assertThat(all(quarantine())).extracting(Quarantined::id).containsExactly("1.1", "1.3");
        quarantine.keep(List.of(reject(number(5))), MUCH);
        assertThat(quarantine().count()).isEqualTo(3);
        assertThat(all(quarantine()).get(2).record().value()).containsEntry("n", 5);
    }

    @Test
    void refusesMoreThanItMayHold() throws IOException {
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1))), 1_000);

        assertThatThrownBy(() -> quarantine.keep(List.of(reject(Record.of(Map.of("t", "x".repeat(1_000))))), 1_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is full: ")
                .hasMessageContaining("of 1000 bytes (quarantine.bytes); replay or remove records, or raise it");
        assertThat(quarantine.count()).isEqualTo(1);

        // By hand, as somebody does whose disk is full.
        Files.delete(data.resolve("demo/000000000001.rejected"));
        quarantine.keep(List.of(reject(Record.of(Map.of("t", "x".repeat(880))))), 1_000);
        assertThat(quarantine.count()).isEqualTo(1);
    }

    @Test
    void saysWhichFileIsDamaged() throws IOException {
        quarantine().keep(List.of(reject(number(1))), MUCH);
        Path file = data.resolve("demo/000000000001.rejected");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        try (QuarantineReader reader = quarantine().read(List.of())) {
            assertThat(reader.next()).isEmpty();
            assertThat(reader.damaged())
                    .containsExactly("the quarantined record 1.1 in " + file + " cannot be read: it is damaged");
        }
        assertThat(quarantine().count()).isEqualTo(1);
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(2))), MUCH);
        assertThat(quarantine.count()).as("it keeps nobody else out").isEqualTo(2);
    }

    @Test
    void saysWhenItCannotWrite() throws IOException {
        Files.writeString(data.resolve("demo"), "a file where the directory should be");

        assertThatThrownBy(() -> quarantine().keep(List.of(reject(number(1))), MUCH))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("make room in the data directory");
    }

    @Test
    void readsTheOthersWhenOneIsDamaged() throws IOException {
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1)), reject(number(2)), reject(number(3))), MUCH);
        quarantine.keep(List.of(reject(number(4))), MUCH);
        quarantine.keep(List.of(reject(number(5))), MUCH);
        damage("000000000001.rejected", -1);
        damage("000000000002.rejected", 13);

        try (QuarantineReader reader = quarantine.read(List.of())) {
            assertThat(rest(reader)).extracting(Quarantined::id).containsExactly("1.1", "1.2", "3.1");
            assertThat(reader.damaged()).hasSize(2);
            assertThat(reader.damaged().get(0)).contains("record 1.3 in ", "000000000001.rejected", "it is damaged");
            assertThat(reader.damaged().get(1))
                    .contains("000000000002.rejected", "quarantine remove with the id 2 removes all of it");
        }
        assertThat(quarantine.remove(List.of("2", "1.3", "3.1"))).isEqualTo(3);
        assertThat(all(quarantine)).extracting(Quarantined::id).containsExactly("1.1", "1.2");
    }

    /** @param at from the beginning, or, when negative, from the end */
    private void damage(String name, int at) throws IOException {
        Path file = data.resolve("demo").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at < 0 ? bytes.length + at : at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void remembersWhatWasRemovedAndNeverUsesANumberAgain() throws IOException {
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1)), reject(number(2))), MUCH);
        quarantine.keep(List.of(reject(number(3)), reject(number(4))), MUCH);
        quarantine.remove(List.of("1.1", "2.1"));
        assertThat(quarantine().count()).isEqualTo(2);
        quarantine.remove(List.of("1.2", "2.2"));
        assertThat(all(quarantine())).isEmpty();

        Quarantine next = quarantine();
        next.keep(List.of(reject(number(5))), MUCH);
        assertThat(all(next)).extracting(Quarantined::id).containsExactly("3.1");
        assertThat(next.missing(List.of("3.1", "1.1"), false)).contains("1.1");
        assertThat(next.removeAll()).isEqualTo(1);
        assertThat(quarantine().count()).isZero();
    }

    /** Of a file it needs what is left of it, as soon as the room is needed. */
    @Test
    void usesTheRoomOfWhatWasRemoved() throws IOException {
        Quarantine quarantine = quarantine();
        List<Reject> large = List.of(
                reject(Record.of(Map.of("t", "x".repeat(400)))), reject(Record.of(Map.of("t", "y".repeat(400)))));
        quarantine.keep(large, 1_100);
        quarantine.remove(List.of("1.1"));

        quarantine.keep(List.of(reject(Record.of(Map.of("t", "z".repeat(400))))), 1_100);

        assertThat(all(quarantine)).extracting(Quarantined::id).containsExactly("1.2", "2.1");
        assertThat(all(quarantine())).extracting(Quarantined::id).containsExactly("1.2", "2.1");
        assertThat(quarantine().count()).isEqualTo(2);
    }

    @Test
    void putsRecordsInThePlaceOfOthersWhereThereIsNoRoomBeside() throws IOException {
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1)), reject(number(2))), MUCH);
        long bytes = Files.size(data.resolve("demo/000000000001.rejected"));

        for (int turn = 1; turn < 4; turn++) {
            quarantine.replace(List.of(turn + ".1", turn + ".2"), List.of(reject(number(1)), reject(number(2))), bytes);
        }
        quarantine.replace(List.of("4.1"), List.of(reject(number(7))), bytes);
        assertThat(all(quarantine())).extracting(Quarantined::id).containsExactly("4.2", "5.1");
        assertThatThrownBy(() -> quarantine.replace(
                        List.of("4.2"), List.of(reject(Record.of(Map.of("t", "x".repeat(500))))), bytes))
                .hasMessageContaining("is full");
        assertThat(quarantine.count()).isEqualTo(2);
    }

    /** A log that ends in the middle of what was written when the process was killed. */
    @Test
    void hasNotRemovedWhatItDidNotFinishToRemove() throws IOException {
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1)), reject(number(2)), reject(number(3))), MUCH);
        quarantine.remove(List.of("1.1"));
        quarantine.remove(List.of("1.2"));
        Path log = data.resolve("demo/removed");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - 3));

        Quarantine next = quarantine();
        assertThat(all(next)).extracting(Quarantined::id).containsExactly("1.2", "1.3");
        next.remove(List.of("1.3"));
        assertThat(all(quarantine())).extracting(Quarantined::id).containsExactly("1.2");
    }

    /** Who reads it noted what was there before, and asks for it later. */
    @Test
    void hasNotWhatWasRemovedThoughItsFileWasWrittenAnewSince() throws IOException {
        Quarantine quarantine = quarantine();
        Record large = Record.of(Map.of("t", "x".repeat(400)));
        quarantine.keep(List.of(reject(number(1)), reject(large), reject(number(3))), 1_000);
        try (QuarantineReader reader = quarantine.read(List.of())) {
            assertThat(reader.next()).map(Quarantined::id).contains("1.1");
            quarantine.remove(List.of("1.2"));
            quarantine.keep(List.of(reject(large)), 800);

            assertThat(quarantine.has("1.2")).isFalse();
            assertThat(rest(reader)).extracting(Quarantined::id).containsExactly("1.3");
            assertThat(reader.damaged()).isEmpty();
        }
        assertThat(all(quarantine())).extracting(Quarantined::id).containsExactly("1.1", "1.3", "2.1");
    }

    @Test
    void leavesNothingBehindThatTakesRoom() throws IOException {
        Files.createDirectories(data.resolve("demo"));
        Path killed = Files.createFile(data.resolve("demo/.000000000007.rejected.new"));
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1))), MUCH);
        assertThat(killed).as("of a process that was killed").doesNotExist();
        Files.createDirectories(data.resolve("demo/000000000002.rejected/in the way"));

        assertThatThrownBy(() -> quarantine.keep(List.of(reject(number(2))), MUCH))
                .hasMessageContaining("cannot keep rejected records");

        assertThat(data.resolve("demo/.000000000002.rejected.new")).doesNotExist();
        assertThat(quarantine.count()).isEqualTo(1);
    }

    /** As a copy that somebody made by hand. */
    @Test
    void passesOverFilesThatAreNotItsOwn() throws IOException {
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1))), MUCH);
        Path file = data.resolve("demo/000000000001.rejected");
        Files.copy(file, data.resolve("demo/1-copy.rejected"));

        assertThat(all(quarantine())).extracting(Quarantined::id).containsExactly("1.1");
        assertThat(quarantine().removeAll()).isEqualTo(1);
        assertThat(data.resolve("demo/1-copy.rejected")).exists();
    }

    /** On a full disk whole files can still go. */
    @Test
    void saysWhereItCannotWriteWhatWasRemovedAndLosesNothing() throws IOException {
        Quarantine quarantine = quarantine();
        quarantine.keep(List.of(reject(number(1)), reject(number(2))), MUCH);
        Path log = Files.createDirectories(data.resolve("demo/removed"));

        assertThatThrownBy(() -> quarantine.remove(List.of("1.1")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write to " + log)
                .hasMessageContaining("remove all of a file");
        assertThatThrownBy(() -> quarantine.replace(List.of("1.1"), List.of(reject(number(1))), MUCH))
                .hasMessageStartingWith("cannot write to " + log);

        assertThat(quarantine.count()).isEqualTo(3);
        assertThat(all(quarantine)).extracting(Quarantined::id).containsExactly("1.1", "1.2", "2.1");
        assertThat(quarantine.remove(List.of("1"))).isEqualTo(2);
    }

    private static List<Quarantined> all(Quarantine quarantine) throws IOException {
        try (QuarantineReader reader = quarantine.read(List.of())) {
            List<Quarantined> all = rest(reader);
            assertThat(reader.damaged()).isEmpty();
            return all;
        }
    }

    private static List<Quarantined> rest(QuarantineReader reader) {
        return Stream.generate(reader::next)
                .takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow)
                .toList();
    }

    private static Record number(int number) {
        return Record.of(Map.of("n", number));
    }
}
