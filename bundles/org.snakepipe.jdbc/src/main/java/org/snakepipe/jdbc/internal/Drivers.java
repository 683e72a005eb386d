// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import java.io.IOException;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * The JDBC drivers that are there at the moment, also those dropped in later. {@code DriverManager} knows none of them: it only
 * sees what the class loader of the caller sees.
 *
 * <p>Source: OSGi Compendium 8, 125 (JDBC Service Specification).
 */
@Component(service = Drivers.class)
public final class Drivers {
    @Reference(name = "factory", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<DataSourceFactory> factories;

    /** For SCR. */
    public Drivers() {
        factories = List.of();
    }

    Drivers(List<DataSourceFactory> factories) {
        this.factories = List.copyOf(factories);
    }

    /** A source of connections for a URL. The message of an exception never holds the password. */
    DataSource source(String url, String user, String password) throws IOException {
        for (DataSourceFactory factory : List.copyOf(factories)) {
            Optional<DataSource> source = source(factory, url, user, password);
            if (source.isPresent()) {
                return source.get();
            }
        }
        throw new IOException(
                "no driver for " + Shown.url(url) + ": drop the jar of the JDBC driver (an OSGi bundle) into deploy/");
    }

    private static Optional<DataSource> source(DataSourceFactory factory, String url, String user, String password)
            throws IOException {
        try {
            Driver driver = factory.createDriver(null);
            if (driver == null || !driver.acceptsURL(url)) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.setProperty(DataSourceFactory.JDBC_URL, url);
            if (!user.isEmpty()) {
                properties.setProperty(DataSourceFactory.JDBC_USER, user);
                properties.setProperty(DataSourceFactory.JDBC_PASSWORD, password);
            }
            return Optional.of(factory.createDataSource(properties));
        } catch (SQLException e) {
            throw new IOException(
                    "the driver for " + Shown.url(url) + " refuses it: " + Shown.text(e.getMessage(), password), e);
        }
    }
}
