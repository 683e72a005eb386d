// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.testing.Configs;
import org.snakepipe.engine.internal.settings.BestEffort;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.OnError;
import org.snakepipe.engine.internal.settings.Ordering;
import org.snakepipe.engine.internal.settings.PipelineSettings;

class ConfiguredPipelineTest {
    private static PipelineSettings read(Object... more) {
        Object[] least = {"source", "snakepipe.source.x~a", "sinks", Configs.texts("snakepipe.sink.x~b")};
        Object[] all = Stream.of(least, more).flatMap(Stream::of).toArray();
        return new ConfiguredPipeline(Configs.of(ConfiguredPipeline.Config.class, all)).settings();
    }

    @Test
    void hasDefaults() {
        PipelineSettings settings = read();

        assertThat(settings.route().source()).isEqualTo(ConfigId.parse("snakepipe.source.x~a"));
        assertThat(settings.route().transforms()).isEmpty();
        assertThat(settings.route().sinks()).containsExactly(ConfigId.parse("snakepipe.sink.x~b"));
        assertThat(settings.tempo().batchSize()).isEqualTo(1000);
        assertThat(settings.tempo().workers()).isEqualTo(4);
        assertThat(settings.tempo().linger()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.tempo().rateLimit()).isZero();
        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(settings.ordering()).isEqualTo(Ordering.AUTO);
        assertThat(settings.onError()).isEqualTo(OnError.parse("quarantine"));
        assertThat(settings.logLevel()).isEqualTo(System.Logger.Level.INFO);
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.bestEffort()).isEqualTo(BestEffort.NONE);
    }

    @Test
    void readsBestEffortSinks() {
        BestEffort bestEffort = read(
                        "best_effort_sinks",
                        Configs.texts("snakepipe.sink.x~c", "snakepipe.sink.x~d"),
                        "breaker_failures",
                        2,
                        "breaker_wait_min",
                        10L,
                        "breaker_wait_max",
                        20L,
                        "spool_bytes",
                        65_536L)
                .bestEffort();

        assertThat(bestEffort)
                .isEqualTo(new BestEffort(
                        List.of(ConfigId.parse("snakepipe.sink.x~c"), ConfigId.parse("snakepipe.sink.x~d")),
                        2,
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        65_536));
    }

    @Test
    void aSinkIsRequiredOrNot() {
        assertThatThrownBy(() -> read(
                        "best_effort_sinks",
                        Configs.texts("snakepipe.sink.x~b"),
                        "breaker_failures",
                        0,
                        "breaker_wait_min",
                        0L,
                        "spool_bytes",
                        1L))
                .hasMessageContaining(
                        "best.effort.sinks and sinks both name snakepipe.sink.x~b (allowed: one of them; a sink in sinks is"
                                + " required)")
                .hasMessageContaining("breaker.failures = 0 (allowed: 1 to 1000)")
                .hasMessageContaining("breaker.wait.min = 0 (allowed: 1 to 3600000)")
                .hasMessageContaining("spool.bytes = 1 (allowed: 65536 to 1099511627776)");
    }

    @Test
    void oneWorkerKeepsStrictOrder() {
        assertThat(read("ordering", "strict", "concurrent_workers", 32).crew()).isEqualTo(1);
        assertThat(read("ordering", "none", "concurrent_workers", 32).crew()).isEqualTo(32);
    }

    @Test
    void namesASinkForRejectedRecords() {
        assertThat(read("on_error", "snakepipe.sink.file~bad").onError().target())
                .contains(ConfigId.parse("snakepipe.sink.file~bad"));
    }

    @Test
    void findsEveryMistakeAtOnce() {
        assertThatThrownBy(() -> read(
                        "source",
                        " ",
                        "sinks",
                        new String[] {"snakepipe.sink.x~b", "snakepipe.sink.x~b"},
                        "batch_size",
                        0,
                        "concurrent_workers",
                        33,
                        "linger",
                        -1,
                        "rate_limit",
                        -5L,
                        "log_level",
                        "loud",
                        "ordering",
                        "some",
                        "on_error",
                        "no such thing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source is missing")
                .hasMessageContaining("sinks names snakepipe.sink.x~b twice")
                .hasMessageContaining("batch.size = 0 (allowed: 1 to 10000)")
                .hasMessageContaining("concurrent.workers = 33 (allowed: 1 to 32)")
                .hasMessageContaining("linger = -1 (allowed: 0 to 60000)")
                .hasMessageContaining("rate.limit = -5")
                .hasMessageContaining("log.level = loud (allowed: debug, info, warning, error)")
                .hasMessageContaining("ordering = some (allowed: auto, none, key, strict)")
                .hasMessageContaining("on.error = no such thing (allowed: quarantine, stop, skip, or the id of a sink");
    }

    @Test
    void needsASink() {
        assertThatThrownBy(() -> read("sinks", new String[0]))
                .hasMessageContaining("sinks is empty (allowed: at least one id of a sink)");
        assertThatThrownBy(() -> read("transforms", new String[] {List.of().toString()}))
                .hasMessageContaining("transforms: ");
    }
}
