// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.runtime.Home;

/** The command line of the distribution, beside nobody and beside a runtime. */
class CommandLineIT {
    @TempDir
    private Path directory;

    @Test
    void whatIsShippedIsRightInAllEnvironments() throws Exception {
        try (Home home = new Home(directory.resolve("home"))) {
            String plugins = Home.INSTALLATION.resolve("plugins-available").toString();

            assertThat(home.ask(0, "validate", "--all", "--strict", "--plugins", plugins))
                    .isEqualTo("0 errors, 0 warnings in 12 environments\n");
            assertThat(home.ask(0, "check-envs", "--strict")).startsWith("0 errors, 0 warnings");
        }
    }

    @Test
    void whatRunsAndTheFilesAreTheSame() throws Exception {
        try (House house = new House(directory, 1)) {
            house.run("staging");

            assertThat(house.command("diff", "--live", "staging"))
                    .isEqualTo("no difference; hidden values that cannot be compared: 3\n");
            assertThat(house.command("config", "validate")).contains("0 errors", "in 12 environments");
            assertThat(house.command("config:check-envs")).contains("0 errors");
            assertThat(house.command("config", "resolve", "prod")).contains("snakepipe.pipeline~demo");
            assertThat(house.command("config", "schema", "snakepipe.pipeline")).contains("concurrent.workers");
        }
    }

    @Test
    void aNewFileIsRightWhenWhatItAsksForIsFilledIn() throws Exception {
        try (Home home = new Home(directory.resolve("home"))) {
            home.ask(0, "new", "snakepipe.sink.jdbc~orders");
            Path file = home.path().resolve("config/base/snakepipe.sink.jdbc~orders.cfg");
            assertThat(home.ask(1, "validate")).contains("snakepipe.sink.jdbc~orders.cfg");

            Files.writeString(
                    file,
                    Files.readString(file)
                            .replaceFirst("(?m)^datasource =.*$", "datasource = snakepipe.datasource~warehouse")
                            .replaceFirst("(?m)^table =.*$", "table = orders")
                            .replaceFirst("(?m)^columns =.*$", "columns = id BIGINT")
                            .replaceFirst("(?m)^#key =.*$", "key = id"));
            assertThat(home.ask(0, "validate")).contains("0 errors");
        }
    }
}
