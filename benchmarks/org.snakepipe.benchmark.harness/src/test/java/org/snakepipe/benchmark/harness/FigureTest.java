// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static final Contestant ANYBODY = new FileInstall(Path.of("bundles"));

    @Test
    void theMedianIsTheMiddle() {
        Figure figure = Figure.of("reload.rename", ANYBODY, "ms", List.of(9.0, 1.0, 5.0));

        assertThat(figure.median()).isEqualTo(5.0);
        assertThat(figure.min()).isEqualTo(1.0);
        assertThat(figure.max()).isEqualTo(9.0);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        assertThat(Figure.of("reload.rename", ANYBODY, "ms", List.of(4.0, 1.0, 2.0, 9.0))
                        .median())
                .isEqualTo(3.0);
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThatThrownBy(() -> Figure.of("reload.rename", ANYBODY, "ms", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reload.rename of bare FileInstall has no values");
    }

    @Test
    void aLineHasEverythingThatComparesIt() {
        assertThat(Figure.of("start.idle-rss", ANYBODY, "MB", List.of(88.26)).json())
                .containsExactly(
                        Map.entry("metric", "start.idle-rss"),
                        Map.entry("system", "bare FileInstall"),
                        Map.entry("version", "3.7.4"),
                        Map.entry("unit", "MB"),
                        Map.entry("median", 88.3),
                        Map.entry("min", 88.3),
                        Map.entry("max", 88.3),
                        Map.entry("n", 1));
    }
}
