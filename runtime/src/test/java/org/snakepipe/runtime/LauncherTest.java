// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    Path installation;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int launch(String... arguments) {
        return new Launcher(installation, Map.of(), new PrintStream(out), new PrintStream(err)).launch(arguments);
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(launch("--help")).isZero();
        assertThat(launch("--version")).isZero();

        assertThat(out.toString()).contains("usage: snakepipe").contains("Snake Pipe ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsAUsageError() {
        assertThat(launch("run", "--colour", "red")).isEqualTo(Launcher.USAGE);
        assertThat(launch("run", "faster")).isEqualTo(Launcher.USAGE);

        assertThat(err.toString())
                .contains("snakepipe: unknown option --colour (allowed: --home, --config, --env)")
                .contains("snakepipe: run takes no arguments, but got 'faster'")
                .contains("See: snakepipe --help");
    }

    @Test
    void anIncompleteInstallationIsExplained() {
        assertThat(launch("run", "--home", installation.resolve("home").toString()))
                .isEqualTo(Launcher.FAILURE);

        assertThat(err.toString()).contains("snakepipe: ").contains("features");
    }

    @Test
    void aHeldHomeLeavesWithThree() throws Exception {
        Path home = installation.resolve("home");
        try (HomeLock lock = HomeLock.take(home, home.resolve("data"))) {
            assertThat(launch("run", "--home", home.toString())).isEqualTo(Launcher.ALREADY_RUNNING);
        }

        assertThat(err.toString()).contains("already runs in " + home);
    }
}
