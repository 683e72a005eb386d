// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
    private static final String BUNDLES =
            "{\"feature-resource-version\": \"1.0\", \"id\": \"g:f:1\",\n\"bundles\": [\n";

    @TempDir
    private Path directory;

    @Test
    void readsFilesInOrderOfTheirNames() throws IOException {
        write("b.json", BUNDLES + "{\"id\": \"g:z:1.0\", \"start-level\": 3}]}");
        write(
                "a.json",
                BUNDLES + "{\"id\": \"g:y:2.0\", \"start-level\": 1},\n{\"start-level\": 5, \"id\": \"g:x:1\"}]}");
        write("README.txt", "not a feature");

        assertThat(Features.read(directory))
                .containsExactly(
                        new FeatureBundle("g:y:2.0", 1, "a.json:3"),
                        new FeatureBundle("g:x:1", 5, "a.json:4"),
                        new FeatureBundle("g:z:1.0", 3, "b.json:3"));
    }

    @Test
    void namesTheJarAsTheDistributionDoes() {
        FeatureBundle bundle = new FeatureBundle("g:org.a.b:1.0-SNAPSHOT", 1, "");

        assertThat(bundle.fileName()).isEqualTo("org.a.b-1.0-SNAPSHOT.jar");
        assertThat(bundle.artifact()).isEqualTo("org.a.b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": \"g:a:@v@\", \"start-level\": 1} | 'g:a:@v@' is not an artifact (allowed: group:artifact:version)",
                "{\"id\": \"g:a:1\", \"start-level\": 6} | start-level = 6 (allowed: 1 to 5)",
                "{\"id\": \"g:a:1\", \"start-level\": \"1\"} | expected a start-level, found 1",
                "{\"id\": \"g:a:1\"} | a bundle needs a start-level",
                "{\"start-level\": 1} | a bundle needs an id",
                "{\"id\": 7} | expected id, a text, found 7",
                "{\"id\": \"g:a:1\", \"level\": 1} | unknown key level of a bundle (allowed: id, start-level)",
                "\"g:a:1\" | expected a bundle, an object with id and start-level, found g:a:1",
                "{\"id\": \"g:a:1\", \"id\": \"g:a:2\"} | Duplicate field 'id'",
            })
    void saysWhatIsWrongWithABundle(String bundle, String message) throws IOException {
        write("f.json", BUNDLES + bundle + "]}");

        assertThatIOException()
                .isThrownBy(() -> Features.read(directory))
                .withMessage(directory.resolve("f.json") + ":3: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | expected a feature, an object, found [",
                "`` | expected a feature, an object, found the end",
                "{\"feature-resource-version\": \"2.0\"} | feature-resource-version = 2.0 (allowed: 1.0)",
                "{\"bundles\": {}} | expected a list of bundles, found {",
                "{\"configurations\": {}} | unknown key configurations (allowed: feature-resource-version, id, name, description, bundles)",
                "{} {} | nothing may follow the feature",
            })
    void saysWhatIsWrongWithAFile(String text, String message) throws IOException {
        write("f.json", text);

        assertThatIOException()
                .isThrownBy(() -> Features.read(directory))
                .withMessage(directory.resolve("f.json") + ":1: " + message);
    }

    @Test
    void namesTheLineThatIsNoJson() throws IOException {
        write("f.json", "{\n\"id\" 7}");

        assertThatIOException()
                .isThrownBy(() -> Features.read(directory))
                .withMessageStartingWith(directory.resolve("f.json") + ":2: ");
    }

    @Test
    void refusesABundleThatIsListedTwice() throws IOException {
        write("a.json", BUNDLES + "{\"id\": \"g:x:1\", \"start-level\": 1}]}");
        write("b.json", BUNDLES + "{\"id\": \"g:x:1\", \"start-level\": 2}]}");

        assertThatIOException()
                .isThrownBy(() -> Features.read(directory))
                .withMessage("b.json:3: g:x:1 is listed already, in a.json:3");
    }

    @Test
    void wantsFeatures() {
        assertThatIOException()
                .isThrownBy(() -> Features.read(directory))
                .withMessage("no feature file (*.json) in " + directory);
        assertThatIOException()
                .isThrownBy(() -> Features.read(directory.resolve("x")))
                .withMessage("there is no directory of feature files " + directory.resolve("x"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
