// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.jdbc.DataSourceFactory;

class ShownTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://host/db?user=me&password=canary | jdbc:postgresql://host/db",
                "jdbc:h2:./db;PASSWORD=canary | jdbc:h2:./db",
                "jdbc:mysql://me:canary@host/db | jdbc:mysql://me:<set>@host/db",
                "jdbc:mysql://me:can@ry@host/db | jdbc:mysql://me:<set>@host/db",
                "jdbc:oracle:thin:scott/canary@host:1521:db | jdbc:oracle:thin:scott/<set>@host:1521:db",
                "jdbc:postgresql://host:5432/db | jdbc:postgresql://host:5432/db"
            })
    void anAddressIsShownWithoutParametersAndPasswords(String url, String shown) {
        assertThat(Shown.url(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cannot parse jdbc:x://h/d?password=canary&ssl=1 | cannot parse jdbc:x://h/d?password=<set>&ssl=1",
                "URL is jdbc:h2:x;PASSWORD = canary; | URL is jdbc:h2:x;PASSWORD = <set>;",
                "trustStorePassword=canary, next | trustStorePassword=<set>, next",
                "FATAL: hunter22 is wrong | FATAL: <set> is wrong",
                "no password was given | no password was given"
            })
    void whatADriverSaysIsShownWithoutPasswords(String said, String shown) {
        assertThat(Shown.text(said, "hunter22")).isEqualTo(shown);
        assertThat(Shown.text(null, "hunter22")).isEqualTo("no reason is given");
        assertThat(Shown.text("a man", "a"))
                .as("of so few letters nothing can be hidden")
                .isEqualTo("a man");
    }

    @Test
    void aDriverThatRepeatsTheAddressDoesNotGiveThePasswordAway() {
        Driver driver = (Driver) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> true);
        DataSourceFactory factory = (DataSourceFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSourceFactory.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createDriver")) {
                        return driver;
                    }
                    throw new SQLException("bad URL jdbc:x://me:canary@h/d?password=canary2, hunter22");
                });

        assertThatThrownBy(() -> new Drivers(List.of(factory)).source("jdbc:x://me:canary@h/d", "me", "hunter22"))
                .isInstanceOf(IOException.class)
                .hasMessage("the driver for jdbc:x://me:<set>@h/d refuses it: bad URL"
                        + " jdbc:x://me:<set>@h/d?password=<set>, <set>");
    }
}
