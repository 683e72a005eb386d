// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTest {
    @Test
    void isNotChangedThroughTheMapItWasMadeFrom() {
        Map<String, Object> fields = new HashMap<>(Map.of("a", 1));

        Record record = Record.of(fields);
        fields.put("a", 2);

        assertThat(record.value()).containsExactly(Map.entry("a", 1));
        assertThatThrownBy(() -> record.value().put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void fieldsMayBeNull() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("a", null);

        assertThat(Record.of(fields).value()).containsEntry("a", null);
    }

    @Test
    void keepsRawBytesUntilItIsChanged() {
        Record read = Record.of(Map.of("a", 1)).withRaw(new byte[] {1, 2});

        assertThat(read.withMeta("file", "x")
                        .withKey("k")
                        .withOp(Record.Op.DELETE)
                        .raw())
                .contains(new byte[] {1, 2});
        assertThat(read.withValue(Map.of("a", 2)).raw()).isEmpty();
    }

    @Test
    void eachWithChangesOneThing() {
        Record record = Record.of(Map.of()).withMeta(Record.TYPE, "file").withKey("k");

        assertThat(record.type()).isEqualTo("file");
        assertThat(record.key()).contains("k");
        assertThat(record.op()).isEqualTo(Record.Op.UPSERT);
        assertThat(record.withOp(Record.Op.DELETE).op()).isEqualTo(Record.Op.DELETE);
        assertThat(Record.of(Map.of()).type()).isEmpty();
    }

    @Test
    void sizeGrowsWithContent() {
        long small = Record.of(Map.of("a", "x")).approximateSize();
        long text = Record.of(Map.of("a", "x".repeat(1000))).approximateSize();
        long nested =
                Record.of(Map.of("a", List.of(Map.of("b", new byte[2000])))).approximateSize();

        assertThat(small).isPositive().isLessThan(200);
        assertThat(text - small).isEqualTo(999);
        assertThat(nested).isGreaterThan(2000);
        assertThat(Record.of(Map.of("a", "x")).withRaw(new byte[500]).approximateSize())
                .isEqualTo(small + 500);
    }

    @Test
    void textDoesNotShowFields() {
        Record record = Record.of(Map.of("password", "hush")).withKey("k").withMeta("file", "x");

        assertThat(record).hasToString("Record[key=k, op=UPSERT, meta={file=x}]");
    }

    @Test
    void rejectionsCarryTheirReasons() {
        Record record = Record.of(Map.of());

        assertThat(new RejectedRecords(record, "path is missing"))
                .hasMessage("1 rejected, the first: path is missing")
                .extracting(RejectedRecords::rejections)
                .isEqualTo(List.of(new Rejection(record, "path is missing")));
    }

    @Test
    void polledTellsEndFromNothingYet() {
        assertThat(Polled.nothing().isEnd()).isFalse();
        assertThat(Polled.end().isEnd()).isTrue();
        Polled polled = Polled.of(List.of(Record.of(Map.of())), List.of(), Position.of(Map.of("f", "1")));
        assertThat(polled.records()).hasSize(1);
        assertThat(polled.rejections()).isEmpty();
        assertThat(polled.progress().offsets()).containsEntry("f", "1");
    }
}
