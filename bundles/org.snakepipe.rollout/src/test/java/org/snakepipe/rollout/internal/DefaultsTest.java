// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.Participant;

/**
 * What is bad at the start and was never well: of all that handles records nothing stands in for it, neither a default nor a
 * layer below. What belongs to the platform is what it is without a configuration.
 */
class DefaultsTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"pipeline", "source.any", "sink.any", "transform.any", "datasource"})
    void nothingStandsInForABadFile(String family) throws InterruptedException {
        String id = "snakepipe." + family + "~x";
        try (RolloutBench bench = new RolloutBench(data)
                .file("base/" + id + ".cfg", "size = 3\n")
                .file("environments/dev/" + id + ".cfg", "size = 300\n")) {
            bench.boot();

            assertThat(bench.values(id)).isNull();
            assertThat(bench.state(id)).isEqualTo(ConfigState.State.HELD_OUT);
            assertThat(bench.service.problems().toString()).contains("size = 300 is above the maximum 100");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipeline", "source.any", "sink.any", "transform.any", "datasource"})
    void whatWasWellGoesOnInPlaceOfABadFile(String family) throws InterruptedException {
        String id = "snakepipe." + family + "~x";
        try (RolloutBench bench = new RolloutBench(data).file("base/" + id + ".cfg", "size = 3\n")) {
            bench.boot();
        }
        try (RolloutBench bench = new RolloutBench(data).file("base/" + id + ".cfg", "size = 300\n")) {
            bench.boot();

            assertThat(bench.values(id)).containsEntry("size", 3);
        }
    }

    /** Whoever takes part for it learns that it is not configured, and has its own defaults. */
    @Test
    void thePlatformIsWhatItIsWithoutAConfiguration() throws InterruptedException {
        List<Map<ConfigId, String>> told = new CopyOnWriteArrayList<>();
        Participant logging = new Participant() {
            @Override
            public String name() {
                return "logging";
            }

            @Override
            public void hold(long epoch) {}

            @Override
            public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
                told.add(wanted);
                return List.of();
            }

            @Override
            public void release(long epoch) {}
        };
        ConfigId id = ConfigId.parse("snakepipe.logging");
        try (RolloutBench bench = new RolloutBench(data).file("base/snakepipe.logging.cfg", "size = 300\n")) {
            bench.loop().arrived(logging);
            bench.boot();
            assertThat(told).hasSize(1).noneMatch(wanted -> wanted.containsKey(id));
            assertThat(bench.service.problems().toString()).contains("size = 300 is above the maximum 100");

            bench.file("base/snakepipe.logging.cfg", "size = 3\n").change();
            assertThat(told.get(told.size() - 1)).containsKey(id);
        }
    }
}
