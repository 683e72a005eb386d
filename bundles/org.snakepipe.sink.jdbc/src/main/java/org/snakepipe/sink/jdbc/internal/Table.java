// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.jdbc.Dialect;

/**
 * One table, and the SQL that writes it.
 *
 * @param dialect that of the database
 * @param columns the columns that are written, in order
 * @param key     the columns of the key; empty when there is none
 * @param write   SQL with a parameter for each column
 * @param delete  SQL with a parameter for each column of the key; empty when there is none
 */
record Table(Dialect dialect, List<Column> columns, List<Column> key, String write, String delete) {
    /** What is configured. */
    record Settings(String name, List<Column> columns, List<String> key, boolean upsert, boolean create) {}

    /** Makes the table when it is to be made, and checks that it has what is written. */
    static Table open(Connection connection, Settings settings) throws SQLException, IOException {
        Dialect dialect = Dialect.of(connection);
        if (settings.create()) {
            create(connection, dialect, settings);
        }
        check(connection, dialect, settings);
        List<String> names = settings.columns().stream().map(Column::name).toList();
        String write = dialect.insert(settings.name(), names);
        if (settings.upsert()) {
            Optional<String> upsert = dialect.upsert(settings.name(), names, settings.key());
            write = upsert.orElseThrow(
                    () -> new IOException("mode = upsert is not known for this database (allowed for H2"
                            + " and PostgreSQL): set mode = insert"));
        }
        List<Column> key = settings.columns().stream()
                .filter(column -> settings.key().contains(column.name()))
                .toList();
        List<String> keyNames = key.stream().map(Column::name).toList();
        return new Table(
                dialect,
                settings.columns(),
                key,
                write,
                key.isEmpty() ? "" : dialect.delete(settings.name(), keyNames));
    }

    private static void create(Connection connection, Dialect dialect, Settings settings) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (Column column : settings.columns()) {
            columns.add(dialect.quoted(column.name()) + " " + column.type());
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(dialect.create(settings.name(), columns, settings.key()));
        }
    }

    private static void check(Connection connection, Dialect dialect, Settings settings)
            throws SQLException, IOException {
        int dot = settings.name().lastIndexOf('.');
        String schema = dot < 0
                ? connection.getSchema()
                : dialect.folded(settings.name().substring(0, dot));
        String table = dialect.folded(settings.name().substring(dot + 1));
        Set<String> there = new HashSet<>();
        try (ResultSet found = connection.getMetaData().getColumns(null, schema, table, null)) {
            while (found.next()) {
                there.add(found.getString("COLUMN_NAME"));
            }
        }
        if (there.isEmpty()) {
            throw new IOException("there is no table " + settings.name()
                    + ": make it, or set create.table = true and give" + " each column a type");
        }
        List<String> missing = settings.columns().stream()
                .map(Column::name)
                .filter(name -> !there.contains(dialect.folded(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IOException("the table " + settings.name() + " has no column " + String.join(", ", missing)
                    + ": add it, or take it out of columns");
        }
    }
}
