// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

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

/** What the database says before a datasource comes into force. */
class DatasourceCheckTest {
    @TempDir
    private Path data;

    private final Map<String, Object> datasource = new HashMap<>();
    private List<Object> factories = List.of(new H2());

    private List<Problem> check(String url, String user, String password) throws IOException {
        Map<String, Object> values = Map.of("url", url, "user", user, "password", password);
        return new DatasourceCheck().check(ConfigId.parse(PooledDatasource.PID + "~d"), values, new World());
    }

    private void database() throws SQLException {
        try (Connection made = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("db"), "ann", "right")) {
            assertThat(made.isValid(1)).isTrue();
        }
    }

    @Test
    void takesWhatTheDatabaseTakes() throws Exception {
        database();

        assertThat(check("jdbc:h2:./db", "ann", "$[secret:p]")).isEmpty();
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        database();

        assertThat(check("jdbc:h2:./db", "ann", "wrong")).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.message()).startsWith("the database refuses this: Wrong user name or password");
            assertThat(problem.message()).doesNotContain("wrong\"");
        });
    }

    @Test
    void anEmbeddedDatabaseThatIsNotThereIsNotMade() throws Exception {
        assertThat(check("jdbc:h2:./later", "ann", "right")).isEmpty();
        assertThat(data.resolve("later.mv.db")).doesNotExist();
    }

    @Test
    void nobodyCanTellWithoutADriverOrAServer() {
        factories = List.of();
        assertThatThrownBy(() -> check("jdbc:h2:./db", "ann", "right"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no driver for");

        factories = List.of(new H2());
        assertThatThrownBy(() -> check("jdbc:h2:tcp://127.0.0.1:1/db", "ann", "right"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot connect at the moment");
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
