// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.ReloadResult.Status;

/** The directories as a process leaves them that is killed while a set of jars is registered. */
class JarKillTest {
    private static final String EXTRA = "base/snakepipe.extra~x.cfg";

    @TempDir
    private Path directory;

    private Path data;
    private Path killed;

    @ParameterizedTest
    @ValueSource(strings = {"stop", "start", "commit"})
    void theNextProcessHasTheSetOfBefore(String step) throws Exception {
        data = directory.resolve("data");
        killed = directory.resolve("killed");
        FakeBundles before;
        try (RolloutBench bench = new RolloutBench(data)) {
            Files.createDirectories(bench.config);
            bench.boot();
            change(bench, Map.of(), Map.of("old.jar", jar("extra"), "lib.jar", jar("lib")));
            AtomicReference<IOException> failure = new AtomicReference<>();
            bench.bundles.step = name -> {
                if (name.equals(step) && !Files.exists(killed)) {
                    try {
                        copy(data, killed);
                    } catch (IOException e) {
                        failure.set(e);
                    }
                }
            };
            change(
                    bench,
                    Map.of(EXTRA, Optional.of("size = 3\n")),
                    Map.of("old.jar", Optional.empty(), "lib.jar", jar("lib, newer"), "new.jar", jar("extra, mended")));
            assertThat(failure.get()).isNull();
            before = bench.bundles;
        }
        // The journal is that of this configuration directory.
        Files.move(data, directory.resolve("survived"));
        Files.move(killed, data);
        Path deploy = data.resolve("deploy");
        assertThat(names(deploy)).as("they were written").containsExactly("lib.jar", "new.jar");

        RolloutBench next = new RolloutBench(data);
        next.bundles.remember(before);
        for (String name : names(deploy)) {
            next.jar(name, Files.readString(deploy.resolve(name)));
        }
        next.file(EXTRA, Files.readString(next.config.resolve(EXTRA)));
        try (next) {
            next.boot();

            assertThat(names(deploy)).containsExactly("lib.jar", "old.jar");
            assertThat(deploy.resolve("lib.jar")).hasContent("lib");
            assertThat(deploy.resolve("old.jar")).hasContent("extra");
            assertThat(next.config.resolve(EXTRA)).doesNotExist();
            assertThat(next.snapshot.current().plugins())
                    .isEqualTo(Map.of("lib.jar", Digests.of("lib"), "old.jar", Digests.of("extra")));
            assertThat(next.snapshot.unapplied()).isEmpty();
            assertThat(data.resolve("journal/dev.before")).isEmptyDirectory();
        }
    }

    private static List<String> names(Path deploy) throws IOException {
        try (Stream<Path> files = Files.list(deploy)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static void change(
            RolloutBench bench, Map<String, Optional<String>> files, Map<String, Optional<FileContent>> jars)
            throws Exception {
        assertThat(bench.service
                        .apply(files, jars, ApplyOptions.by("ann"))
                        .get()
                        .status())
                .isEqualTo(Status.APPLIED);
    }

    private static Optional<FileContent> jar(String text) {
        return Optional.of(Digests.content(text.getBytes(StandardCharsets.UTF_8)));
    }
}
