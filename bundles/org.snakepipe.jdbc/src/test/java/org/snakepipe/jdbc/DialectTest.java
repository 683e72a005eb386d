// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialectTest {
    private static final List<String> COLUMNS = List.of("id", "order", "size");
    private static final List<String> KEY = List.of("id", "order");

    @Test
    void knowsH2() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            assertThat(Dialect.of(connection)).isEqualTo(Dialect.H2);
        }
    }

    @Test
    void foldsAndQuotesNames() {
        assertThat(Dialect.H2.quoted("app.order")).isEqualTo("\"APP\".\"ORDER\"");
        assertThat(Dialect.POSTGRESQL.quoted("App.Order")).isEqualTo("\"app\".\"order\"");
        assertThat(Dialect.OTHER.quoted("a\"b")).isEqualTo("\"A\"\"B\"");
    }

    @Test
    void speaksOfLeftEntriesOnlyWhereTheyAreTheReason() {
        SQLException timeout = new SQLException("Timeout", "HYT00", 50_200);
        SQLException held = new SQLException("Timeout", "HYT00", 50_200);
        held.initCause(new IllegalStateException(new SQLException("Concurrent update", "90131", 90_131)));
        BatchUpdateException batch = new BatchUpdateException("Timeout", "HYT00", 50_200, new int[0]);
        batch.setNextException(held);

        assertThat(Dialect.H2.advice(batch)).get().asString().contains("'H2 after a kill' in docs/pipelines.md");
        assertThat(Dialect.H2.advice(timeout)).isEmpty();
        assertThat(Dialect.POSTGRESQL.advice(batch)).isEmpty();
    }

    @Test
    void writesOverRowsTheWayOfEachProduct() {
        assertThat(Dialect.H2.upsert("t", COLUMNS, KEY))
                .contains("MERGE INTO \"T\" (\"ID\", \"ORDER\", \"SIZE\") KEY (\"ID\", \"ORDER\") VALUES (?, ?, ?)");
        assertThat(Dialect.POSTGRESQL.upsert("t", COLUMNS, KEY))
                .contains(
                        "INSERT INTO \"t\" (\"id\", \"order\", \"size\") VALUES (?, ?, ?) ON CONFLICT (\"id\", \"order\")"
                                + " DO UPDATE SET \"size\" = EXCLUDED.\"size\"");
        assertThat(Dialect.POSTGRESQL.upsert("t", KEY, KEY).orElseThrow()).endsWith("DO NOTHING");
        assertThat(Dialect.OTHER.upsert("t", COLUMNS, KEY)).isEmpty();
    }

    @Test
    void deletesAndMakesTables() {
        assertThat(Dialect.H2.delete("t", KEY)).isEqualTo("DELETE FROM \"T\" WHERE \"ID\" = ? AND \"ORDER\" = ?");
        assertThat(Dialect.H2.create("t", List.of("\"ID\" int"), List.of("id")))
                .isEqualTo("CREATE TABLE IF NOT EXISTS \"T\" (\"ID\" int, PRIMARY KEY (\"ID\"))");
        assertThat(Dialect.H2.create("t", List.of("\"ID\" int"), List.of()))
                .isEqualTo("CREATE TABLE IF NOT EXISTS \"T\" (\"ID\" int)");
    }
}
