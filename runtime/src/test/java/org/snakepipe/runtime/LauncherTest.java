// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    private Path installation;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void explainsItself() {
        assertThat(launch("--help")).isEqualTo(ExitCode.OK);

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: snakepipe run");
        assertThat(err.size()).isZero();
    }

    @Test
    void showsUsageForWhatItDoesNotUnderstand() {
        assertThat(launch("run", "--evn", "prod")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("snakepipe: unknown option --evn; did you mean --env?")
                .contains("usage: snakepipe run");
        assertThat(out.size()).isZero();
    }

    @Test
    void saysThatThereIsNoConfiguration() {
        assertThat(launch("run")).isEqualTo(ExitCode.FAILURE);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no configuration directory");
    }

    @Test
    void saysThatThereIsNoSuchEnvironment() throws IOException {
        Files.createDirectories(installation.resolve("config/environments/prod"));

        assertThat(launch("run", "--env", "prdo")).isEqualTo(ExitCode.FAILURE);
        assertThat(launch("run", "--env", "../environments/prod")).isEqualTo(ExitCode.FAILURE);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no environment 'prdo'", "(allowed: dev, prod); did you mean 'prod'?")
                .contains("there is no environment '../environments/prod'");
    }

    @Test
    void saysThatAnInstallationHasNoFeatures() throws IOException {
        Files.createDirectory(installation.resolve("config"));

        assertThat(launch("run")).isEqualTo(ExitCode.FAILURE);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no directory of feature files");
    }

    @Test
    void saysThatAFeatureListsABundleThatIsNotThere() throws IOException {
        Files.createDirectory(installation.resolve("config"));
        feature("{\"id\": \"g:a:1\", \"start-level\": 1}");

        assertThat(launch("run")).isEqualTo(ExitCode.FAILURE);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("f.json:1 lists " + installation.resolve("bundles/a-1.jar") + ", which is not there");
    }

    @Test
    void saysThatABundleIsNone() throws IOException {
        Files.createDirectory(installation.resolve("config"));
        Files.createDirectory(installation.resolve("bundles"));
        Files.writeString(installation.resolve("bundles/a-1.jar"), "no jar");
        feature("{\"id\": \"g:a:1\", \"start-level\": 1}");

        assertThat(launch("run")).isEqualTo(ExitCode.FAILURE);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("f.json:1: g:a:1 cannot be installed: ");
    }

    @Test
    void saysWhichBundleDoesNotStartAndWhy() throws IOException {
        Files.createDirectory(installation.resolve("config"));
        bundle("a-1.jar", "broken", "Import-Package", "com.example.missing");
        bundle("b-1.jar", "whole", "Bundle-Name", "whole");
        feature("{\"id\": \"g:a:1\", \"start-level\": 1}, {\"id\": \"g:b:1\", \"start-level\": 1}");

        assertThat(launch("run")).isEqualTo(ExitCode.FAILURE);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("1 of the bundles of this installation did not start:")
                .contains("  broken 1.0.0 is not resolved: ", "com.example.missing")
                .doesNotContain("whole");
        assertThat(installation.resolve("data/lock")).exists();
    }

    @Test
    void takesTheEnvironmentFromOptionThenVariable() throws UsageException {
        Options plain = Options.parse(List.of("run"));
        Options named = Options.parse(List.of("run", "--env", "eu"));
        Map<String, String> variables = Map.of("SNAKE_PIPE_ENV", "prod");

        assertThat(RunningHouse.environment(named, variables)).isEqualTo("eu");
        assertThat(RunningHouse.environment(plain, variables)).isEqualTo("prod");
        assertThat(RunningHouse.environment(plain, Map.of("SNAKE_PIPE_ENV", "")))
                .isEqualTo("dev");
    }

    private void feature(String bundle) throws IOException {
        Files.createDirectory(installation.resolve("features"));
        Files.writeString(installation.resolve("features/f.json"), "{\"bundles\": [" + bundle + "]}");
    }

    private void bundle(String file, String name, String header, String value) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        manifest.getMainAttributes().putValue(header, value);
        Path bundles = Files.createDirectories(installation.resolve("bundles"));
        new JarOutputStream(Files.newOutputStream(bundles.resolve(file)), manifest).close();
    }

    private int launch(String... arguments) {
        Launcher launcher = new Launcher(
                installation,
                Map.of(),
                false,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return launcher.launch(List.of(arguments));
    }
}
