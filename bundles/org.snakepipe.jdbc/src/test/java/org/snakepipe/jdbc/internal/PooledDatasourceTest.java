// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.jdbc.DataSourceFactory;
import org.snakepipe.api.pipeline.Shared;
import org.snakepipe.api.testing.Configs;
import org.snakepipe.api.testing.Context;

class PooledDatasourceTest {
    static {
        // The pool trusts a connection for half a second after its last use; a test does not wait for that.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "-1");
    }

    @TempDir
    private Path data;

    /** What the H2 bundle registers. */
    private static final class H2 implements DataSourceFactory {
        @Override
        public DataSource createDataSource(Properties properties) {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL(properties.getProperty(JDBC_URL));
            source.setUser(properties.getProperty(JDBC_USER, ""));
            source.setPassword(properties.getProperty(JDBC_PASSWORD, ""));
            return source;
        }

        @Override
        public ConnectionPoolDataSource createConnectionPoolDataSource(Properties properties) throws SQLException {
            throw new SQLException("not used");
        }

        @Override
        public XADataSource createXADataSource(Properties properties) throws SQLException {
            throw new SQLException("not used");
        }

        @Override
        public Driver createDriver(Properties properties) {
            return new org.h2.Driver();
        }
    }

    private Shared<DataSource> open(Drivers drivers, Object... settings) throws IOException, InterruptedException {
        return new PooledDatasource(Configs.of(PooledDatasource.Config.class, settings), drivers)
                .open(Context.in(data));
    }

    private static Drivers h2() {
        return new Drivers(List.of(new H2()));
    }

    @Test
    void putsAFileBelowTheDataDirectory() throws Exception {
        try (Shared<DataSource> shared = open(h2(), "url", "jdbc:h2:./db/demo");
                Connection connection = shared.value().getConnection()) {
            assertThat(connection.getMetaData().getURL()).startsWith("jdbc:h2:file:" + data.resolve("db/demo"));
        }
        assertThat(data.resolve("db/demo.mv.db")).exists();
    }

    @Test
    void letsOneTransactionAtATimeIntoAFileOfH2() throws Exception {
        try (Shared<DataSource> shared = open(h2(), "url", "jdbc:h2:./db/demo", "pool.size", 4)) {
            assertThat(shared.value().unwrap(HikariDataSource.class).getMaximumPoolSize())
                    .isEqualTo(1);
        }
    }

    @Test
    void letsAsManyAsItSaysIntoAnyOther() throws Exception {
        Object[] settings = {"url", "jdbc:h2:mem:several", "pool.size", 2, "connection.timeout.ms", 250L};
        try (Shared<DataSource> shared = open(h2(), settings);
                Connection first = shared.value().getConnection();
                Connection second = shared.value().getConnection()) {
            assertThat(second.unwrap(JdbcConnection.class)).isNotSameAs(first.unwrap(JdbcConnection.class));
        }
    }

    /** What H2 does with a database whose disk is full. */
    @Test
    void opensADatabaseAgainThatClosedItself() throws Exception {
        try (Shared<DataSource> shared = open(h2(), "url", "jdbc:h2:./db/demo", "user", "sa")) {
            try (Connection connection = shared.value().getConnection()) {
                Object session = connection.unwrap(JdbcConnection.class).getSession();
                ((SessionLocal) session).getDatabase().shutdownImmediately();
            }
            try (Connection connection = shared.value().getConnection()) {
                assertThat(connection.createStatement().execute("SELECT 1")).isTrue();
            }
        }
    }

    @Test
    @Timeout(30)
    void saysAtOnceWhyADatabaseCannotBeOpened() {
        assertThatThrownBy(() -> open(h2(), "url", "jdbc:h2:./none;IFEXISTS=TRUE", "connection.timeout.ms", 60_000L))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot connect to jdbc:h2:./none as '': Database ")
                .hasMessageContaining("none\" not found");
    }

    @Test
    void closesThePool() throws Exception {
        Shared<DataSource> shared = open(h2(), "url", "jdbc:h2:mem:x");
        DataSource source = shared.value();
        shared.close();

        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void saysWhichDriverIsMissingWithoutTheParametersOfTheUrl() {
        assertThatThrownBy(() -> open(h2(), "url", "jdbc:postgresql://host/db?password=secret"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "no driver for jdbc:postgresql://host/db: drop the jar of the JDBC driver (an OSGi bundle) into"
                                + " deploy/");
    }

    @Test
    void saysWhoCannotConnectAndNeverThePassword() throws Exception {
        Object[] first = {"url", "jdbc:h2:./db/locked", "user", "sa", "password", "right"};
        open(h2(), first).close();

        assertThatThrownBy(() -> open(
                        h2(),
                        "url",
                        "jdbc:h2:./db/locked;TRACE_LEVEL_FILE=0",
                        "user",
                        "sa",
                        "password",
                        "hunter2",
                        "connection.timeout.ms",
                        250L))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot connect to jdbc:h2:./db/locked as 'sa': ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void opensEmbeddedDatabasesSoThatNothingCommittedIsLost() {
        assertThat(H2Url.of("jdbc:postgresql://h/d", data)).isEqualTo("jdbc:postgresql://h/d");
        assertThat(H2Url.of("jdbc:h2:tcp://h/d", data)).isEqualTo("jdbc:h2:tcp://h/d");
        assertThat(H2Url.of("jdbc:h2:/abs/d;db_close_on_exit=TRUE", data))
                .isEqualTo("jdbc:h2:/abs/d;db_close_on_exit=TRUE;WRITE_DELAY=0");
        assertThat(H2Url.of("jdbc:h2:/abs/d", data)).isEqualTo("jdbc:h2:/abs/d;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0");
    }
}
