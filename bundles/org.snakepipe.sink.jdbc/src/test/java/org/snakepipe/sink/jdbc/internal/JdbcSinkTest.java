// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.testing.Configs;
import org.snakepipe.api.testing.Context;

class JdbcSinkTest {
    private final JdbcDataSource database = new JdbcDataSource();
    private Connection keepsItAlive;

    @BeforeEach
    void open() throws SQLException {
        database.setURL("jdbc:h2:mem:" + System.nanoTime());
        keepsItAlive = database.getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        keepsItAlive.close();
    }

    private SinkWriter sink(Object... settings) throws IOException, InterruptedException {
        Object[] least = {
            "datasource",
            "snakepipe.datasource~test",
            "table",
            "files",
            "columns",
            Configs.texts("id varchar(20)", "size=at.size integer", "text varchar(10)"),
            "key",
            Configs.texts("id")
        };
        Object[] all = Stream.of(least, settings).flatMap(Stream::of).toArray();
        return new JdbcSink(Configs.of(JdbcSink.Config.class, all)).open(new Context(Path.of("data"), database));
    }

    private static Record record(String id, Object size, Object text) {
        Map<String, Object> value = new HashMap<>();
        value.put("id", id);
        value.put("at", Map.of("size", size));
        value.put("text", text);
        return Record.of(value);
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = keepsItAlive.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = keepsItAlive.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> all() throws SQLException {
        return rows("select * from files order by id");
    }

    @Test
    void makesTheTableAndWritesOverRowsWithTheSameKey() throws Exception {
        try (SinkWriter writer = sink()) {
            writer.write(List.of(record("a", 1, "x"), record("b", 2, null), record("a", 3, "y")));
            writer.write(List.of(record("b", 4, "z")));
            writer.write(List.of());
        }

        assertThat(all()).containsExactly("a 3 y", "b 4 z");
    }

    /** As one does that a killed process has left: it never ends. */
    @Test
    void saysWhatToDoAboutAnEntryOfATransactionThatDoesNotEnd() throws Exception {
        execute("set default_lock_timeout 20");
        try (SinkWriter writer = sink();
                Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("insert into files (id) values ('a')");

            assertThatThrownBy(() -> writer.write(List.of(record("a", 1, "x"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot write 1 row: ")
                    .hasMessageContaining("'H2 after a kill' in docs/pipelines.md");
        }
    }

    @Test
    void deletesByKey() throws Exception {
        try (SinkWriter writer = sink()) {
            writer.write(List.of(record("a", 1, "x"), record("b", 2, "y")));
            writer.write(List.of(record("a", 1, "x").withOp(Record.Op.DELETE), record("c", 3, "z")));
        }

        assertThat(all()).containsExactly("b 2 y", "c 3 z");
    }

    @Test
    void findsTheBadOnesAndWritesTheOthers() throws Exception {
        try (SinkWriter writer = sink()) {
            RejectedRecords rejected = catchThrowableOfType(
                    RejectedRecords.class,
                    () -> writer.write(List.of(
                            record("a", 1, "x"),
                            record("b", 2, "longer than ten"),
                            record("c", "no number", "z"),
                            record(null, 4, "z"),
                            record("e", 5, "z"))));

            assertThat(rejected.rejections()).hasSize(3);
            assertThat(rejected.rejections())
                    .extracting(Rejection::reason)
                    .anyMatch(reason -> reason.equals("the key id is not complete: [null]"))
                    .anyMatch(reason -> reason.startsWith("the database refuses it: Value too long"))
                    .anyMatch(reason -> reason.startsWith("the database refuses it: Data conversion error"));
        }
        assertThat(all()).containsExactly("a 1 x", "e 5 z");
    }

    @Test
    void insertsOnlyWhereThatIsWanted() throws Exception {
        try (SinkWriter writer = sink("key", Configs.texts(), "mode", "insert")) {
            writer.write(List.of(record("a", 1, "x")));
            writer.write(List.of(record("a", 1, "x")));
            assertThatThrownBy(() -> writer.write(List.of(record("a", 1, "x").withOp(Record.Op.DELETE))))
                    .isInstanceOf(RejectedRecords.class)
                    .hasMessageContaining("a table without a key cannot delete a row");
        }

        assertThat(all()).hasSize(2);
    }

    @Test
    void letsOtherTypesPassBy() throws Exception {
        try (SinkWriter writer = sink("record.type", Configs.texts("file"))) {
            writer.write(List.of(
                    record("a", 1, "x").withMeta(Record.TYPE, "file"),
                    record("b", 1, "x").withMeta(Record.TYPE, "node")));
        }

        assertThat(all()).containsExactly("a 1 x");
    }

    @Test
    void writesStructuresAsJsonAndInstantsAsTimes() throws Exception {
        Instant instant = Instant.parse("2026-01-02T03:04:05Z");
        try (SinkWriter writer = sink(
                "columns",
                Configs.texts(
                        "id varchar(9)",
                        "list varchar(99)",
                        "map varchar(99)",
                        "time timestamp with time zone",
                        "zoned timestamp with time zone"))) {
            Map<String, Object> value = new HashMap<>();
            value.put("id", "a");
            value.put("list", List.of(1, "b"));
            value.put("map", java.util.Collections.singletonMap("k", null));
            value.put("time", instant);
            value.put("zoned", instant.atZone(ZoneOffset.ofHours(1)));
            writer.write(List.of(Record.of(value)));
        }

        assertThat(rows("select * from files"))
                .containsExactly("a [1,\"b\"] {\"k\":null} 2026-01-02T03:04:05Z 2026-01-02T04:04:05+01:00");
    }

    @Test
    void aBrokenDatabaseIsTriedAgain() throws Exception {
        try (SinkWriter writer = sink()) {
            execute("drop table files");

            assertThatThrownBy(() -> writer.write(List.of(record("a", 1, "x"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot write 1 row: ");

            execute("create table files (id varchar(20) primary key, size integer, text varchar(10))");
            writer.write(List.of(record("a", 1, "x")));
        }
        assertThat(all()).containsExactly("a 1 x");
    }

    @Test
    void checksTheTableThatIsThere() throws Exception {
        assertThatThrownBy(() -> sink("create.table", false))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no table files: make it, or set create.table = true and give each column a type");

        execute("create schema s");
        execute("create table s.files (id varchar(20) primary key, text varchar(10))");
        assertThatThrownBy(() -> sink("create.table", false, "table", "s.files"))
                .isInstanceOf(IOException.class)
                .hasMessage("the table s.files has no column size: add it, or take it out of columns");
        execute("alter table s.files add size integer");
        try (SinkWriter writer = sink("create.table", false, "table", "s.files")) {
            writer.write(List.of(record("a", 1, "x")));
        }
        assertThat(rows("select id from s.files")).containsExactly("a");
    }

    @Test
    void refusesSettingsThatDoNotFitTogether() {
        assertThatThrownBy(() ->
                        sink("columns", Configs.texts("id", "1x", "a b c", "x=..y integer"), "key", Configs.texts()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns: '1x' is no column (allowed: name, name TYPE, name=path TYPE")
                .hasMessageContaining("key: mode = upsert needs the columns of the key")
                .hasMessageContaining("columns: 'id' needs a type, as create.table = true: id varchar(100)");
        assertThatThrownBy(() -> sink("key", Configs.texts("idd")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key: 'idd' is no column (allowed: id, size, text)");
    }
}
