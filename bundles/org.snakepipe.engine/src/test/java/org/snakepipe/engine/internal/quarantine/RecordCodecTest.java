// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.pipeline.Record;

class RecordCodecTest {
    /** Around the length from which on texts go in pieces, with characters of all lengths across the seams. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 40_000})
    void longTextsComeBackAsTheyWereAndAreAsLongAsIsSaid(int length) throws IOException {
        for (String unit : List.of("x", "\u00e4", "\u20ac", "\ud834\udd1e", "x\ud834\udd1e")) {
            String text = "a" + unit.repeat(length);
            Record record = Record.of(Map.of("text", text)).withKey(text);
            Record back = back(record);

            assertThat(back.value().get("text").equals(text)).isTrue();
            assertThat(back.key().orElseThrow().equals(text)).isTrue();
        }
    }

    /** Half of a pair is no character, and UTF-8 has nothing for it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 16_383, 16_384})
    void aHalfOfAPairComesBackAsItWas(int before) throws IOException {
        for (String half : List.of("\ud834", "\udd1e", "\udd1e\ud834")) {
            String text = "x".repeat(before) + half + "y".repeat(20_000);
            Record record =
                    Record.of(Map.of("text", text, text, "?")).withKey(text).withMeta("m", half);

            Record back = back(record);

            assertThat(back.value().get("text").equals(text)).isTrue();
            assertThat(back.value().get(text)).isEqualTo("?");
            assertThat(back.key().orElseThrow().equals(text)).isTrue();
            assertThat(back.meta().get("m")).isEqualTo(half);
        }
    }

    static List<Object> values() {
        return List.of(
                OffsetTime.parse("10:15:30.000000001+01:00"),
                Year.of(-5),
                Year.of(12_345),
                YearMonth.of(12_345, 2),
                MonthDay.of(2, 29),
                Period.of(1, -2, 3),
                ZoneId.of("Europe/Berlin"),
                ZoneOffset.ofHoursMinutes(5, 30),
                ZoneOffset.UTC,
                ZoneId.of("Z"),
                ZoneId.of("UTC"),
                DayOfWeek.FRIDAY,
                Month.MAY,
                Instant.MAX,
                Instant.MIN,
                LocalDateTime.MAX,
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(-1, 1),
                // The second of two at the end of summer.
                ZonedDateTime.ofLocal(
                        LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(1)),
                ZonedDateTime.of(LocalDateTime.of(2026, 1, 2, 3, 4), ZoneOffset.ofHours(2)),
                OffsetDateTime.MAX,
                Double.NaN,
                -0.0,
                Double.NEGATIVE_INFINITY,
                1.5f,
                (short) 3,
                (byte) 4,
                'x',
                '\ud834',
                new BigDecimal("1E+400"),
                UUID.fromString("00000000-0000-0001-0000-000000000002"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyTypeComesBackAsItWas(Object value) throws IOException {
        Object back = back(Record.of(Map.of("v", List.of(value)))).value().get("v");

        assertThat(back).isEqualTo(List.of(value));
        assertThat(((List<?>) back).get(0)).hasSameClassAs(value);
    }

    private static Record back(Record record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordCodec.write(record, new DataOutputStream(bytes));
        assertThat(RecordCodec.size(record)).isEqualTo(bytes.size());
        return RecordCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
