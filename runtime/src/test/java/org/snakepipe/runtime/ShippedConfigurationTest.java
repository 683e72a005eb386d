// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Environments;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.Resolution;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.Surroundings;

class ShippedConfigurationTest {
    private static final Path CONFIG = Path.of("../config");

    private final EnvironmentManager manager = new EnvironmentResolver();

    @Test
    void describesEachEnvironment() throws IOException {
        Environments environments = manager.environments(manager.read(files()));

        assertThat(environments.problems()).isEmpty();
        assertThat(environments.list())
                .hasSize(12)
                .allSatisfy(environment -> assertThat(environment.description()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "dev, 10, jdbc:h2:file:./warehouse, files",
        "staging, 200, jdbc:h2:file:./staging-global, files",
        "prod, 1000, jdbc:h2:file:./warehouse-global, files",
        "prod-eu, 1000, jdbc:h2:file:./warehouse-eu, files",
        "prod-us, 1000, jdbc:h2:file:./warehouse-us, files",
        "prod-ap, 2000, jdbc:h2:file:./warehouse-ap, files",
        "prod-eu-blue, 1000, jdbc:h2:file:./warehouse-eu, files_blue",
        "prod-eu-green, 1000, jdbc:h2:file:./warehouse-eu, files_green",
        "prod-us-blue, 1000, jdbc:h2:file:./warehouse-us, files_blue",
        "prod-us-green, 1000, jdbc:h2:file:./warehouse-us, files_green",
        "staging-eu, 200, jdbc:h2:file:./staging-eu, files",
        "staging-us, 200, jdbc:h2:file:./staging-us, files",
    })
    void resolvesWithoutAProblem(String environment, String batchSize, String url, String table) throws IOException {
        // As on a machine without variables of its own.
        Resolution resolution = manager.resolve(
                manager.read(files()),
                environment,
                Surroundings.live(Map.of(), SecretNames.of(Set.of())),
                KnownKeys.NOTHING);

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "snakepipe.pipeline~demo", "batch.size")).isEqualTo(batchSize);
        assertThat(raw(resolution, "snakepipe.datasource~warehouse", "url")).isEqualTo(url);
        assertThat(raw(resolution, "snakepipe.sink.jdbc~files", "table")).isEqualTo(table);
    }

    private static Object raw(Resolution resolution, String id, String key) {
        return resolution.values().get(ConfigId.parse(id)).get(key).raw();
    }

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(CONFIG)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = CONFIG.relativize(file).toString();
                if (!path.startsWith("local")) {
                    files.put(path, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }
}
