// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
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
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            RecordCodec.write(record, new DataOutputStream(bytes));

            assertThat(RecordCodec.size(record)).isEqualTo(bytes.size());
            Record back = RecordCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(back.value().get("text").equals(text)).isTrue();
            assertThat(back.key().orElseThrow().equals(text)).isTrue();
        }
    }

    /** Half of a pair is no character, and UTF-8 has nothing for it. */
    @ParameterizedTest
    @ValueSource(ints = {10, 16_383, 16_384})
    void aHalfOfAPairBecomesAQuestionMark(int before) throws IOException {
        String text = "x".repeat(before) + "\ud834" + "y".repeat(20_000);
        Record record = Record.of(Map.of("text", text));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordCodec.write(record, new DataOutputStream(bytes));

        assertThat(RecordCodec.size(record)).isEqualTo(bytes.size());
        Record back = RecordCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(back.value().get("text").equals(text.replace('\ud834', '?'))).isTrue();
    }
}
