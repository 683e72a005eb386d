// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.SecretProvider;
import org.snakepipe.secrets.internal.Pace;
import org.snakepipe.secrets.internal.SecretDirectories;

class ComponentsTest {
    private static final Pace SOON = new Pace(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofSeconds(5));

    @TempDir
    private Path directory;

    @Test
    void tellsAllListenersAlsoBehindOneThatFails() throws Exception {
        CountDownLatch told = new CountDownLatch(2);
        Registry registry = new Registry()
                .with(told::countDown)
                .with(null)
                .with(() -> {
                    throw new IllegalStateException("not now");
                })
                .with(told::countDown);
        SecretFilesComponent component = new SecretFilesComponent(
                        registry.context(), new SecretDirectories(List.of(directory), true), SOON)
                .listeners(registry.references());

        assertThat(component.secret("token")).isEmpty();
        Files.writeString(directory.resolve("token"), "one");

        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(component.secret("token")).contains("one");
        assertThat(component.names()).containsExactly("token");
        assertThat(component.name()).isEqualTo("files in " + directory);
        component.close();
    }

    @Test
    void startsWithoutAnyDirectory() {
        SecretFilesComponent component = new SecretFilesComponent(new Registry().context());

        component.close();
    }

    @Test
    void takesTheVariablesOfTheProcess() throws Exception {
        SecretProvider variables = new SecretVariablesComponent();

        assertThat(variables.name()).isEqualTo("environment variables");
        for (String name : variables.names()) {
            assertThat(System.getenv()).containsValue(variables.secret(name).orElseThrow());
        }
        assertThat(variables.secret("a..b")).isEmpty();
    }
}
