// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What a home gets that has never been used: the shipped configuration, and the input of the demo. */
final class Seed {
    private Seed() {}

    /**
     * Makes what is missing. A directory that is there is left alone, whatever it holds.
     *
     * @param options      where to work
     * @param installation where the distribution lies
     * @throws IOException if something cannot be copied; nothing half copied is left under its final name
     */
    static void sow(Options options, Path installation) throws IOException {
        copyWhenMissing(installation.resolve("config"), options.config());
        copyWhenMissing(installation.resolve("demo").resolve("inbox"), options.data().resolve("inbox"));
        Files.createDirectories(options.deploy());
        Files.createDirectories(options.data().resolve("log"));
    }

    private static void copyWhenMissing(Path from, Path to) throws IOException {
        if (Files.exists(to) || !Files.isDirectory(from)) {
            return;
        }
        Files.createDirectories(to.getParent());
        Path beside = Files.createTempDirectory(to.getParent(), "." + to.getFileName());
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path path : all) {
            Path copy = beside.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(copy);
            } else {
                Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
