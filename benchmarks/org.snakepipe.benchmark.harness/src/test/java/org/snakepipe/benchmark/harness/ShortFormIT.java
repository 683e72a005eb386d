// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks in short, so that they go on working. What comes out is printed, never judged. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ShortFormIT {
    private static final Path BUNDLES = Path.of(System.getProperty("benchmark.bundles"));
    private static final List<Contestant> CONTESTANTS = List.of(
            new SnakePipe(Path.of(System.getProperty("benchmark.installation")), BUNDLES), new FileInstall(BUNDLES));

    @TempDir
    private Path work;

    @Test
    void startsEachOnce() throws Exception {
        for (Contestant contestant : CONTESTANTS) {
            List<Figure> figures = new StartBenchmark(1, 0).run(contestant, work);

            figures.forEach(System.out::println);
            assertThat(figures)
                    .hasSize(2)
                    .allSatisfy(figure -> assertThat(figure.median()).isPositive());
        }
    }

    @Test
    void checksWhatIsShippedOnce() throws Exception {
        List<Figure> figures = new CommandBenchmark(1).run(CONTESTANTS.get(0), work);

        figures.forEach(System.out::println);
        assertThat(figures)
                .extracting(Figure::metric)
                .containsExactly("cli.jvm-floor", "cli.validate", "cli.validate-all");
    }

    @Test
    void dropsAndRegistersAFewPlugins() throws Exception {
        List<Figure> figures = new PluginBenchmark(1, 3, 1).run(CONTESTANTS.get(0), work);

        figures.forEach(System.out::println);
        assertThat(figures)
                .extracting(Figure::metric)
                .containsExactly("plugins.drop", "plugins.replace", "plugins.drop-3", "plugins.register-10");
    }

    /** Not FileInstall: it goes by time stamps, and on a busy machine it was seen to lose an edit for good. */
    @Test
    void editsOursAFewTimes() throws Exception {
        List<Figure> figures = new ReloadBenchmark(2, 1, 50, 10).run(CONTESTANTS.get(0), work);

        figures.forEach(System.out::println);
        assertThat(figures)
                .extracting(Figure::metric)
                .contains(
                        "reload-many.start",
                        "reload-many.rename",
                        "reload-many.in-place",
                        "reload-many.shrunk",
                        "reload-many.socket");
        assertThat(figures)
                .filteredOn(figure -> !figure.metric().matches(".*\\.(p99|start)"))
                .hasSize(4)
                .allSatisfy(figure -> assertThat(figure.n()).isEqualTo(2));
    }
}
