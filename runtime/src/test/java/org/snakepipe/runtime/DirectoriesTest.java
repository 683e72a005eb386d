// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
    private static final Path INSTALLATION = Path.of("/opt/snake-pipe");

    @Test
    void livesInTheInstallationUnlessToldOtherwise() throws UsageException {
        Directories directories = Directories.of(INSTALLATION, Options.parse(List.of("run")), Map.of());

        assertThat(directories.home()).isEqualTo(INSTALLATION);
        assertThat(directories.config()).isEqualTo(Path.of("/opt/snake-pipe/config"));
        assertThat(directories.deploy()).isEqualTo(Path.of("/opt/snake-pipe/deploy"));
        assertThat(directories.data()).isEqualTo(Path.of("/opt/snake-pipe/data"));
    }

    @Test
    void takesVariables() throws UsageException {
        Map<String, String> variables = Map.of("SNAKE_PIPE_HOME", "/srv/h", "SNAKE_PIPE_CONFIG", "/etc/c");

        Directories directories = Directories.of(INSTALLATION, Options.parse(List.of("run")), variables);

        assertThat(directories.data()).isEqualTo(Path.of("/srv/h/data"));
        assertThat(directories.config()).isEqualTo(Path.of("/etc/c"));
    }

    @Test
    void prefersOptionsToVariables() throws UsageException {
        Options options = Options.parse(List.of("run", "--home", "/a", "--config", "/b"));

        Directories directories = Directories.of(
                INSTALLATION, options, Map.of("SNAKE_PIPE_HOME", "/srv/h", "SNAKE_PIPE_CONFIG", "/etc/c"));

        assertThat(directories.home()).isEqualTo(Path.of("/a"));
        assertThat(directories.config()).isEqualTo(Path.of("/b"));
    }

    @Test
    void passesOverBlankVariables() throws UsageException {
        Map<String, String> variables = Map.of("SNAKE_PIPE_HOME", " ", "SNAKE_PIPE_CONFIG", "");

        Directories directories = Directories.of(INSTALLATION, Options.parse(List.of("run")), variables);

        assertThat(directories.home()).isEqualTo(INSTALLATION);
    }

    @Test
    void keepsDataToItsOwner(@TempDir Path home) throws Exception {
        Files.createDirectory(home.resolve("config"));

        in(home).prepare();

        assertThat(home.resolve("deploy")).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @Test
    void wantsAConfiguration(@TempDir Path home) throws IOException {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> in(home).prepare())
                .withMessage("there is no configuration directory " + home.resolve("config")
                        + "; make it, or name another one with --config or SNAKE_PIPE_CONFIG")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE));
    }

    static Directories in(Path home) {
        return new Directories(
                home.resolve("installation"),
                home,
                home.resolve("config"),
                home.resolve("deploy"),
                home.resolve("data"));
    }
}
