// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
    @TempDir
    private Path directory;

    @TempDir
    private Path second;

    private SecretFiles secrets;

    @BeforeEach
    void begin() {
        secrets = files(new SecretDirectories(List.of(directory, second), true));
    }

    @AfterEach
    void end() {
        secrets.close();
    }

    @Test
    void readsTheFileThatIsCalledLikeTheSecret() throws IOException {
        write("orders.password", "pässwort €\uD83D\uDE00");

        assertThat(secrets.secret("orders.password")).contains("pässwort €\uD83D\uDE00");
        assertThat(secrets.secret("orders-password")).isEmpty();
        assertThat(secrets.name()).isEqualTo("files in " + directory + ", " + second);
    }

    @Test
    void cutsOneLineEnd() throws IOException {
        write("plain", " a b ");
        write("unix", "a\n");
        write("two", "a\n\n");
        write("windows", "a\r\n");
        write("many", "-----BEGIN\nx\n-----END\n");
        write("return", "a\r");

        assertThat(secrets.secret("plain")).contains(" a b ");
        assertThat(secrets.secret("unix")).contains("a");
        assertThat(secrets.secret("two")).contains("a\n");
        assertThat(secrets.secret("windows")).contains("a");
        assertThat(secrets.secret("many")).contains("-----BEGIN\nx\n-----END");
        assertThat(secrets.secret("return")).contains("a\r");
    }

    @Test
    void readsTheValueOfThisMoment() throws IOException {
        write("token", "one");
        assertThat(secrets.secret("token")).contains("one");

        write("token", "two");
        assertThat(secrets.secret("token")).contains("two");
        Files.delete(directory.resolve("token"));
        assertThat(secrets.secret("token")).isEmpty();
    }

    @Test
    void takesTheFirstDirectoryThatHasTheSecret() throws IOException {
        Files.writeString(second.resolve("token"), "second");
        Files.writeString(second.resolve("other"), "other");
        write("token", "first");

        assertThat(secrets.secret("token")).contains("first");
        assertThat(secrets.secret("other")).contains("other");
        assertThat(secrets.names()).containsExactly("other", "token");
    }

    @Test
    void followsTheLinksOfKubernetes() throws IOException {
        Mounted mounted = new Mounted(directory);
        mounted.swap("token", "one");
        assertThat(secrets.secret("token")).contains("one");

        mounted.swap("token", "two");
        assertThat(secrets.secret("token")).contains("two");
        assertThat(secrets.names()).containsExactly("token");
    }

    @Test
    void neverLeavesTheDirectory() throws IOException {
        Files.createDirectory(directory.resolve("sub"));
        Files.writeString(directory.resolve("sub/inner"), "x");
        Files.writeString(directory.resolve(".hidden"), "x");
        String outside = "../" + second.getFileName() + "/token";
        Files.writeString(second.resolve("token"), "x");

        assertThat(secrets.secret(outside)).isEmpty();
        assertThat(secrets.secret("a/../token")).isEmpty();
        assertThat(secrets.secret("sub/inner")).isEmpty();
        assertThat(secrets.secret("sub")).isEmpty();
        assertThat(secrets.secret(".hidden")).isEmpty();
        assertThat(secrets.secret("..")).isEmpty();
        assertThat(secrets.secret("/etc/hostname")).isEmpty();
        assertThat(secrets.secret("x".repeat(256))).isEmpty();
        assertThat(secrets.names()).containsExactly("token");
    }

    @Test
    void saysWhichFileIsNoSecret() throws IOException {
        Path file = directory.resolve("x");
        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThat(message("x")).isEqualTo(file + " is not UTF-8 (allowed: a text, without a mark of the encoding)");
        write("x", "");
        assertThat(message("x")).isEqualTo(file + " is empty: write the secret into it, or remove it");
        write("x", "\n");
        assertThat(message("x")).endsWith("is empty: write the secret into it, or remove it");
        write("x", "a".repeat(SecretFile.MOST_BYTES + 1));
        assertThat(message("x")).isEqualTo(file + " is too large for a secret (allowed: 1048576 bytes)");
        write("x", "a".repeat(SecretFile.MOST_BYTES));
        assertThat(secrets.secret("x").orElseThrow()).hasSize(SecretFile.MOST_BYTES);
    }

    @Test
    void saysWhichLinkLeadsNowhere() throws IOException {
        Path link = directory.resolve("x");
        Files.createSymbolicLink(link, directory.resolve("nothing"));
        assertThat(message("x")).isEqualTo(link + " is a link that leads nowhere");

        Files.delete(link);
        Files.createSymbolicLink(link, link);
        assertThat(message("x")).startsWith(link + " cannot be read: ");

        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("/dev/null"));
        assertThat(message("x")).isEqualTo(link + " is neither a file nor a link to one");
    }

    /** What the second directory has may be an old value. */
    @Test
    void doesNotPassOverAFileThatCannotBeRead() throws IOException {
        Files.writeString(second.resolve("token"), "old");
        write("token", "");

        assertThat(message("token")).startsWith(directory.resolve("token") + " is empty");
    }

    @Test
    void expectsNothingOfTheUsualDirectory() throws IOException {
        Path missing = directory.resolve("missing");
        try (SecretFiles usual = files(new SecretDirectories(List.of(missing), false))) {
            assertThat(usual.secret("token")).isEmpty();
            assertThat(usual.names()).isEmpty();

            Files.createDirectory(missing);
            Files.writeString(missing.resolve("token"), "late");
            assertThat(usual.secret("token")).contains("late");
        }
    }

    @Test
    void saysWhenADirectoryIsNone() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        try (SecretFiles wrong = files(new SecretDirectories(List.of(file), true))) {
            assertThat(wrong.names()).isEmpty();
            assertThatThrownBy(() -> wrong.secret("token"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file.resolve("token") + " cannot be read: ");
        }
        assertThat(files(SecretDirectories.of("")).name()).isEqualTo("files (no directory)");
    }

    private static SecretFiles files(SecretDirectories directories) {
        return new SecretFiles(directories, Pace.USUAL, () -> {});
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private String message(String name) {
        try {
            secrets.secret(name);
        } catch (IOException e) {
            return e.getMessage();
        }
        throw new AssertionError(name + " was read");
    }
}
