// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
    @TempDir
    Path directory;

    private Path feature(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void readsAllFilesInTheOrderOfTheirNames() throws IOException {
        feature("b.json", "{\"bundles\": [{\"id\": \"g:c:2.0\", \"start-level\": 3}]}");
        feature(
                "a.json",
                "{\"id\": \"x:y:1\", \"bundles\": [{\"id\": \"g:a:1.0\", \"start-level\": 1},"
                        + " {\"id\": \"g:b:jar:linux:1.0\", \"start-level\": 2}]}");
        feature("README.md", "no feature");

        assertThat(Features.read(directory))
                .extracting(Features.Entry::fileName)
                .containsExactly("a-1.0.jar", "b-1.0-linux.jar", "c-2.0.jar");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|has no list 'bundles'",
                "{\"bundles\": {}}|has no list 'bundles'",
                "{\"bundles\": [\"g:a:1\"]}|'g:a:1' is no bundle (allowed: {\"id\"",
                "{\"bundles\": [{\"id\": \"g:a:@v@\", \"start-level\": 1}]}|'g:a:@v@' is no artifact",
                "{\"bundles\": [{\"id\": \"g:a:1\", \"start-level\": 9}]}|g:a:1: start-level 9 (allowed: 1 to 5)",
                "{\"bundles\": [|is no JSON",
            })
    void namesTheFileAndWhatIsWrong(String text, String message) throws IOException {
        Path file = feature("x.json", text);

        assertThatThrownBy(() -> Features.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }
}
