// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A secret is a file that the configuration names; nobody but the database sees what is in it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CredentialsIT {
    private static final String PASSWORD = "c0rrect-h0rse-b4ttery";
    private static final String USER = "pipe";
    private static final int DOCUMENTS = 5;

    @TempDir
    private Path directory;

    @Test
    void onlyTheDatabaseSeesThePassword() throws Exception {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("warehouse.password"), PASSWORD);
        try (House house = new House(directory, DOCUMENTS)) {
            String url = "jdbc:h2:file:" + house.path().resolve("data/guarded");
            try (Connection made = DriverManager.getConnection(url, USER, PASSWORD)) {
                assertThat(made.isValid(1)).isTrue();
            }
            house.save(
                    "environments/prod/snakepipe.datasource~warehouse.cfg",
                    "url = jdbc:h2:file:./guarded",
                    "user = " + USER,
                    "password = $[secret:warehouse.password]");
            house.with("SNAKE_PIPE_SECRETS", secrets.toString()).run("prod");

            house.awaitPipeline("demo", "has read all", one -> House.number(one, "total") == DOCUMENTS);
            assertThat(house.problems()).noneMatch(problem -> problem.contains("warehouse"));
            assertThat(house.value("snakepipe.datasource~warehouse", "url")).isEqualTo("jdbc:h2:file:./guarded");
            List<String> said = new ArrayList<>();
            said.add(house.ask("status"));
            said.add(house.ask("config:get", "snakepipe.datasource~warehouse"));
            said.add(house.ask("config:explain", "snakepipe.datasource~warehouse", "password"));
            house.stop();

            assertThat(said).noneMatch(text -> text.contains(PASSWORD));
            assertThat(filesWith(house.path(), PASSWORD)).isEmpty();
            assertThat(Warehouse.ids(house.path(), "guarded", USER, PASSWORD, "files"))
                    .hasSize(DOCUMENTS);
        }
    }

    /** Files of the home that hold a text: configuration, log, journal, the framework's cache. */
    private static List<Path> filesWith(Path home, String text) throws IOException {
        List<Path> with = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    with.add(file);
                }
            }
        }
        return with;
    }
}
