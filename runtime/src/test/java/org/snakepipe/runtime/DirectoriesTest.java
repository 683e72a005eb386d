// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
    void saysThatThereIsNoConfigurationAndWhatIsInForceUntilThereIs(@TempDir Path home) throws Exception {
        Path config = home.resolve("config");
        assertThat(in(home).missing("prod"))
                .contains("there is no configuration directory " + config
                        + "; nothing is configured until it is there: make it, or name another one with --config or"
                        + " SNAKE_PIPE_CONFIG");
        in(home).requireEnvironment("prod");
        in(home).prepare();
        assertThat(config).as("a volume may come to be mounted there").doesNotExist();

        Files.createDirectory(home.resolve("data/last-good"));
        Files.writeString(home.resolve("data/last-good/prod.json"), "{}");
        assertThat(in(home).missing("prod").orElseThrow())
                .contains("what was in force when all was well is in force until it is there");
        Files.createDirectory(config);
        assertThat(in(home).missing("prod")).isEmpty();
    }

    @Test
    void anEnvironmentThatHasRunHereNeedsNoFiles(@TempDir Path home) throws Exception {
        Files.createDirectory(home.resolve("config"));
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> in(home).requireEnvironment("prod"))
                .withMessageContaining("there is no environment 'prod'");
        Files.createDirectories(home.resolve("data/last-good"));
        Files.writeString(home.resolve("data/last-good/prod.json"), "{}");

        in(home).requireEnvironment("prod");

        assertThatExceptionOfType(StartException.class)
                .as("what is no name stands for no file")
                .isThrownBy(() -> in(home).requireEnvironment("../last-good/prod"))
                .withMessageContaining("there is no environment");
    }

    static Directories in(Path home) {
        return new Directories(
                home.resolve("installation"),
                home,
                home.resolve("config"),
                home.resolve("deploy"),
                home.resolve("data"));
    }

    @Test
    void saysWhyTheDataDirectoryCannotBeMade(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("data"), "");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> in(home).prepare())
                .withMessageStartingWith(
                        home.resolve("data") + " cannot be written (no directory, but something of that"
                                + " name is there). Everything that the runtime writes is in " + home.resolve("data")
                                + ": let user");
    }
}
