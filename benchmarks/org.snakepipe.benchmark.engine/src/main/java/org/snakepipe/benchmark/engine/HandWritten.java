// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.api.testing.Context;
import org.snakepipe.jdbc.Dialect;

/**
 * The loop that somebody would write: one connection, one statement, a batch, a commit.
 *
 * @param source what it reads
 * @param pool   where it writes
 * @param batch  rows of a transaction
 */
record HandWritten(Source source, DataSource pool, int batch) {
    void run() throws IOException, InterruptedException, SQLException {
        try (SourceReader reader = source.open(Context.in(Path.of("").toAbsolutePath()), Position.START);
                Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            String sql = Dialect.of(connection)
                    .upsert("bench", List.of("id", "size", "name", "text"), List.of("id"))
                    .orElseThrow();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int waiting = 0;
                Polled polled = reader.poll(batch, Duration.ZERO);
                while (!polled.isEnd()) {
                    for (Record record : polled.records()) {
                        add(statement, record.value());
                        waiting++;
                    }
                    if (waiting >= batch) {
                        statement.executeBatch();
                        connection.commit();
                        waiting = 0;
                    }
                    polled = reader.poll(batch - waiting, Duration.ZERO);
                }
                statement.executeBatch();
                connection.commit();
            }
        }
    }

    private static void add(PreparedStatement statement, Map<String, Object> row) throws SQLException {
        statement.setString(1, (String) row.get("id"));
        statement.setInt(2, ((Number) row.get("size")).intValue());
        statement.setString(3, (String) row.get("name"));
        statement.setString(4, (String) row.get("text"));
        statement.addBatch();
    }
}
