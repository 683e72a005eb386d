// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while documents flow; afterwards every row is there once. {@code -Plong} kills it 200 times. */
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillIT {
    private static final String RATE = "SNAKE_PIPE_PIPELINE_DEMO__RATE_LIMIT";
    private static final String BATCH = "SNAKE_PIPE_PIPELINE_DEMO__BATCH_SIZE";

    private static final int KILLS = Integer.getInteger("snakepipe.storm.kills", 3);
    private static final int MOST_ROWS = 2_000;
    private static final int ROWS = 10_000 + KILLS * MOST_ROWS;
    private static final int MOST_START_MILLIS = 2_500;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Kept when something is lost: what the database is like then cannot be made once more. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private Home home;

    /** What the database holds. */
    private record Rows(long files, long nodes) {}

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(directory.resolve("home"));
    }

    @AfterEach
    void endTheProcess() {
        home.close();
    }

    @Test
    void everyRowIsThereOnceAfterAKillInTheMiddle() throws Exception {
        Process killed = home.with(RATE, "60").with(BATCH, "7").run();
        home.waitForLine("Snake Pipe ");
        long documents = awaitTotal(30, Long.MAX_VALUE).documents();
        killed.destroyForcibly().waitFor();

        home.with(RATE, "0").run();
        home.waitForLine("Snake Pipe ");
        Progress afterKill = awaitTotal(documents, documents);
        assertThat(afterKill.recent())
                .as("it went on where it was, and did not begin anew")
                .isBetween(1L, documents - 1);
        stop();
        Rows rows = rows();
        assertThat(rows.files()).isEqualTo(documents);

        home.run();
        home.waitForLine("Snake Pipe ");
        home.ask(ExitCode.OK, "pipeline", "reset", "demo");
        awaitTotal(documents, documents);
        stop();
        assertThat(rows()).as("loading everything once more adds nothing").isEqualTo(rows);
    }

    /** In the middle of the start, and after so many rows more: the table has a key, so nothing is there twice. */
    @Test
    void ofAKeyedTableNoRowIsLostOrDoubledHoweverOftenItIsKilled() throws Exception {
        writeRows();
        Random random = new Random(8);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = home.run();
            if (kill % 3 == 2) {
                long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_START_MILLIS));
                await(kill, process, () -> System.nanoTime() >= due);
            } else {
                long enough = acknowledged() + random.nextInt(MOST_ROWS);
                await(kill, process, () -> acknowledged() > enough);
            }
            process.destroyForcibly().onExit().join();
        }

        home.with("SNAKE_PIPE_PIPELINE_KEYED__RATE_LIMIT", "0").run("--once", "keyed");
        home.waitForLine("keyed is done: ");
        assertThat(home.waitForEnd()).isEqualTo(ExitCode.OK);
        try (Connection connection = connect()) {
            assertThat(count(connection, "keyed")).isEqualTo(ROWS);
        }
    }

    /** Rows in a file, on their way to a table of the database of the demo. */
    private void writeRows() throws IOException {
        Path rows = Files.createDirectories(home.path().resolve("data/keyed")).resolve("rows.ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int row = 0; row < ROWS; row++) {
                out.write("{\"id\":\"" + row + "\"}\n");
            }
        }
        config("snakepipe.source.file~keyed.cfg", "directory = keyed", "format = ndjson", "watch = false");
        config(
                "snakepipe.sink.jdbc~keyed.cfg",
                "datasource = snakepipe.datasource~warehouse",
                "table = keyed",
                "columns = id varchar(20)",
                "key = id");
        config(
                "snakepipe.pipeline~keyed.cfg",
                "source = snakepipe.source.file~keyed",
                "sinks = snakepipe.sink.jdbc~keyed",
                "batch.size = 20",
                "rate.limit = 4000");
    }

    private void config(String file, String... lines) throws IOException {
        Files.writeString(home.path().resolve("config/base").resolve(file), String.join("\n", lines) + "\n");
    }

    /** What the checkpoint on the disk says. */
    private long acknowledged() {
        Path checkpoint = home.path().resolve("data/checkpoints/keyed.json");
        try {
            return Files.exists(checkpoint)
                    ? ((Number) JSON.std.mapFrom(checkpoint.toFile()).get("total")).longValue()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(int kill, Process process, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as(() -> "before kill " + kill + ", at row " + acknowledged() + ":\n" + home.condition())
                    .isTrue();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void stop() throws IOException, InterruptedException {
        assertThat(home.ask(ExitCode.OK, "stop")).contains("Stopped.");
        assertThat(home.waitForEnd()).isEqualTo(ExitCode.OK);
    }

    /** How far the demo is. @param documents how many lie in its inbox */
    private record Progress(long total, long recent, long documents) {}

    /** Asks until so many have arrived. */
    private Progress awaitTotal(long least, long most) throws IOException, InterruptedException {
        while (true) {
            Map<String, Object> data = JSON.std.mapFrom(home.ask(ExitCode.OK, "pipeline", "show", "demo", "--json"));
            long total = ((Number) data.get("total")).longValue();
            assertThat(total).isLessThanOrEqualTo(most);
            if (total >= least) {
                return new Progress(total, ((Number) data.get("recent")).longValue(), documents());
            }
        }
    }

    private long documents() throws IOException {
        try (Stream<Path> files = Files.list(home.path().resolve("data/inbox"))) {
            return files.count();
        }
    }

    private Connection connect() throws SQLException {
        String url = "jdbc:h2:file:" + home.path().resolve("data/warehouse") + ";IFEXISTS=TRUE";
        return DriverManager.getConnection(url, "sa", "");
    }

    private Rows rows() throws SQLException {
        try (Connection connection = connect()) {
            return new Rows(count(connection, "files"), count(connection, "nodes"));
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*), count(distinct id) from " + table)) {
            rows.next();
            assertThat(rows.getLong(1)).isPositive().isEqualTo(rows.getLong(2));
            return rows.getLong(1);
        }
    }
}
