// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.snakepipe.benchmark.harness.Figure;
import org.snakepipe.benchmark.harness.Results;
import org.snakepipe.sink.jdbc.internal.TestPostgres;

/** Runs the parts of the benchmark {@code engine}, and appends the figures to a file of JSON lines. */
public final class Main {
    static final List<String> NAMES = List.of("overhead", "h2", "postgres", "swap", "knob", "metrics");

    private Main() {}

    /**
     * Runs.
     *
     * @param arguments a directory for files, file of the results, and names of parts; without names, all
     * @throws IOException          if a file cannot be written, or the engine does not do what it should
     * @throws SQLException         if a database refuses
     * @throws InterruptedException if the process is to stop
     */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        Results results = new Results(Path.of(arguments[1]));
        List<String> names = Arrays.asList(arguments).subList(2, arguments.length);
        for (String name : names.isEmpty() ? NAMES : names) {
            for (Figure figure : run(name, Size.FULL, work)) {
                results.add(figure);
            }
        }
    }

    static List<Figure> run(String name, Size size, Path work) throws IOException, SQLException, InterruptedException {
        return switch (name) {
            case "overhead" -> new OverheadBenchmark(size, work).run();
            case "metrics" -> new OverheadBenchmark(size, work).metrics();
            case "swap" -> new ChangeBenchmark(size, work).swaps();
            case "knob" -> new ChangeBenchmark(size, work).knob();
            case "h2" -> {
                JdbcDataSource database = new JdbcDataSource();
                database.setURL("jdbc:h2:file:" + work.resolve("h2"));
                database.setUser("sa");
                yield new LoadBenchmark(size, name, work, database).run();
            }
            case "postgres" -> {
                try (TestPostgres postgres = TestPostgres.start()) {
                    yield new LoadBenchmark(size, name, work, postgres.source()).run();
                }
            }
            default ->
                throw new IllegalArgumentException(
                        "there is no part " + name + " (allowed: " + String.join(", ", NAMES) + ")");
        };
    }
}
