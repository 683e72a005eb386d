// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code prepare} leaves behind, in an installation of its own with a space in its path. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrepareIT {
    private static final List<String> PARTS =
            List.of("bin", "lib", "bundles", "features", "etc", "plugins-available", "demo");

    @TempDir
    private Path directory;

    private Path installation;

    @BeforeEach
    void copyTheInstallation() throws IOException {
        installation = Files.createDirectory(directory.resolve("an installation"));
        for (String part : PARTS) {
            copy(part);
        }
        for (Path left : prepared()) {
            Files.delete(left);
        }
    }

    private void copy(String part) throws IOException {
        try (Stream<Path> all = Files.walk(Home.INSTALLATION.resolve(part))) {
            for (Path file : all.toList()) {
                Path copy = installation.resolve(Home.INSTALLATION.relativize(file));
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private List<Path> prepared() throws IOException {
        try (Stream<Path> all = Files.list(installation.resolve("lib"))) {
            return all.filter(file -> file.getFileName().toString().contains(".jsa"))
                    .toList();
        }
    }

    @Test
    void whatIsPreparedIsWhatALaterStartReads() throws Exception {
        assertThat(said(0, "", "prepare"))
                .contains("Prepared for ", installation.resolve("lib").toString());
        assertThat(prepared()).hasSize(1);

        Path classes = directory.resolve("classes.txt");
        // The JVM would rather not start than start without what was prepared.
        said(0, "-Xshare:on -Xlog:class+load:file=" + classes, "run", "--once", "one", "--home", configuredHome());
        // Not those of the launcher's class path: of jars below a space JDK 17 takes none.
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("internal.RolloutLoop source: shared objects file"));
    }

    @Test
    void preparingAgainReplacesWhatWasPrepared() throws Exception {
        said(0, "", "prepare");
        said(0, "", "prepare");
        assertThat(prepared()).hasSize(1);
    }

    @Test
    void whatCannotStartIsNotPreparedAndSaysWhy() throws Exception {
        Files.delete(installation.resolve("features/core.json"));
        assertThat(said(1, "", "prepare")).contains("nothing was prepared");
        assertThat(prepared()).isEmpty();
    }

    @Test
    void otherWordsAreNotUnderstood() throws Exception {
        assertThat(said(2, "", "prepare", "everything")).contains("everything");
        assertThat(said(0, "", "prepare", "--help")).contains("faster");
        assertThat(prepared()).isEmpty();
    }

    private String configuredHome() throws IOException {
        Path home = directory.resolve("home");
        Path base = Files.createDirectories(home.resolve("config/base"));
        Path inbox = Files.createDirectories(home.resolve("data/inbox"));
        Files.writeString(inbox.resolve("one.ndjson"), "{\"id\": 1}\n");
        Files.writeString(
                base.resolve("snakepipe.source.file~one.cfg"),
                "directory = inbox\npattern = *.ndjson\nformat = ndjson\nwatch = false\n");
        Files.writeString(base.resolve("snakepipe.sink.file~one.cfg"), "path = one.ndjson\n");
        Files.writeString(
                base.resolve("snakepipe.pipeline~one.cfg"),
                "source = snakepipe.source.file~one\nsinks = snakepipe.sink.file~one\n");
        return home.toString();
    }

    private String said(int exit, String options, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(installation.resolve("bin/snakepipe").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SNAKE_PIPE_"));
        builder.environment().put("SNAKE_PIPE_JAVA_OPTS", options);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(exit);
        return said;
    }
}
