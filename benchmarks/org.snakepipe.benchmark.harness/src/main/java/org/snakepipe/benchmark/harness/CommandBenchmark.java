// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command line as people wait for it: the shipped configuration checked in one environment and in all, and as a floor the
 * same JVM that does nothing. Only Snake Pipe has such a command.
 */
record CommandBenchmark(int rounds) implements Benchmark {
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public List<Figure> run(Contestant contestant, Path work) throws IOException, InterruptedException {
        if (!(contestant instanceof SnakePipe product)) {
            return List.of();
        }
        Path installation = product.installation();
        String program = installation.resolve("bin/snakepipe").toString();
        String home = installation.toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<Double> one = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            floor.add(millis(work, java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-version"));
            one.add(millis(work, program, "validate", "--home", home));
            all.add(millis(work, program, "validate", "--all", "--home", home));
        }
        return List.of(
                Figure.of("cli.jvm-floor", contestant, "ms", floor),
                Figure.of("cli.validate", contestant, "ms", one),
                Figure.of("cli.validate-all", contestant, "ms", all));
    }

    private static double millis(Path work, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SNAKE_PIPE_"));
        Path said = Files.createTempFile(work, "said", ".txt");
        builder.redirectErrorStream(true).redirectOutput(said.toFile());
        long begin = System.nanoTime();
        int exit = builder.start().waitFor();
        double millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit + ": " + Files.readString(said));
        }
        return millis;
    }
}
