// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.PipelineGauges;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Plan;

class ForecastTest {
    private static final PipelineStatus ORDERS = new PipelineStatus(
            "orders",
            PipelineState.RUNNING,
            "",
            Instant.EPOCH,
            "snakepipe.source.file~in",
            List.of("snakepipe.transform.core~t"),
            List.of("snakepipe.sink.jdbc~out"),
            0,
            0,
            0,
            0,
            0,
            0,
            "",
            new PipelineGauges(0, Duration.ZERO, Optional.empty(), Optional.empty(), 0, 0, OptionalLong.empty()),
            List.of(),
            "");

    private static Plan.Change change(String id, Plan.Kind kind, String... keys) {
        Map<String, Plan.Values> values = new HashMap<>();
        for (String key : keys) {
            values.put(key, new Plan.Values("1", "2"));
        }
        return new Plan.Change(ConfigId.parse(id), kind, values);
    }

    private static String of(Plan.Change... changes) {
        return Forecast.of(List.of(changes), List.of(ORDERS)).toString();
    }

    @Test
    void tellsWhatIsOpenedAnewAndWhatIsNot() {
        String pipeline = "snakepipe.pipeline~orders";

        assertThat(of(change(pipeline, Plan.Kind.CHANGED, "batch.size"))).isEqualTo("[orders: in place (batch.size)]");
        assertThat(of(change(pipeline, Plan.Kind.CHANGED, "sinks"))).isEqualTo("[orders: swap (sinks)]");
        assertThat(of(change(pipeline, Plan.Kind.CHANGED, "source"))).isEqualTo("[orders: restart (source)]");
        assertThat(of(change("snakepipe.pipeline~new", Plan.Kind.NEW))).isEqualTo("[new: start]");
        assertThat(of(change(pipeline, Plan.Kind.REMOVED))).isEqualTo("[orders: stop]");
        assertThat(of(change("snakepipe.sink.jdbc~out", Plan.Kind.CHANGED, "table")))
                .isEqualTo("[orders: swap (snakepipe.sink.jdbc~out)]");
        assertThat(of(change("snakepipe.sink.jdbc~other", Plan.Kind.CHANGED, "table")))
                .isEqualTo("[]");
    }

    @Test
    void ofSeveralEffectsTheStrongestCounts() {
        assertThat(of(
                        change("snakepipe.source.file~in", Plan.Kind.CHANGED, "directory"),
                        change("snakepipe.transform.core~t", Plan.Kind.SECRET)))
                .isEqualTo("[orders: restart (snakepipe.source.file~in, snakepipe.transform.core~t)]");
    }
}
