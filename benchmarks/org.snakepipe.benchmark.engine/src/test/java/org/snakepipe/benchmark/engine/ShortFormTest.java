// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.benchmark.harness.Figure;

/** Each part once, so that they go on working. What comes out is printed, never judged. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ShortFormTest {
    @Test
    void runsEachOnce(@TempDir Path work) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (String name : Main.NAMES) {
            figures.addAll(Main.run(name, Size.SHORT, work));
        }

        figures.forEach(System.out::println);
        assertThat(figures)
                .filteredOn(figure -> figure.system().equals("Snake Pipe"))
                .extracting(Figure::metric)
                .containsExactly(
                        "engine.cpu.100",
                        "engine.overhead.100",
                        "engine.cpu.1000",
                        "engine.overhead.1000",
                        "engine.h2",
                        "engine.h2.ratio",
                        "engine.postgres",
                        "engine.postgres.ratio",
                        "engine.swap",
                        "engine.swap.p99",
                        "engine.noswap.p99",
                        "engine.knob",
                        "engine.metrics");
    }

    @Test
    void saysWhichPartsThereAre(@TempDir Path work) {
        assertThatThrownBy(() -> Main.run("swpa", Size.SHORT, work))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no part swpa (allowed: overhead, h2, postgres, swap, knob, metrics)");
    }
}
