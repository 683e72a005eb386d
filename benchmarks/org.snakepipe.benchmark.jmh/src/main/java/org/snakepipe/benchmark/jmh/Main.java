// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.snakepipe.benchmark.harness.Figure;
import org.snakepipe.benchmark.harness.Results;

/** Runs benchmarks, ours and those of the rivals that are there, and appends the figures to a file of JSON lines. */
public final class Main {
    private static final List<String> NAMES = List.of("resolve", "validate", "scale");

    private Main() {}

    /**
     * Runs.
     *
     * @param arguments file of the results, and names of benchmarks; without names, all
     * @throws IOException     if the file cannot be written
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws IOException, RunnerException {
        Results results = new Results(Path.of(arguments[0]));
        List<String> names = Arrays.asList(arguments).subList(1, arguments.length);
        options(names); // Says at once when there is no such benchmark.
        for (String name : names.isEmpty() ? NAMES : names) {
            for (RunResult result : new Runner(options(List.of(name)).build()).run()) {
                results.add(figure(result));
            }
        }
    }

    /** The benchmarks of a name are the methods of the classes whose names end so: ours, and those of the rivals. */
    static ChainedOptionsBuilder options(List<String> names) {
        ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(true);
        for (String name : names.isEmpty() ? NAMES : names) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no benchmark " + name + " (allowed: " + String.join(", ", NAMES) + ")");
            }
            String ending = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Benchmark";
            options.include(Main.class.getPackageName() + "\\.[A-Za-z]*" + ending + "\\.");
        }
        return options;
    }

    /** Every iteration of every fork is one value. */
    static Figure figure(RunResult result) throws IOException {
        BenchmarkParams params = result.getParams();
        Measures measures = measures(params.getBenchmark());
        List<String> metric = new ArrayList<>(List.of(measures.value()));
        params.getParamsKeys().forEach(key -> metric.add(params.getParam(key)));
        List<Double> values = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
        String unit = result.getPrimaryResult().getScoreUnit().replace("/op", "");
        return Figure.of(String.join(".", metric), measures.system(), version(measures.jar()), unit, values);
    }

    private static Measures measures(String benchmark) throws IOException {
        int dot = benchmark.lastIndexOf('.');
        try {
            for (Method method : Class.forName(benchmark.substring(0, dot)).getDeclaredMethods()) {
                if (method.getName().equals(benchmark.substring(dot + 1))
                        && method.isAnnotationPresent(Measures.class)) {
                    return method.getAnnotation(Measures.class);
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IOException(benchmark + " is of no class", e);
        }
        throw new IOException(benchmark + " does not say what it measures (allowed: @Measures on the method)");
    }

    private static String version(String jar) throws IOException {
        if (jar.isEmpty()) {
            return "this build";
        }
        Properties properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("/META-INF/maven/" + jar + "/pom.properties")) {
            if (in == null) {
                throw new IOException(jar + " does not say its version");
            }
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
