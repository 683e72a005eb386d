// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.jdbc.DataSourceFactory;
import org.snakepipe.api.config.CheckContext;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/** What the database says before a sink comes into force. */
class TableCheckTest {
    @TempDir
    private Path data;

    private final Map<String, Object> datasource = new HashMap<>();
    private String password = "right";
    private List<Object> factories = List.of(new H2());

    private List<Problem> check(String table, boolean create, String... columns) throws IOException {
        datasource.putAll(Map.of("url", "jdbc:h2:./db", "user", "ann", "password", password));
        Map<String, Object> values = Map.of(
                "datasource",
                "snakepipe.datasource~d",
                "table",
                table,
                "columns",
                columns,
                "key",
                new String[] {"id"},
                "mode",
                "upsert",
                "create.table",
                create);
        return new TableCheck().check(ConfigId.parse(JdbcSink.PID + "~s"), values, new World());
    }

    private void database() throws SQLException {
        try (Connection made = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("db"), "ann", "right")) {
            made.createStatement().execute("CREATE TABLE orders (id INT PRIMARY KEY, name VARCHAR)");
        }
    }

    @Test
    void takesATableWithAllColumns() throws Exception {
        database();

        assertThat(check("orders", false, "id", "name")).isEmpty();
    }

    @Test
    void refusesATableThatIsNotThereAndColumnsThatAreNot() throws Exception {
        database();

        assertThat(check("nothing", false, "id").toString()).contains("there is no table nothing");
        assertThat(check("orders", false, "id", "price").toString()).contains("has no column price");
    }

    @Test
    void aTableThatIsMadeNeedNotBeThere() throws Exception {
        assertThat(check("nothing", true, "id INT")).isEmpty();
        assertThat(check("nothing", false, "id"))
                .as("nor can it be in a database that is made")
                .isEmpty();
        assertThat(data.resolve("db.mv.db")).doesNotExist();
    }

    @Test
    void nobodyCanTellWithoutADriver() {
        factories = List.of();

        assertThatThrownBy(() -> check("orders", false, "id")).isInstanceOf(IOException.class);
    }

    @Test
    void aWrongPasswordIsLeftToTheDatasource() throws Exception {
        database();
        password = "wrong";

        assertThat(check("orders", false, "id")).isEmpty();
    }

    /** What the H2 bundle registers, as far as it is used. */
    private static final class H2 implements DataSourceFactory {
        @Override
        public DataSource createDataSource(Properties properties) {
            JdbcDataSource source = new JdbcDataSource();
            source.setUrl(properties.getProperty(JDBC_URL));
            source.setUser(properties.getProperty(JDBC_USER, ""));
            source.setPassword(properties.getProperty(JDBC_PASSWORD, ""));
            return source;
        }

        @Override
        public ConnectionPoolDataSource createConnectionPoolDataSource(Properties properties) {
            throw new UnsupportedOperationException();
        }

        @Override
        public XADataSource createXADataSource(Properties properties) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Driver createDriver(Properties properties) {
            return new org.h2.Driver();
        }
    }

    private final class World implements CheckContext {
        @Override
        public Map<String, Object> values(String id) {
            return id.equals("snakepipe.datasource~d") ? datasource : Map.of();
        }

        @Override
        public Path dataDirectory() {
            return data;
        }

        @Override
        public String secret(String value) {
            return value.replace("$[secret:p]", "right");
        }

        @Override
        public <T> List<T> services(Class<T> type) {
            return factories.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }
}
