// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.snakepipe.api.config.Pattern;
import org.snakepipe.api.config.Unit;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Resource;
import org.snakepipe.api.pipeline.Shared;
import org.snakepipe.api.plugin.Plugin;

/** A database with a pool of connections, shared by all who use it. */
@Plugin(kind = Plugin.Kind.resource, name = "datasource", checks = DatasourceCheck.class)
@Component(
        service = Resource.class,
        configurationPid = PooledDatasource.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PooledDatasource.Config.class, factory = true)
public final class PooledDatasource implements Resource<DataSource> {
    /** Factory PID. */
    public static final String PID = "snakepipe.datasource";

    private static final long TURN_MILLIS = 30_000;

    @ObjectClassDefinition(name = "Datasource", description = "A database with a pool of connections.")
    @interface Config {
        @AttributeDefinition(
                name = "URL",
                description =
                        "JDBC URL, for example jdbc:postgresql://host/db. The driver must be there: H2 is, others are"
                                + " dropped into deploy/. An H2 file with a relative path is below the data directory.",
                min = "6")
        @Pattern(value = "jdbc:[^:]+:.+", hint = "a JDBC URL such as jdbc:postgresql://host/db")
        String url();

        @AttributeDefinition(name = "User", description = "Who connects. Empty: nobody in particular.")
        String user() default "";

        @AttributeDefinition(
                name = "Password",
                description = "Secret.",
                type = AttributeType.PASSWORD,
                required = false)
        String password() default "";

        @AttributeDefinition(
                name = "Pool size",
                description =
                        "Most connections at a time. A file of an embedded H2 has one, whatever is set: see 'H2 after a"
                                + " kill' in docs/pipelines.md.",
                min = "1",
                max = "200")
        int pool_size() default 4;

        @AttributeDefinition(
                name = "Connection timeout",
                description =
                        "Longest wait for a connection: 3s. For the one of an embedded H2 file it is 30s at least.",
                min = "250",
                max = "60000")
        @Unit(Unit.Measure.ms)
        long connection_timeout_ms() default 3000;
    }

    private final Config config;
    private final Drivers drivers;

    /**
     * Takes the settings.
     *
     * @param config  the settings
     * @param drivers the drivers that are there
     */
    @Activate
    public PooledDatasource(Config config, @Reference(name = "drivers") Drivers drivers) {
        this.config = config;
        this.drivers = drivers;
    }

    @Override
    public Shared<DataSource> open(OpenContext context) throws IOException {
        String url = H2Url.of(config.url(), context.dataDirectory());
        String password = config.password() == null ? "" : context.secret(config.password());
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(context.id().toString());
        pool.setDataSource(drivers.source(url, config.user(), password));
        pool.setMaximumPoolSize(config.pool_size());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(config.connection_timeout_ms());
        // One attempt: who opens it tries again by itself, and hears at once why it cannot be. Within its whole time
        // the
        // pool would only wait, until the engine takes it for something that hangs.
        pool.setInitializationFailTimeout(1);
        pool.setAutoCommit(true);
        if (H2Url.isEmbeddedFile(url)) {
            pool.setMaximumPoolSize(1);
            // To wait for one's turn is no sign that the database is away.
            pool.setConnectionTimeout(Math.max(config.connection_timeout_ms(), TURN_MILLIS));
            // To make the one connection anew closes the database, and there is no network that it would be good for.
            pool.setMaxLifetime(0);
        }
        if (H2Url.isEmbedded(url)) {
            // H2 closes a database whose disk is full, and its connections go on saying that they are valid: only a
            // statement tells, so that a new connection opens the database again.
            pool.setConnectionTestQuery("SELECT 1");
        }
        try {
            return new Pool(new HikariDataSource(pool));
        } catch (PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "cannot connect to " + Shown.url(config.url()) + " as '" + config.user() + "': "
                            + Shown.text(cause.getMessage(), password),
                    e);
        }
    }

    private record Pool(HikariDataSource value) implements Shared<DataSource> {
        @Override
        public void close() {
            value.close();
        }
    }
}
