// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.CheckContext;
import org.snakepipe.api.config.ConfigCheck;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.jdbc.DatasourceProbe;

/** Whether the table is there, with the columns that are written, where it is not to be made. */
public final class TableCheck implements ConfigCheck {
    @Override
    public List<Problem> check(ConfigId id, Map<String, Object> values, CheckContext context) throws IOException {
        Map<String, Object> datasource = context.values(String.valueOf(values.get("datasource")));
        if (datasource.isEmpty() || !Boolean.FALSE.equals(values.get("create.table"))) {
            return List.of();
        }
        String table = String.valueOf(values.get("table"));
        List<String> key = List.of((String[]) values.getOrDefault("key", new String[0]));
        boolean upsert = "upsert".equals(values.get("mode"));
        Optional<Connection> connected;
        try {
            connected = DatasourceProbe.connect(datasource, context);
        } catch (SQLException e) {
            // The check of the datasource says so itself.
            return List.of();
        }
        if (connected.isEmpty()) {
            return List.of();
        }
        try (Connection connection = connected.get()) {
            List<Column> columns = Columns.parse(List.of((String[]) values.get("columns")), key, upsert, false);
            Table.open(connection, new Table.Settings(table, columns, key, upsert, false));
            return List.of();
        } catch (SQLException | IOException | IllegalArgumentException e) {
            return List.of(Problem.error("check.failed", "the table " + table + " does not fit: " + e.getMessage())
                    .key("table")
                    .build());
        }
    }
}
