// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.testing.Configs;
import org.snakepipe.api.testing.Context;

class PostgresSinkTest {
    private static TestPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        execute("drop table if exists files");
    }

    private static SinkWriter sink(Object... settings) throws IOException, InterruptedException {
        Object[] least = {
            "datasource",
            "snakepipe.datasource~test",
            "table",
            "files",
            "columns",
            Configs.texts("id varchar(20)", "size integer", "text varchar(10)"),
            "key",
            Configs.texts("id")
        };
        Object[] all = Stream.of(least, settings).flatMap(Stream::of).toArray();
        return new JdbcSink(Configs.of(JdbcSink.Config.class, all))
                .open(new Context(Path.of("data"), postgres.source()));
    }

    private static Record record(String id, Object size, Object text) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("id", id);
        value.put("size", size);
        value.put("text", text);
        return Record.of(value);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(result.getObject(column)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    /** Other ordinary users take the way of {@link #start}. */
    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void rootCanTestAlsoWhereThereAreNoUserNamespaces() throws Exception {
        try (TestPostgres other = TestPostgres.asNobody();
                Connection connection = other.connect()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
        }
    }

    @Test
    void makesTheTableWritesOverRowsAndDeletes() throws Exception {
        try (SinkWriter writer = sink()) {
            writer.write(List.of(record("a", 1, "x"), record("b", 2, null), record("a", 3, "y")));
            writer.write(List.of(record("b", 4, "z"), record("c", 5, "u")));
            writer.write(List.of(record("c", 5, "u").withOp(Record.Op.DELETE)));
        }

        assertThat(rows("select * from files order by id")).containsExactly("a 3 y", "b 4 z");
    }

    @Test
    void rejectsTheRowsThatTheDatabaseRefusesAndWritesTheOthers() throws Exception {
        Record nul = record("c", 3, "a\u0000b");
        Record large = record("b", 2, "more than ten characters");
        try (SinkWriter writer = sink()) {
            RejectedRecords rejected = catchThrowableOfType(
                    RejectedRecords.class,
                    () -> writer.write(List.of(record("a", 1, "x"), large, nul, record("d", 4, "y"))));

            assertThat(rejected.rejections()).extracting(Rejection::record).containsExactlyInAnyOrder(large, nul);
            assertThat(rejected.rejections())
                    .allSatisfy(rejection -> assertThat(rejection.reason()).startsWith("the database refuses it: "));
        }

        assertThat(rows("select id from files order by id")).containsExactly("a", "d");
    }

    @Test
    void writesTimesAndStructures() throws Exception {
        Instant instant = Instant.parse("2026-01-02T03:04:05.678901Z");
        try (SinkWriter writer = sink(
                "columns", Configs.texts("id varchar(9)", "list text", "at timestamp with time zone", "big numeric"))) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("id", "a");
            value.put("list", List.of(1, "b"));
            value.put("at", instant);
            value.put("big", new java.math.BigDecimal("12345678901234567890.5"));
            writer.write(List.of(Record.of(value)));
        }

        assertThat(rows("select list, big from files")).containsExactly("[1,\"b\"] 12345678901234567890.5");
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select at from files")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getObject(1, OffsetDateTime.class).toInstant()).isEqualTo(instant);
        }
    }

    @Test
    void goesOnAfterTheServerCutTheConnection() throws Exception {
        try (SinkWriter writer = sink()) {
            writer.write(List.of(record("a", 1, "x")));
            execute("alter table files rename to elsewhere");
            IOException away =
                    catchThrowableOfType(IOException.class, () -> writer.write(List.of(record("b", 2, "y"))));
            assertThat(away).hasMessageStartingWith("cannot write 1 row: ");

            execute("alter table elsewhere rename to files");
            execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()");
            writer.write(List.of(record("b", 2, "y")));
        }

        assertThat(rows("select id from files order by id")).containsExactly("a", "b");
    }

    @Test
    void ofManyWritersEachRowArrivesOnce() throws Exception {
        int workers = 4;
        int batches = 25;
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try (SinkWriter writer = sink()) {
            List<Future<?>> all = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                int first = worker;
                all.add(pool.submit(() -> {
                    for (int batch = 0; batch < batches; batch++) {
                        List<Record> records = new ArrayList<>();
                        for (int row = 0; row < 100; row++) {
                            records.add(record("r" + (first + workers * (batch * 100 + row)), row, "x"));
                        }
                        writer.write(records);
                        // As after a crash: the same once more.
                        writer.write(records);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(rows("select count(*), count(distinct id) from files")).containsExactly("10000 10000");
    }
}
