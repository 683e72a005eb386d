// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.benchmark.harness.Figure;
import org.snakepipe.benchmark.harness.Results;

/** Runs the benchmark {@code plugins}, and appends the figures to a file of JSON lines. */
public final class Main {
    private static final List<String> RIVALS = List.of("Pf4jScan", "KafkaConnectScan");
    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final int ROUNDS = 15;
    private static final double NANOS = 1_000_000.0;

    private Main() {}

    /**
     * Runs.
     *
     * @param arguments a directory for files, and file of the results
     * @throws IOException          if a file cannot be written
     * @throws InterruptedException if the process is to stop
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Results results = new Results(Path.of(arguments[1]));
        for (Figure figure : run(Path.of(arguments[0]), FEW, MANY, ROUNDS)) {
            results.add(figure);
        }
    }

    static List<Figure> run(Path work, int few, int many, int rounds) throws IOException, InterruptedException {
        Path index = work.resolve("index");
        Scan cold = new SnakePipeScan(index, false);
        Map<String, Scan> scans = new LinkedHashMap<>();
        scans.put("plugins.cold", cold);
        scans.put("plugins.warm", new SnakePipeScan(index, true));
        for (Scan rival : rivals()) {
            scans.put("plugins.cold " + rival.name(), rival);
        }
        Path fewRoot = Files.createDirectories(work.resolve("few"));
        List<Path> fewDirectories = Directories.make(fewRoot, few, scans.values());
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, Scan> scan : scans.entrySet()) {
            figures.add(
                    measure(scan.getKey().split(" ")[0] + "." + few, scan.getValue(), fewRoot, fewDirectories, rounds));
        }
        Path manyRoot = Files.createDirectories(work.resolve("many"));
        List<Path> manyDirectories = Directories.make(manyRoot, many, scans.values());
        figures.add(measure("plugins.cold." + many, cold, manyRoot, manyDirectories, rounds));
        return figures;
    }

    /** Everybody begins cold: the first round is the greatest value, not left out. */
    private static Figure measure(String metric, Scan scan, Path root, List<Path> directories, int rounds)
            throws IOException, InterruptedException {
        List<Double> values = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            int found = scan.scan(root, directories);
            values.add((System.nanoTime() - begin) / NANOS);
            if (found != directories.size()) {
                throw new IllegalStateException(
                        scan.name() + " found " + found + " plugins (there are " + directories.size() + ")");
            }
        }
        return Figure.of(metric, scan.name(), scan.version(), "ms", values);
    }

    /** Those that were built along. */
    private static List<Scan> rivals() {
        List<Scan> rivals = new ArrayList<>();
        for (String name : RIVALS) {
            try {
                rivals.add((Scan) Class.forName(Main.class.getPackageName() + "." + name)
                        .getDeclaredConstructor()
                        .newInstance());
            } catch (ClassNotFoundException e) {
                System.out.println(name + " was not built along; profile rivals does that");
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return rivals;
    }
}
