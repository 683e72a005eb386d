// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.CheckContext;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

class DirectoryCheckTest {
    @TempDir
    private Path data;

    private List<Problem> check(String directory) {
        return new DirectoryCheck()
                .check(ConfigId.parse(FileSource.PID + "~a"), Map.of("directory", directory), new World(data));
    }

    @Test
    void takesADirectoryThatIsThereAndARelativeOneThatWillBeMade() throws IOException {
        Files.createDirectories(data.resolve("in"));

        assertThat(check("in")).isEmpty();
        assertThat(check(data.resolve("in").toString())).isEmpty();
        assertThat(check("later")).isEmpty();
        assertThat(data.resolve("later")).as("a check changes nothing").doesNotExist();
    }

    @Test
    void refusesAnAbsoluteDirectoryThatIsNotThereAndAFile() throws IOException {
        Files.writeString(data.resolve("file"), "x");

        assertThat(check(data.resolve("nowhere").toString()))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("is not there: make it, or change directory"));
        assertThat(check("file"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("is a file (needed: a directory)"));
    }

    private static final class World implements CheckContext {
        private final Path data;

        World(Path data) {
            this.data = data;
        }

        @Override
        public Map<String, Object> values(String id) {
            return Map.of();
        }

        @Override
        public Path dataDirectory() {
            return data;
        }

        @Override
        public String secret(String value) {
            return value;
        }

        @Override
        public <T> List<T> services(Class<T> type) {
            return List.of();
        }
    }
}
