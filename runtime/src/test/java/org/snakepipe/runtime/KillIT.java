// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while documents flow; afterwards every row is there once. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillIT {
    private static final String RATE = "SNAKE_PIPE_PIPELINE_DEMO__RATE_LIMIT";
    private static final String BATCH = "SNAKE_PIPE_PIPELINE_DEMO__BATCH_SIZE";

    @TempDir
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

    private Rows rows() throws SQLException {
        String url = "jdbc:h2:file:" + home.path().resolve("data/warehouse") + ";IFEXISTS=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
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
