// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
    private static final Path INSTALLATION = Path.of("target/snake-pipe").toAbsolutePath();
    private static final int DEADLINE_SECONDS = 90;

    @TempDir
    private Path directory;

    private Path home;
    private Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(directory.resolve("a home"));
        try (Stream<Path> all = Files.walk(INSTALLATION.resolve("config"))) {
            for (Path path : all.toList()) {
                Files.copy(
                        path,
                        home.resolve("config")
                                .resolve(INSTALLATION.resolve("config").relativize(path)));
            }
        }
    }

    @AfterEach
    void endTheProcess() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void listsTheBundlesThatItShips() throws IOException {
        List<String> listed = Features.read(INSTALLATION.resolve("features")).stream()
                .map(FeatureBundle::fileName)
                .toList();

        try (Stream<Path> jars = Files.list(INSTALLATION.resolve("bundles"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void shipsAProgramAndADemo() throws IOException {
        assertThat(INSTALLATION.resolve("bin/snakepipe")).isExecutable();
        assertThat(INSTALLATION.resolve("demo/inbox")).isDirectoryContaining("glob:**.json");
        assertThat(INSTALLATION.resolve("plugins-available"))
                .isDirectoryContaining("glob:**/org.snakepipe.transform.core-*.jar");
    }

    @Test
    void runsOnceInAHomeAndEndsWithZeroWhenTerminated() throws Exception {
        process = start("run");
        drain(process);
        String ready = waitForLine("Snake Pipe ");

        assertThat(ready).contains("environment dev, home " + home + ", pid " + process.pid());
        assertThat(home.resolve("data/inbox")).isNotEmptyDirectory();
        assertThat(home.resolve("data/log/snakepipe.log")).exists();

        Process second = start("run");
        String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor()).as(said).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(said).contains("already running: pid " + process.pid() + ", home " + home);

        // Process.destroy would close the pipe too, and with it what the process says while it stops.
        process.toHandle().destroy();
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.OK);
        waitForLine("Stopped.");
    }

    @Test
    void startsThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("sp"), INSTALLATION.resolve("bin/snakepipe"));
        process = new ProcessBuilder(link.toString(), "--version")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("snakepipe ");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void saysThatJavaIsMissing() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(INSTALLATION.resolve("bin/snakepipe").toString(), "--version");
        builder.environment().put("JAVA_HOME", directory.toString());
        process = builder.redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("JAVA_HOME is " + directory, "Java 17 or newer is needed");
        assertThat(process.waitFor()).isEqualTo(ExitCode.FAILURE);
    }

    private Process start(String... words) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(INSTALLATION.resolve("bin/snakepipe").toString());
        builder.command().addAll(List.of(words));
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("SNAKE_PIPE_"));
        variables.put("SNAKE_PIPE_HOME", home.toString());
        return builder.redirectErrorStream(true).start();
    }

    private void drain(Process running) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in = running.inputReader()) {
                in.lines().forEach(lines::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    private String waitForLine(String beginning) throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        String line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        while (line != null && !line.startsWith(beginning)) {
            seen.append(line).append('\n');
            line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(line).as("a line '%s...' after:%n%s", beginning, seen).isNotNull();
        return line;
    }
}
