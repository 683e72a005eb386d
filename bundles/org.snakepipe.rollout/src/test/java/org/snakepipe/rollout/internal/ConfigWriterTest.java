// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.control.FileContent;

class ConfigWriterTest {
    private static final String A = "base/a.cfg";

    @TempDir
    private Path directory;

    private Path config;
    private ConfigWriter writer;

    @BeforeEach
    void make() throws IOException {
        config = Files.createDirectory(directory.resolve("config"));
        writer = new ConfigWriter(config, directory.resolve("data/overrides"), directory.resolve("deploy"));
    }

    private static FileContent content(String text) {
        return Digests.content(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String path, String text) throws IOException {
        writer.write(Map.of(path, Optional.of(content(text))));
    }

    private static Path saved(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.cfg",
                "base/../../a.cfg",
                "base/../a.cfg",
                "/etc/a.cfg",
                "",
                "base/",
                "./a.cfg",
                "base//a.cfg",
                ".git/config",
                "base/.a.cfg",
                "data/overrides/../x.json",
                "data/overrides//x.json",
                "base/\0.cfg"
            })
    void refusesWhatIsNoStraightPathOfAFileThatIsRead(String path) throws IOException {
        Files.createDirectories(config.resolve("base"));
        Map<String, Optional<FileContent>> both = new TreeMap<>();
        both.put("base/0.cfg", Optional.of(content("x")));
        both.put(path, Optional.of(content("x")));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> writer.write(both))
                .withMessageStartingWith(path);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> writer.read(path));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> writer.write(Map.of(path, Optional.empty())));
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile))
                    .as("nothing is written")
                    .isEmpty();
        }
    }

    @Test
    void aDirectoryIsNamedAsNoFile() throws IOException {
        Files.createDirectories(config.resolve("base/a.cfg"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> writer.read(A))
                .withMessage("base/a.cfg cannot be read: it is a directory (allowed: a file, as"
                        + " base/snakepipe.pipeline~demo.cfg)");
    }

    @Test
    void writesReadsAndDeletes() throws IOException {
        write(A, "one");
        write("data/overrides/x.json", "{}");

        assertThat(writer.read(A)).contains(content("one"));
        assertThat(directory.resolve("data/overrides/x.json")).hasContent("{}");
        assertThat(writer.read("base/b.cfg")).isEmpty();
        assertThat(writer.read("base/a.cfg/b.cfg")).isEmpty();

        writer.write(Map.of(A, Optional.empty(), "none/b.cfg", Optional.empty()));
        assertThat(config.resolve(A)).doesNotExist();
    }

    @Test
    void aFileThatIsReplacedKeepsWhoMayReadItAndWhoseItIs() throws IOException {
        assumeTrue(config.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = saved(config.resolve(A), "one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        boolean root = Files.getAttribute(file, "unix:uid").equals(0);
        if (root) {
            Files.setAttribute(file, "unix:uid", 12345);
            Files.setAttribute(file, "unix:gid", 23456);
        }

        write(A, "two");

        assertThat(file).hasContent("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        if (root) {
            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
            assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(23456);
        }
    }

    @Test
    void anOverrideIsForItsOwnerAloneUnlessSomebodyHasOpenedIt() throws IOException {
        assumeTrue(config.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = directory.resolve("data/overrides/a.json");

        write("data/overrides/a.json", "[]");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        write("data/overrides/a.json", "[ ]");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aLinkThatStaysInsideIsWrittenThrough() throws IOException {
        saved(config.resolve("shared/a.cfg"), "one");
        Files.createDirectories(config.resolve("base"));
        Path link = Files.createSymbolicLink(config.resolve(A), Path.of("../shared/a.cfg"));
        Files.createSymbolicLink(config.resolve("local"), Path.of("shared"));

        write(A, "two");
        write("local/b.cfg", "new");

        assertThat(link).isSymbolicLink();
        assertThat(config.resolve("shared/a.cfg")).hasContent("two");
        assertThat(config.resolve("shared/b.cfg")).hasContent("new");
        writer.write(Map.of(A, Optional.empty()));
        assertThat(link).doesNotExist();
        assertThat(config.resolve("shared/a.cfg")).hasContent("two");
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws IOException {
        Path outside = saved(directory.resolve("outside/a.cfg"), "theirs");
        Files.createDirectories(config.resolve("base"));
        Files.createSymbolicLink(config.resolve(A), outside);
        Files.createSymbolicLink(config.resolve("local"), outside.getParent());
        Files.createSymbolicLink(config.resolve("base/nowhere.cfg"), Path.of("none"));

        for (String path : new String[] {A, "local/a.cfg", "local/b.cfg", "local/deep/b.cfg"}) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> write(path, "mine"))
                    .withMessageContaining("outside of");
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> writer.write(Map.of("local/a.cfg", Optional.empty())))
                .withMessageContaining("outside of");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> write("base/nowhere.cfg", "mine"))
                .withMessageContaining("is a link to nowhere");
        assertThat(outside).hasContent("theirs");
        assertThat(outside.resolveSibling("b.cfg")).doesNotExist();
        assertThat(outside.resolveSibling("deep")).doesNotExist();
    }

    @Test
    void whatLiesBesideIsNotWrittenThrough() throws IOException {
        Path victim = saved(directory.resolve("victim"), "theirs");
        saved(config.resolve(A), "one");
        Files.createSymbolicLink(config.resolve("base/.a.cfg.new"), victim);

        write(A, "two");

        assertThat(victim).hasContent("theirs");
        assertThat(config.resolve(A)).hasContent("two").isRegularFile();
        assertThat(config.resolve("base/.a.cfg.new")).doesNotExist();
    }

    @Test
    void makesNoDirectoryOfConfiguration() throws IOException {
        Files.delete(config);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> write(A, "x"))
                .withMessage(config + " is not there: make it, or mount it");
        assertThat(writer.read(A)).isEmpty();
        assertThat(config).doesNotExist();
    }

    @Test
    void nothingIsReplacedWhenOneCannotBeWritten() throws IOException {
        Path file = saved(config.resolve(A), "one");
        saved(config.resolve("base/b.cfg/inside"), "a directory");
        Map<String, Optional<FileContent>> files = new TreeMap<>();
        files.put(A, Optional.of(content("two")));
        files.put("base/b.cfg/inside/x.cfg", Optional.of(content("two")));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> writer.write(files));

        assertThat(file).hasContent("one");
        assertThat(config.resolve("base/.a.cfg.new")).doesNotExist();
    }
}
