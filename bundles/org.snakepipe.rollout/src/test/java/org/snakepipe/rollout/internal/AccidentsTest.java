// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.ReloadResult;

/** A root that is missing, or empty at once, is an accident until somebody confirms that it was meant. */
class AccidentsTest {
    private static final ApplyOptions ANN = ApplyOptions.by("ann");
    private static final Set<String> JARS = Set.of("a.jar", "extra.jar");

    @TempDir
    private Path data;

    private final AtomicInteger confirmed = new AtomicInteger();

    private ReloadResult gone(RolloutBench bench, Set<String> paths) throws InterruptedException {
        bench.loop()
                .accident(
                        new ChangeSet(ChangeSet.Root.DEPLOY, false, Map.of(), paths, Map.of()),
                        confirmed::incrementAndGet);
        return bench.next();
    }

    private static RolloutBench running(Path data) throws InterruptedException {
        RolloutBench bench = new RolloutBench(data)
                .file(DEMO, "size = 1\n")
                .jar("a.jar", "a")
                .jar("extra.jar", "extra");
        bench.boot();
        return bench;
    }

    @Test
    void holdsAndNamesTheHashThatConfirmsIt() throws Exception {
        try (RolloutBench bench = running(data)) {
            ReloadResult told = gone(bench, JARS);

            assertThat(told.status()).isEqualTo(ReloadResult.Status.PENDING);
            assertThat(told.problems()).extracting(Problem::code).containsExactly("watch.accident");
            assertThat(told.problems().get(0).message())
                    .contains("apply " + told.hash().orElseThrow());
            assertThat(bench.service.current().plugins()).hasSize(2);
            bench.file(DEMO, "size = 2\n").change();
            assertThat(bench.service.problems().toString())
                    .as("it is named as long as it lasts")
                    .contains(told.hash().get());

            ReloadResult applied =
                    bench.service.apply(told.hash().get().substring(0, 8), ANN).get();

            assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(applied.author()).isEqualTo("ann");
            assertThat(bench.service.current().plugins()).isEmpty();
            assertThat(bench.service.problems()).isEmpty();
            assertThat(confirmed).hasValue(1);
        }
    }

    @Test
    void isForgottenWhenItIsOver() throws Exception {
        try (RolloutBench bench = running(data)) {
            String hash = gone(bench, JARS).hash().orElseThrow();
            gone(bench, Set.of());

            assertThat(bench.service.problems()).isEmpty();
            assertThat(bench.service.apply(hash, ANN).get().problems())
                    .extracting(Problem::code)
                    .containsExactly("plan.unknown");
            assertThat(confirmed).hasValue(0);
        }
    }

    @Test
    void oneThatDoesNotComeIntoForceIsStillOne() throws Exception {
        try (RolloutBench bench = running(data)) {
            String hash = gone(bench, JARS).hash().orElseThrow();
            bench.full = path -> true;

            assertThat(bench.service.apply(hash, ANN).get().status()).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(confirmed).hasValue(0);
            bench.full = path -> false;

            assertThat(bench.service.apply(hash, ANN).get().status()).isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(confirmed).hasValue(1);
        }
    }
}
