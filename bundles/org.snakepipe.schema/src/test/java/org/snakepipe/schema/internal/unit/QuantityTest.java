// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.api.config.Unit.Measure;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "ms, 500ms, 500",
        "ms, 2s, 2000",
        "ms, 1m30s, 90000",
        "ms, 1d2h3m4s5ms, 93784005",
        "ms, 2000us, 2",
        "s, 1500ms500ms, -1",
        "s, 1s1000ms, 2",
        "ns, 1s, 1000000000",
        "d, 48h, 2",
        "d, 9223372036854775807d, 9223372036854775807",
        "bytes, 4MiB, 4194304",
        "bytes, 10MB, 10000000",
        "bytes, 12B, 12",
        "bytes, 8PiB, 9007199254740992"
    })
    void readsWhatPeopleWrite(Measure unit, String text, long number) throws QuantityException {
        if (number < 0) {
            assertRefused(unit, text).isNotEmpty();
        } else {
            assertThat(Quantity.of(unit).parse(text)).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ms, 1s2m, is not a duration such as 500ms or 1m30s",
        "ms, 1s1s, is not a duration such as 500ms or 1m30s",
        "ms, 1.5s, is not a duration such as 500ms or 1m30s",
        "ms, 12 ms, is not a duration such as 500ms or 1m30s",
        "ms, -5s, is not a duration such as 500ms or 1m30s",
        "ms, 5S, is not a duration such as 500ms or 1m30s",
        "ms, s, is not a duration such as 500ms or 1m30s",
        "ms, 1s5, is not a duration such as 500ms or 1m30s",
        "ms, 10us, is no whole number of ms",
        "ms, 999999999999d, is larger than any number of 64 bits",
        "ms, 99999999999999999999s, is larger than any number of 64 bits",
        "bytes, 4Mib, is not a size such as 4MiB or 10MB",
        "bytes, 1MiB2KiB, is not a size such as 4MiB or 10MB",
        "bytes, 9PiB9, is not a size such as 4MiB or 10MB",
        "bytes, 99999PiB, is larger than any number of 64 bits"
    })
    void refusesWhatCouldBeMeantOtherwise(Measure unit, String text, String reason) {
        assertRefused(unit, text).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "ms, 0, 0ms",
        "ms, 1, 1ms",
        "ms, 1000, 1s",
        "ms, 60000, 60s",
        "ms, 90000, 90s",
        "ms, 120000, 2m",
        "ms, 3600000, 60m",
        "ms, 172800000, 2d",
        "ms, -1, -1",
        "s, 1, 1s",
        "d, 1, 1d",
        "ns, 1500, 1500ns",
        "bytes, 0, 0B",
        "bytes, 1000, 1kB",
        "bytes, 1024000, 1000KiB",
        "bytes, 16000000, 16MB",
        "bytes, 1073741824, 1GiB",
        "bytes, 1023, 1023B"
    })
    void showsTheUnitThatReadsBest(Measure unit, long number, String shown) {
        assertThat(Quantity.of(unit).show(number)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ms | 12 ms | 12ms",
                "ms | 1.5s | 1500ms",
                "ms | 2 Minutes | 2m",
                "ms | 3hrs | 3h",
                "ms | 5msecs | 5ms",
                "ms | 1500 \u00b5s | ",
                "us | 7 \u00b5s | 7us",
                "s | 0.5min | 30s",
                "bytes | 10mb | 10MB 10MiB",
                "bytes | 1.5 GiB | 1536MiB",
                "bytes | 4k | 4KiB 4kB",
                "bytes | 3 bytes | 3B",
                "bytes | 999999999999999999 tb |",
                "ms | soon |"
            })
    void guessesWhatWasMeant(Measure unit, String text, String meant) {
        assertThat(String.join(" ", Quantity.of(unit).meant(text))).isEqualTo(meant == null ? "" : meant);
    }

    @Property
    void readsWhatItShows(@ForAll Measure unit, @ForAll @LongRange(min = 0) long number) throws QuantityException {
        Quantity quantity = Quantity.of(unit);

        assertThat(quantity.parse(quantity.show(number))).isEqualTo(number);
    }

    @Property
    void readsSumsOfParts(
            @ForAll @LongRange(min = 0, max = 100_000) long hours,
            @ForAll @LongRange(min = 0, max = 100_000) long seconds,
            @ForAll @LongRange(min = 0, max = 100_000) long millis)
            throws QuantityException {
        assertThat(Quantity.of(Measure.ms).parse(hours + "h" + seconds + "s" + millis + "ms"))
                .isEqualTo(hours * 3_600_000 + seconds * 1000 + millis);
    }

    @Property
    void refusesOrReadsAnyText(@ForAll Measure unit, @ForAll String text) {
        Quantity quantity = Quantity.of(unit);
        try {
            assertThat(quantity.parse(text)).isNotNegative();
        } catch (QuantityException e) {
            assertThat(e).hasMessageStartingWith("is ");
        }
        assertThat(quantity.meant(text))
                .allSatisfy(meant -> assertThat(quantity.parse(meant)).isNotNegative());
    }

    private static AbstractStringAssert<?> assertRefused(Measure unit, String text) {
        try {
            throw new AssertionError("read " + Quantity.of(unit).parse(text));
        } catch (QuantityException e) {
            return assertThat(e.getMessage());
        }
    }

    @Test
    void saysThatItIsTooLarge() {
        assertThatThrownBy(() -> Quantity.of(Measure.ms).parse("999999999999d"))
                .isInstanceOfSatisfying(
                        QuantityException.class, e -> assertThat(e.isTooLarge()).isTrue());
    }
}
