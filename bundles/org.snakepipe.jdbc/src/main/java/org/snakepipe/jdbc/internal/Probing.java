// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.jdbc.DataSourceFactory;
import org.snakepipe.api.config.CheckContext;

/** What a probe does; see {@link org.snakepipe.jdbc.DatasourceProbe}. */
public final class Probing {
    /** SQLSTATE classes that say it will not work later either: authorisation, catalogue name. */
    private static final List<String> FOR_GOOD = List.of("28", "3D");

    /** What H2 says to IFEXISTS. */
    private static final int H2_NOT_THERE = 90146;

    private Probing() {}

    /**
     * One connection.
     *
     * @param values    of the datasource
     * @param context   of the check
     * @param factories of drivers
     * @return a connection; empty for an embedded database that is not there yet
     * @throws SQLException if the database says that this cannot work
     * @throws IOException  if nobody can tell
     */
    public static Optional<Connection> connect(
            Map<String, Object> values, CheckContext context, List<DataSourceFactory> factories)
            throws IOException, SQLException {
        String url = H2Url.of(String.valueOf(values.get("url")), context.dataDirectory());
        if (H2Url.isEmbedded(url)) {
            // Else H2 would make one.
            url += ";IFEXISTS=TRUE";
        }
        String password = values.get("password") == null ? "" : context.secret(String.valueOf(values.get("password")));
        String user = values.get("user") == null ? "" : String.valueOf(values.get("user"));
        try {
            return Optional.of(
                    new Drivers(factories).source(url, user, password).getConnection());
        } catch (SQLException e) {
            if (e.getErrorCode() == H2_NOT_THERE && H2Url.isEmbedded(url)) {
                return Optional.empty();
            }
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            if (FOR_GOOD.stream().anyMatch(state::startsWith)) {
                throw e;
            }
            throw new IOException("cannot connect at the moment: " + Shown.text(e.getMessage(), password), e);
        }
    }
}
