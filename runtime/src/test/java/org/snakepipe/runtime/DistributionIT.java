// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the assembled distribution as people do: as a process, in a home of its own, with a space in its path. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DistributionIT {
    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(directory.resolve("a home"));
    }

    @AfterEach
    void endTheProcess() {
        home.close();
    }

    @Test
    void listsTheBundlesThatItShips() throws IOException {
        List<String> listed = Features.read(Home.INSTALLATION.resolve("features")).stream()
                .map(FeatureBundle::fileName)
                .toList();

        try (Stream<Path> jars = Files.list(Home.INSTALLATION.resolve("bundles"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void shipsAProgramAndADemo() throws IOException {
        assertThat(Home.INSTALLATION.resolve("bin/snakepipe")).isExecutable();
        assertThat(Home.INSTALLATION.resolve("demo/inbox")).isDirectoryContaining("glob:**.json");
        assertThat(Home.INSTALLATION.resolve("plugins-available"))
                .isDirectoryContaining("glob:**/org.snakepipe.transform.core-*.jar");
    }

    @Test
    void runsOnceInAHomeAndEndsWithZeroWhenTerminated() throws Exception {
        Process process = home.run();
        String ready = home.waitForLine("Snake Pipe ");

        assertThat(ready).contains("environment dev, home " + home.path() + ", pid " + process.pid());
        assertThat(home.path().resolve("data/inbox")).isNotEmptyDirectory();
        assertThat(home.path().resolve("data/log/snakepipe.log")).exists();
        assertThat(home.ask(ExitCode.ALREADY_RUNNING, "run"))
                .contains("already running: pid " + process.pid() + ", home " + home.path());

        // Process.destroy would close the pipe too, and with it what the process says while it stops.
        process.toHandle().destroy();
        assertThat(home.waitForEnd()).isEqualTo(ExitCode.OK);
        home.waitForLine("Stopped.");
    }

    @Test
    void startsThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("sp"), Home.INSTALLATION.resolve("bin/snakepipe"));
        Process process = new ProcessBuilder(link.toString(), "--version")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("snakepipe ");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void saysThatJavaIsMissing() throws Exception {
        home.with("JAVA_HOME", directory.toString());

        assertThat(home.ask(ExitCode.FAILURE, "--version"))
                .contains("JAVA_HOME is " + directory, "Java 17 or newer is needed");
    }
}
