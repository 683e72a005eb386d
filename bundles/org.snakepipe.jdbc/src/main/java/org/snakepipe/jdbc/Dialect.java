// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the SQL of one product differs. Names are quoted, after they have been given the case that the product gives to names
 * without quotes: so {@code select * from files} finds what was configured as {@code files}, also where a name is a keyword.
 */
public enum Dialect {
    /** H2, see its grammar of {@code MERGE INTO}. */
    H2(true),
    /** PostgreSQL, see its {@code INSERT ... ON CONFLICT}. */
    POSTGRESQL(false),
    /** Any other product: plain inserts only. */
    OTHER(true);

    /** H2's {@code LOCK_TIMEOUT_1} and {@code CONCURRENT_UPDATE_1}, see its {@code org.h2.api.ErrorCode}. */
    private static final int H2_LOCK_TIMEOUT = 50200;

    private static final int H2_CONCURRENT_UPDATE = 90131;

    private final boolean upper;

    Dialect(boolean upper) {
        this.upper = upper;
    }

    /**
     * The dialect of a database.
     *
     * @param connection to it
     * @return the dialect; {@link #OTHER} for a product that is not known
     * @throws SQLException if the database does not say what it is
     */
    public static Dialect of(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default -> OTHER;
        };
    }

    /**
     * A name as the product keeps it.
     *
     * @param name as configured
     * @return in the case of the product
     */
    public String folded(String name) {
        return upper ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT);
    }

    /**
     * A name in quotes.
     *
     * @param name as configured; a dot separates schema and table
     * @return ready to stand in SQL
     */
    public String quoted(String name) {
        return List.of(name.split("\\.")).stream()
                .map(part -> '"' + folded(part).replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }

    /**
     * A plain insert.
     *
     * @param table   name of the table
     * @param columns names of all columns
     * @return SQL with a parameter for each column, in their order
     */
    public String insert(String table, List<String> columns) {
        return "INSERT INTO " + quoted(table) + " (" + list(columns) + ") VALUES (" + parameters(columns) + ")";
    }

    /**
     * An insert that writes over the row with the same key.
     *
     * @param table   name of the table
     * @param columns names of all columns
     * @param key     names of the columns of the key
     * @return SQL with a parameter for each column, in their order; empty when the product is not known
     */
    public Optional<String> upsert(String table, List<String> columns, List<String> key) {
        return switch (this) {
            case H2 ->
                Optional.of("MERGE INTO " + quoted(table) + " (" + list(columns) + ") KEY (" + list(key) + ") VALUES ("
                        + parameters(columns) + ")");
            case POSTGRESQL ->
                Optional.of(insert(table, columns) + " ON CONFLICT (" + list(key) + ") DO "
                        + update(columns.stream()
                                .filter(column -> !key.contains(column))
                                .toList()));
            case OTHER -> Optional.empty();
        };
    }

    private String update(List<String> columns) {
        return columns.isEmpty()
                ? "NOTHING"
                : "UPDATE SET "
                        + columns.stream()
                                .map(column -> quoted(column) + " = EXCLUDED." + quoted(column))
                                .collect(Collectors.joining(", "));
    }

    /**
     * A delete by key.
     *
     * @param table name of the table
     * @param key   names of the columns of the key
     * @return SQL with a parameter for each column of the key, in their order
     */
    public String delete(String table, List<String> key) {
        return "DELETE FROM " + quoted(table) + " WHERE "
                + key.stream().map(column -> quoted(column) + " = ?").collect(Collectors.joining(" AND "));
    }

    /**
     * Makes a table when there is none.
     *
     * @param table   name of the table
     * @param columns {@code name TYPE} for each, the names already quoted
     * @param key     names of the columns of the key; may be empty
     * @return SQL
     */
    public String create(String table, Collection<String> columns, List<String> key) {
        String primary = key.isEmpty() ? "" : ", PRIMARY KEY (" + list(key) + ")";
        return "CREATE TABLE IF NOT EXISTS " + quoted(table) + " (" + String.join(", ", columns) + primary + ")";
    }

    /**
     * What people can do about an error that says too little.
     *
     * @param error what the database said
     * @return a sentence; empty when the error speaks for itself
     */
    public Optional<String> advice(SQLException error) {
        if (this != H2) {
            return Optional.empty();
        }
        Set<Integer> codes = codes(error);
        return codes.contains(H2_LOCK_TIMEOUT) && codes.contains(H2_CONCURRENT_UPDATE)
                ? Optional.of(
                        "another transaction holds a key of these rows. If nobody else writes them, a process that was"
                                + " killed has left an entry for it in an index of H2, which stays until the database is compacted:"
                                + " stop Snake Pipe, and see 'H2 after a kill' in docs/pipelines.md")
                : Optional.empty();
    }

    /** Of all causes and all that come next, as an exception iterates: a batch has one for each of its rows. */
    private static Set<Integer> codes(SQLException error) {
        Set<Integer> codes = new HashSet<>();
        for (Throwable one : error) {
            if (one instanceof SQLException sql) {
                codes.add(sql.getErrorCode());
            }
        }
        return codes;
    }

    private String list(List<String> names) {
        return names.stream().map(this::quoted).collect(Collectors.joining(", "));
    }

    private static String parameters(List<String> columns) {
        return String.join(", ", columns.stream().map(column -> "?").toList());
    }
}
