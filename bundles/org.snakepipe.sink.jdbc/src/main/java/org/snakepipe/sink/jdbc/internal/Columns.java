// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Suggestions;

/** The columns of a sink, and whether they go with its key. */
final class Columns {
    private Columns() {}

    /** Throws an IllegalArgumentException that names everything that is wrong. */
    static List<Column> parse(List<String> columns, List<String> key, boolean upsert, boolean create) {
        List<Mistake> mistakes = mistakes(columns, key, upsert, create);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("; ", mistakes.stream().map(Mistake::message).toList()));
        }
        return columns.stream().map(Column::parse).toList();
    }

    static List<Mistake> mistakes(List<String> texts, List<String> key, boolean upsert, boolean create) {
        List<Mistake> mistakes = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (String text : texts) {
            try {
                columns.add(Column.parse(text));
            } catch (IllegalArgumentException e) {
                mistakes.add(new Mistake("jdbc.column", "columns", e.getMessage(), List.of()));
            }
        }
        List<String> names = columns.stream().map(Column::name).toList();
        if (upsert && key.isEmpty()) {
            mistakes.add(new Mistake(
                    "jdbc.key",
                    "key",
                    "key: mode = upsert needs the columns of the key",
                    names.contains("id") ? List.of(Fix.add("key", "id")) : List.of()));
        }
        if (names.size() == texts.size()) {
            key.stream()
                    .filter(name -> !names.contains(name))
                    .forEach(name -> mistakes.add(stranger(name, key, names)));
        }
        columns.stream()
                .filter(column -> create && column.type().isEmpty())
                .forEach(column -> mistakes.add(new Mistake(
                        "jdbc.type",
                        "columns",
                        "columns: '" + column.name() + "' needs a type, as create.table = true: " + column.name()
                                + " varchar(100)",
                        List.of())));
        return mistakes;
    }

    private static Mistake stranger(String name, List<String> key, List<String> names) {
        List<Fix> fixes = Suggestions.nearest(name, names).stream()
                .map(meant -> Fix.replace(String.join(
                        ", ",
                        key.stream().map(one -> one.equals(name) ? meant : one).toList())))
                .toList();
        return new Mistake(
                "jdbc.key",
                "key",
                "key: '" + name + "' is no column (allowed: " + String.join(", ", names) + ")",
                fixes);
    }
}
