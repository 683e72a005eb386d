// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.GenerationInfo;
import org.snakepipe.control.ReloadResult;

/** One home, and a start with another configuration directory in between: it has no part in what belongs to the first. */
class OtherDirectoryTest {
    private static final String A = "snakepipe.demo~a";
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    private Path data;

    private RolloutBench first() {
        return new RolloutBench(data);
    }

    private RolloutBench other() {
        return RolloutBench.of(data, data.resolve("other"));
    }

    @Test
    void lastGoodAndTheGenerationsOfTheFirstAreLeftAlone() throws Exception {
        try (RolloutBench bench = first().file(DEMO, "size = 2\n")) {
            bench.boot();
            bench.file(DEMO, "size = 3\n").change();
        }
        try (RolloutBench bench = other().file(DEMO, "size = 50\n")) {
            ReloadResult boot = bench.boot();
            assertThat(boot.previous()).as("nothing is known of it").isZero();
            bench.file(DEMO, "size = 51\n").change();
            bench.file(DEMO, "size = 52\n").change();
        }
        try (RolloutBench bench = first().file(DEMO, "size = 0\n")) {
            bench.boot();

            assertThat(bench.values(A)).containsEntry("size", 3);
            assertThat(bench.snapshot.history())
                    .extracting(GenerationInfo::number)
                    .containsExactly(2L, 1L);
            assertThat(bench.service.rollback(1, ANN).get().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(bench.values(A)).containsEntry("size", 2);
        }
        try (RolloutBench bench = other().file(DEMO, "size = 0\n")) {
            bench.boot();
            assertThat(bench.values(A)).as("it has its own").containsEntry("size", 52);
        }
    }

    @Test
    void whatIsHeldIsHeldForTheFirstAndForNobodyElse() throws Exception {
        try (RolloutBench bench = first().file(DEMO, "size = 2\n")) {
            bench.boot();
            bench.file(DEMO, "mood = bad\n").change();
        }
        try (RolloutBench bench = other().file(DEMO, "size = 50\n")) {
            bench.boot();
            assertThat(bench.snapshot.unapplied()).isEmpty();
        }
        try (RolloutBench bench = first().file(DEMO, "mood = bad\n")) {
            assertThat(bench.boot().held()).containsExactly(DEMO);
            assertThat(bench.values(A)).containsEntry("size", 2);
        }
    }

    @Test
    void whatTheFirstWasInTheMiddleOfIsPutBackByTheFirst() throws Exception {
        String b = "base/snakepipe.demo~b.cfg";
        try (RolloutBench bench = first().saved(DEMO, "size = 1\n").saved(b, "size = 1\n")) {
            bench.boot();
        }
        Path journal = data.resolve("journal/dev.json");
        byte[] ended = Files.readAllBytes(journal);
        try (RolloutBench bench = first().file(DEMO, "size = 1\n").file(b, "size = 1\n")) {
            bench.boot();
            bench.full = path -> {
                boolean after = path.endsWith("journal/dev.json") && isWritten(bench);
                return after || path.toString().contains("last-good");
            };
            bench.readOnly = true;
            bench.service
                    .apply(Map.of(DEMO, Optional.of("size = 2\n"), b, Optional.of("size = 2\n")), ANN)
                    .get();
        }
        assertThat(Files.readAllBytes(journal)).as("as if killed").isNotEqualTo(ended);
        assertThat(Files.readString(journal)).contains("intended");
        // Only one of the two had been renamed into place.
        Files.writeString(data.resolve("config").resolve(b), "size = 1\n");

        try (RolloutBench bench = other().saved(DEMO, "size = 50\n")) {
            bench.boot();
            bench.service.apply(Map.of(DEMO, Optional.of("size = 51\n")), ANN).get();
        }
        try (RolloutBench bench = first().file(DEMO, "size = 2\n").file(b, "size = 1\n")) {
            bench.boot();

            assertThat(bench.values(A)).as("no half of a change").containsEntry("size", 1);
            assertThat(data.resolve("config").resolve(DEMO)).hasContent("size = 1");
        }
    }

    private static boolean isWritten(RolloutBench bench) {
        try {
            return Files.readString(bench.config.resolve(DEMO)).contains("2");
        } catch (IOException e) {
            return false;
        }
    }
}
