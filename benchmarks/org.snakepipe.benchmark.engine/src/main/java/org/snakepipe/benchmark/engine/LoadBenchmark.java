// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.snakepipe.api.pipeline.Resource;
import org.snakepipe.api.pipeline.Shared;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.testing.Configs;
import org.snakepipe.benchmark.harness.Figure;
import org.snakepipe.sink.jdbc.internal.JdbcSink;
import org.snakepipe.source.file.internal.FileSource;

/**
 * Loads a file of rows into a database: the real source of files and the real sink of tables in the engine, with one worker; and a
 * loop that somebody would write, with the same source, batch size, statement, and a commit for each batch. In turn, each into an
 * empty table, from the same pool.
 */
final class LoadBenchmark {
    private static final int BATCH = 1_000;
    private static final int PERCENT = 100;
    private static final double NANOS = 1e9;
    private static final String COLUMNS = "id varchar(20), size integer, name varchar(40), text varchar(100)";

    private final Size size;
    private final String name;
    private final Path work;
    private final DataSource database;

    /** @param name of the database, for the figures */
    LoadBenchmark(Size size, String name, Path work, DataSource database) {
        this.size = size;
        this.name = name;
        this.work = work;
        this.database = database;
    }

    List<Figure> run() throws IOException, InterruptedException, SQLException {
        writeRows(Files.createDirectories(work.resolve("in-" + name)).resolve("rows.ndjson"));
        List<Double> engine = new ArrayList<>();
        List<Double> loop = new ArrayList<>();
        List<Double> ratio = new ArrayList<>();
        HikariConfig pooled = new HikariConfig();
        pooled.setDataSource(database);
        pooled.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(pooled)) {
            for (int round = 0; round <= size.rounds(); round++) {
                // Who begins changes, as a database is warmer for who comes second.
                boolean first = round % 2 == 0;
                double one = first ? engine(pool) : loop(pool);
                double two = first ? loop(pool) : engine(pool);
                if (round > 0) {
                    engine.add(first ? one : two);
                    loop.add(first ? two : one);
                    ratio.add((first ? one / two : two / one) * PERCENT);
                }
            }
        }
        return List.of(
                Figure.of("engine." + name, "Snake Pipe", "this build", "rows/s", engine),
                Figure.of("engine." + name, "loop", "by hand", "rows/s", loop),
                Figure.of("engine." + name + ".ratio", "Snake Pipe", "this build", "%", ratio));
    }

    private void writeRows(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int row = 0; row < size.rows(); row++) {
                out.write("{\"id\":\"row-" + row + "\",\"size\":" + row + ",\"name\":\"the name of row " + row
                        + "\",\"text\":\"a text that is neither long nor short, as texts in tables are\"}\n");
            }
        }
    }

    private Source source() {
        return Plugins.of(
                FileSource.class,
                "directory",
                work.resolve("in-" + name).toString(),
                "format",
                "ndjson",
                "watch",
                false);
    }

    private double engine(DataSource pool) throws IOException, InterruptedException, SQLException {
        prepare(pool);
        Resource<DataSource> resource = context -> new Shared<>() {
            @Override
            public DataSource value() {
                return pool;
            }

            @Override
            public void close() {}
        };
        JdbcSink sink = Plugins.of(
                JdbcSink.class,
                "datasource",
                EngineHouse.DATASOURCE,
                "table",
                "bench",
                "columns",
                COLUMNS.split(", "),
                "key",
                Configs.texts("id"));
        try (EngineHouse house = new EngineHouse(Files.createTempDirectory(work, "load"))) {
            house.define(EngineHouse.SOURCE, "1", source())
                    .define(EngineHouse.DATASOURCE, "1", resource)
                    .define(EngineHouse.SINK, "1", sink)
                    .pipeline(BATCH, 1);
            long begin = System.nanoTime();
            house.settle();
            house.awaitEnd();
            return rate(pool, begin);
        }
    }

    private double loop(DataSource pool) throws IOException, InterruptedException, SQLException {
        prepare(pool);
        long begin = System.nanoTime();
        new HandWritten(source(), pool, BATCH).run();
        return rate(pool, begin);
    }

    /** An empty table, made anew each time, so that nobody has more to look through. */
    private static void prepare(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists bench");
            statement.execute("create table bench (" + COLUMNS + ", primary key (id))");
        }
    }

    private double rate(DataSource pool, long begin) throws IOException, SQLException {
        double seconds = (System.nanoTime() - begin) / NANOS;
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from bench")) {
            count.next();
            if (count.getLong(1) != size.rows()) {
                throw new IOException("loaded " + count.getLong(1) + " of " + size.rows() + " rows");
            }
        }
        return size.rows() / seconds;
    }
}
