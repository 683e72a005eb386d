// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.snakepipe.benchmark.harness.Figure;

/** Each benchmark once, so that they go on working. What comes out is printed, never judged. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ShortFormTest {
    @Test
    void runsEachOnce() throws Exception {
        Collection<RunResult> results = new Runner(Main.options(List.of())
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .param("pids", "20")
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        List<Figure> figures = new ArrayList<>();
        for (RunResult result : results) {
            figures.add(Main.figure(result));
        }
        figures.forEach(System.out::println);
        assertThat(figures)
                .filteredOn(figure -> figure.system().equals("Snake Pipe"))
                .extracting(Figure::metric)
                .containsExactlyInAnyOrder(
                        "resolve.first",
                        "resolve.one-key",
                        "resolve.unchanged",
                        "validate.clean",
                        "validate.errors",
                        "scale.disk.20",
                        "scale.first.20",
                        "scale.one-key.20");
    }

    @Test
    void saysWhichBenchmarksThereAre() {
        assertThatThrownBy(() -> Main.options(List.of("resole")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no benchmark resole (allowed: resolve, validate, scale)");
    }
}
