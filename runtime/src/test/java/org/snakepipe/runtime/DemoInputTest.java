// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoInputTest {
    @TempDir
    private Path home;

    private Directories directories;

    @BeforeEach
    void makeData() throws Exception {
        Path base = Files.createDirectories(home.resolve("config/base"));
        Files.createFile(base.resolve("snakepipe.source.file~inbox.cfg"));
        directories = DirectoriesTest.in(home);
        directories.prepare();
    }

    @Test
    void copiesTheDocumentsIntoAFreshHome() throws IOException {
        document("a.json");
        document("b.json");

        assertThat(DemoInput.seed(directories)).isEqualTo(2);

        assertThat(home.resolve("data/inbox/a.json")).hasContent("a.json");
        assertThat(data()).containsExactly("inbox");
    }

    @Test
    void leavesAnInboxAlone() throws IOException {
        document("a.json");
        Files.createDirectory(directories.inbox());

        assertThat(DemoInput.seed(directories)).isZero();

        assertThat(directories.inbox()).isEmptyDirectory();
    }

    @Test
    void doesNothingWhereTheDemoIsNotConfigured() throws IOException {
        document("a.json");
        Files.delete(home.resolve("config/base/snakepipe.source.file~inbox.cfg"));

        assertThat(DemoInput.seed(directories)).isZero();

        assertThat(data()).isEmpty();
    }

    @Test
    void doesNothingWithoutDocuments() throws IOException {
        assertThat(DemoInput.seed(directories)).isZero();

        assertThat(data()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        document("a.json");
        // A dangling link: an inbox that exists() does not see and that a directory cannot be moved onto.
        Files.createSymbolicLink(directories.inbox(), home.resolve("nowhere"));

        assertThatIOException().isThrownBy(() -> DemoInput.seed(directories));

        assertThat(data()).containsExactly("inbox");
    }

    private void document(String name) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("installation/demo/inbox"));
        Files.writeString(inbox.resolve(name), name);
    }

    private Stream<String> data() throws IOException {
        return Files.list(home.resolve("data")).map(path -> path.getFileName().toString());
    }
}
