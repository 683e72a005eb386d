// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs benchmarks one after the other, each with all contestants, and appends the figures to a file of JSON lines. */
public final class Main {
    private static final List<Benchmark> BENCHMARKS = List.of(
            new StartBenchmark(7, 4_000),
            new ReloadBenchmark(25, 150, 700, 0),
            new ReloadBenchmark(25, 150, 700, 1_000),
            new CommandBenchmark(15),
            new PluginBenchmark(15, 200, 3));

    private Main() {}

    /**
     * Runs.
     *
     * @param arguments installation of Snake Pipe, directory of the bundles, directory of the rivals, directory to work in,
     *                  file of the results, and names of benchmarks; without names, all
     * @throws IOException          if a contestant does not start or answer
     * @throws InterruptedException if the process is to end
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path bundles = Path.of(arguments[1]);
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(new SnakePipe(Path.of(arguments[0]), bundles));
        contestants.addAll(Karaf.in(Path.of(arguments[2]), bundles));
        contestants.add(new FileInstall(bundles));
        Results results = new Results(Path.of(arguments[4]));
        List<String> names = Arrays.asList(arguments).subList(5, arguments.length);
        for (Benchmark benchmark : chosen(names)) {
            for (Contestant contestant : contestants) {
                Path work = Files.createTempDirectory(Path.of(arguments[3]), benchmark.name());
                for (Figure figure : benchmark.run(contestant, work)) {
                    results.add(figure);
                }
            }
        }
    }

    private static List<Benchmark> chosen(List<String> names) {
        List<String> known = BENCHMARKS.stream().map(Benchmark::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no benchmark " + name + " (allowed: " + String.join(", ", known) + ")");
            }
        }
        return BENCHMARKS.stream()
                .filter(benchmark -> names.isEmpty() || names.contains(benchmark.name()))
                .toList();
    }
}
