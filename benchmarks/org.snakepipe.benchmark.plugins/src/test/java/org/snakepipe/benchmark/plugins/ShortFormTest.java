// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.benchmark.harness.Figure;

/** Each part once, so that they go on working. What comes out is printed, never judged. */
class ShortFormTest {
    @Test
    void runsEachOnce(@TempDir Path work) throws Exception {
        List<Figure> figures = Main.run(work, 3, 5, 2);

        figures.forEach(System.out::println);
        assertThat(figures)
                .filteredOn(figure -> figure.system().equals("Snake Pipe"))
                .extracting(Figure::metric)
                .containsExactly("plugins.cold.3", "plugins.warm.3", "plugins.cold.5");
    }
}
