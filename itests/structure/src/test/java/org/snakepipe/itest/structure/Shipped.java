// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The bundles of ours that the distribution ships, and the rooms that they come from. */
final class Shipped {
    private static final Path INSTALLATION = Path.of(System.getProperty("snakepipe.installation"));
    private static final Path ROOMS = Path.of(System.getProperty("snakepipe.bundles"));
    private static final String OURS = "org.snakepipe.";

    private Shipped() {}

    /** The jars; as many as there are rooms, so that none escapes the rules. */
    static List<Path> jars() throws IOException {
        try (Stream<Path> bundles = Files.list(INSTALLATION.resolve("bundles"));
                Stream<Path> plugins = Files.list(INSTALLATION.resolve("plugins-available"))) {
            List<Path> jars = Stream.concat(bundles, plugins)
                    .filter(jar -> jar.getFileName().toString().startsWith(OURS))
                    .sorted()
                    .toList();
            assertThat(jars).hasSameSizeAs(rooms());
            return jars;
        }
    }

    /** The names of the rooms without what all begin with: {@code sink.jdbc}. */
    static List<String> rooms() throws IOException {
        try (Stream<Path> directories = Files.list(ROOMS)) {
            return directories
                    .map(directory -> directory.getFileName().toString())
                    .filter(name -> name.startsWith(OURS))
                    .map(name -> name.substring(OURS.length()))
                    .sorted()
                    .toList();
        }
    }
}
