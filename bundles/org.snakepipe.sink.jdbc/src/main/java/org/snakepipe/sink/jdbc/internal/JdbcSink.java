// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.jdbc.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.snakepipe.api.config.Ref;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.plugin.Plugin;

/** Writes records into a table of a database. */
@Plugin(kind = Plugin.Kind.sink, name = "jdbc", rules = JdbcSinkRule.class, checks = TableCheck.class)
@Component(service = Sink.class, configurationPid = JdbcSink.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JdbcSink.Config.class, factory = true)
public final class JdbcSink implements Sink {
    /** Factory PID. */
    public static final String PID = "snakepipe.sink.jdbc";

    @ObjectClassDefinition(
            name = "JDBC sink",
            description = "Writes records into a table, each batch in one transaction.")
    @interface Config {
        @AttributeDefinition(
                name = "Datasource",
                description = "Id of the datasource, for example snakepipe.datasource~warehouse.",
                min = "1")
        @Ref("snakepipe.datasource")
        String datasource();

        @AttributeDefinition(
                name = "Table",
                description = "Name of the table; schema.table for one in a schema.",
                min = "1")
        String table();

        @AttributeDefinition(
                name = "Columns",
                description = "What is written: name, name TYPE, or name=path TYPE where path is the dotted path of the"
                        + " field. Types are needed where the table is made. Write a comma within a type as \\,.")
        String[] columns();

        @AttributeDefinition(
                name = "Key",
                description =
                        "Columns of the key. A record with the same key writes over the row, so that writing again"
                                + " does no harm. Needed for mode = upsert.")
        String[] key() default {};

        @AttributeDefinition(
                name = "Mode",
                description =
                        "upsert writes over the row with the same key; insert only adds, so that after a failure a"
                                + " row may be there twice.",
                options = {@Option(label = "upsert", value = "upsert"), @Option(label = "insert", value = "insert")})
        String mode() default "upsert";

        @AttributeDefinition(name = "Create table", description = "Whether a table that is not there is made.")
        boolean create_table() default true;

        @AttributeDefinition(
                name = "Record types",
                description = "Only records of these types are written, others pass by. None named: all are written.")
        String[] record_type() default {};
    }

    private final String datasource;
    private final Table.Settings table;
    private final Set<String> types;

    /**
     * Takes the settings.
     *
     * @param config the settings
     * @throws IllegalArgumentException if they do not fit together; the message names everything that is wrong
     */
    @Activate
    public JdbcSink(Config config) {
        List<String> key = List.of(config.key());
        boolean upsert = config.mode().equals("upsert");
        List<Column> columns = Columns.parse(List.of(config.columns()), key, upsert, config.create_table());
        datasource = config.datasource();
        table = new Table.Settings(config.table(), columns, key, upsert, config.create_table());
        types = Set.of(config.record_type());
    }

    @Override
    public SinkWriter open(OpenContext context) throws IOException, InterruptedException {
        DataSource source = context.resource(datasource, DataSource.class);
        try (Connection connection = source.getConnection()) {
            return new JdbcSinkWriter(source, Table.open(connection, table), types);
        } catch (SQLException e) {
            throw new IOException("cannot prepare the table " + table.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean hasKey() {
        return !table.key().isEmpty();
    }
}
