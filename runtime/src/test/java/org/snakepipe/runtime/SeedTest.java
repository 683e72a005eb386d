// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedTest {
    @TempDir
    Path directory;

    private Path installation;
    private Options options;

    @BeforeEach
    void installation() throws IOException {
        installation = directory.resolve("installation");
        Files.createDirectories(installation.resolve("config/base"));
        Files.createDirectories(installation.resolve("demo/inbox"));
        Files.writeString(installation.resolve("config/base/a.cfg"), "x = 1\n");
        Files.writeString(installation.resolve("demo/inbox/a.json"), "{}\n");
        Path home = directory.resolve("home");
        options = new Options(List.of("run"), home, home.resolve("config"), "dev");
    }

    @Test
    void aNewHomeGetsConfigurationAndInput() throws IOException {
        Seed.sow(options, installation);

        assertThat(options.config().resolve("base/a.cfg")).hasContent("x = 1\n");
        assertThat(options.data().resolve("inbox/a.json")).hasContent("{}\n");
        assertThat(options.deploy()).isEmptyDirectory();
    }

    @Test
    void whatIsThereIsLeftAlone() throws IOException {
        Files.createDirectories(options.config());
        Files.createDirectories(options.data().resolve("inbox"));

        Seed.sow(options, installation);

        assertThat(options.config()).isEmptyDirectory();
        assertThat(options.data().resolve("inbox")).isEmptyDirectory();
    }
}
