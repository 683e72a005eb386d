// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.jdbc.DataSourceFactory;
import org.snakepipe.api.config.CheckContext;
import org.snakepipe.jdbc.internal.Probing;

/** Connects as a datasource would, for checks, without a pool and without making a database that is not there. */
public final class DatasourceProbe {
    private DatasourceProbe() {}

    /**
     * One connection.
     *
     * @param values  of the datasource
     * @param context of the check
     * @return a connection, which the caller closes; with its defaults, so it commits by itself. Empty for an embedded database
     *     that is not there yet: it is made when the datasource is opened
     * @throws SQLException if the database says that this cannot work: the password, the user or the database is wrong
     * @throws IOException  if nobody can tell: there is no driver yet, the server does not answer, or a secret is not known.
     *                      The message is for people and holds no password
     */
    public static Optional<Connection> connect(Map<String, Object> values, CheckContext context)
            throws IOException, SQLException {
        return Probing.connect(values, context, context.services(DataSourceFactory.class));
    }
}
