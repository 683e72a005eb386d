// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Resolution;

class ShippedConfigurationTest {
    private static final Path CONFIG = Path.of("../config");

    @ParameterizedTest
    @CsvSource({"dev, 10", "prod, 1000"})
    void resolvesWithoutAProblem(String environment, String batchSize) throws IOException {
        EnvironmentManager manager = new EnvironmentResolver();
        Resolution resolution = manager.resolve(manager.read(files()), environment);

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution
                        .values()
                        .get(ConfigId.parse("snakepipe.pipeline~demo"))
                        .get("batch.size")
                        .raw())
                .isEqualTo(batchSize);
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
