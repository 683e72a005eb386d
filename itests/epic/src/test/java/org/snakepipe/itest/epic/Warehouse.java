// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into a database that a runtime has left. */
final class Warehouse {
    private Warehouse() {}

    /** The ids in a table, in order. */
    static List<String> ids(Path home, String database, String user, String password, String table)
            throws SQLException {
        String url = "jdbc:h2:file:" + home.resolve("data").resolve(database) + ";IFEXISTS=TRUE";
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from " + table + " order by id")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}
