// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.SinkWriter;

/**
 * Writes each batch in one transaction. When the database refuses the data of a batch, its rows are written one by one, each
 * behind a savepoint, so that the bad ones are found and all the others are there.
 */
final class JdbcSinkWriter implements SinkWriter {
    private final DataSource source;
    private final Table table;
    private final Set<String> types;

    JdbcSinkWriter(DataSource source, Table table, Set<String> types) {
        this.source = source;
        this.table = table;
        this.types = types;
    }

    @Override
    public void write(List<Record> batch) throws RejectedRecords, IOException, InterruptedException {
        List<Rejection> rejections = new ArrayList<>();
        List<Record> rows = rows(batch, rejections);
        if (!rows.isEmpty()) {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                write(connection, rows, rejections);
            } catch (SQLException e) {
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException("stopping").initCause(e);
                }
                throw new IOException(
                        "cannot write " + rows.size() + (rows.size() == 1 ? " row: " : " rows: ") + e.getMessage()
                                + table.dialect()
                                        .advice(e)
                                        .map(advice -> "; " + advice)
                                        .orElse(""),
                        e);
            }
        }
        if (!rejections.isEmpty()) {
            throw new RejectedRecords(rejections);
        }
    }

    /** What is to be written: of records with the same key the last, as one statement may not touch a row twice. */
    private List<Record> rows(List<Record> batch, List<Rejection> rejections) {
        Map<Object, Record> rows = new LinkedHashMap<>();
        for (Record record : batch) {
            if (!types.isEmpty() && !types.contains(record.type())) {
                continue;
            }
            if (table.key().isEmpty()) {
                if (record.op() == Record.Op.DELETE) {
                    rejections.add(new Rejection(record, "a table without a key cannot delete a row"));
                } else {
                    rows.put(new Object(), record);
                }
                continue;
            }
            List<Object> key = new ArrayList<>();
            table.key().forEach(column -> key.add(column.value(record.value())));
            if (key.contains(null)) {
                rejections.add(new Rejection(record, "the key " + names(table.key()) + " is not complete: " + key));
            } else {
                rows.remove(key);
                rows.put(key, record);
            }
        }
        return List.copyOf(rows.values());
    }

    private static String names(List<Column> columns) {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }

    private void write(Connection connection, List<Record> rows, List<Rejection> rejections) throws SQLException {
        try {
            writeTogether(connection, rows);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (!isData(e)) {
                throw e;
            }
            writeOneByOne(connection, rows, rejections);
            connection.commit();
        } catch (RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private void writeTogether(Connection connection, List<Record> rows) throws SQLException {
        execute(connection, table.write(), table.columns(), rows, Record.Op.UPSERT);
        if (!table.delete().isEmpty()) {
            execute(connection, table.delete(), table.key(), rows, Record.Op.DELETE);
        }
    }

    private static void execute(
            Connection connection, String sql, List<Column> columns, List<Record> rows, Record.Op op)
            throws SQLException {
        if (rows.stream().noneMatch(row -> row.op() == op)) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Record row : rows) {
                if (row.op() == op) {
                    for (int i = 0; i < columns.size(); i++) {
                        statement.setObject(i + 1, SqlValues.of(columns.get(i).value(row.value())));
                    }
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private void writeOneByOne(Connection connection, List<Record> rows, List<Rejection> rejections)
            throws SQLException {
        for (Record row : rows) {
            Savepoint before = connection.setSavepoint();
            try {
                writeTogether(connection, List.of(row));
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                connection.rollback(before);
                if (!isData(e)) {
                    throw e;
                }
                rejections.add(new Rejection(row, "the database refuses it: " + deepest(e)));
            }
        }
    }

    /** SQLSTATE class 22 is bad data, 23 a violated constraint (ISO 9075-2, 24.1): trying again cannot help. */
    private static boolean isData(SQLException e) {
        for (SQLException next = e; next != null; next = next.getNextException()) {
            String state = next.getSQLState();
            if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
                return true;
            }
        }
        return false;
    }

    private static String deepest(SQLException e) {
        SQLException last = e;
        while (last.getNextException() != null) {
            last = last.getNextException();
        }
        return last.getMessage();
    }

    /** The connections belong to the datasource. */
    @Override
    public void close() {}
}
