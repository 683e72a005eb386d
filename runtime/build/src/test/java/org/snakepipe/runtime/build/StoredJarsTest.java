// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredJarsTest {
    private static final long TIME = 1_700_000_000_000L;

    @TempDir
    private Path work;

    private Path from;
    private Path to;

    @BeforeEach
    void directories() throws IOException {
        from = Files.createDirectories(work.resolve("from"));
        to = work.resolve("to");
    }

    @Test
    void entriesAreStoredInTheSameOrderWithTheSameContentAndTime() throws IOException {
        write("one.jar", "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n", "z/", "", "z/A.class", "a".repeat(5_000));
        store();
        try (ZipFile jar = new ZipFile(to.resolve("one.jar").toFile())) {
            List<String> names = new ArrayList<>();
            for (ZipEntry entry : Collections.list(jar.entries())) {
                names.add(entry.getName());
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getTime()).isEqualTo(TIME);
            }
            assertThat(names).containsExactly("META-INF/MANIFEST.MF", "z/", "z/A.class");
            assertThat(jar.getInputStream(jar.getEntry("z/A.class")).readAllBytes())
                    .isEqualTo("a".repeat(5_000).getBytes(StandardCharsets.UTF_8));
            assertThat(jar.getComment()).isEqualTo("of one.jar");
        }
    }

    @Test
    void allJarsBelowTheDirectoryAreCopiedAndNothingElse() throws IOException {
        write("one.jar", "a", "1");
        Files.createDirectories(from.resolve("below"));
        write("below/two.jar", "a", "2");
        Files.writeString(from.resolve("notes.txt"), "no jar");
        store();
        assertThat(to).isDirectoryNotContaining("glob:**.txt").isDirectoryContaining("glob:**/one.jar");
        assertThat(to.resolve("below/two.jar")).isRegularFile();
    }

    @Test
    void theSameJarsGiveTheSameBytes() throws IOException {
        write("one.jar", "a", "1", "b", "2");
        store();
        byte[] first = Files.readAllBytes(to.resolve("one.jar"));
        store();
        assertThat(Files.readAllBytes(to.resolve("one.jar"))).isEqualTo(first);
    }

    @Test
    void aFileThatIsNoJarIsNamed() throws IOException {
        Files.writeString(from.resolve("broken.jar"), "not a zip file");
        assertThatThrownBy(this::store).isInstanceOf(IOException.class).hasMessageContaining("broken.jar");
    }

    @Test
    void aDirectoryWithoutJarsIsAMistake() {
        assertThatThrownBy(this::store).isInstanceOf(IOException.class).hasMessage("no jar below " + from);
    }

    private void store() throws IOException {
        StoredJars.main(new String[] {from.toString(), to.toString()});
    }

    private void write(String jar, String... namesAndTexts) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(from.resolve(jar)))) {
            out.setComment("of " + jar);
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                ZipEntry entry = new ZipEntry(namesAndTexts[i]);
                entry.setTime(TIME);
                out.putNextEntry(entry);
                out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }
}
