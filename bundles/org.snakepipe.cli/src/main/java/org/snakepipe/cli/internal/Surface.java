// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line meets outside of itself. Immutable.
 *
 * @param installation the directory of the product
 * @param variables    the environment variables of the process
 * @param terminal     whether somebody looks at a terminal
 * @param out          for answers
 * @param err          for what is wrong with the command line
 */
public record Surface(
        Path installation, Map<String, String> variables, boolean terminal, PrintStream out, PrintStream err) {
    private static final String JARS = "*.jar";

    /** Copies the variables. */
    public Surface {
        variables = Map.copyOf(variables);
    }

    /** Colours are for people at a terminal; NO_COLOR (no-color.org) is respected. */
    boolean colours() {
        return terminal && variables.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(variables.get("TERM"));
    }

    /** An option goes before the variable, that before the installation. */
    Path home(Optional<Path> option) {
        return option.or(() -> variable("SNAKE_PIPE_HOME")).orElse(installation);
    }

    Path config(Optional<Path> option, Path home) {
        return option.or(() -> variable("SNAKE_PIPE_CONFIG")).orElse(home.resolve("config"));
    }

    String environment(Optional<String> option) {
        return option.or(() ->
                        Optional.ofNullable(variables.get("SNAKE_PIPE_ENV")).filter(name -> !name.isBlank()))
                .orElse("dev");
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /**
     * The jars of the product and of some directories.
     *
     * @param directories those that are not there hold nothing
     * @throws IOException if a directory cannot be read
     */
    List<Path> jars(List<Path> directories) throws IOException {
        List<Path> jars = new ArrayList<>();
        List<Path> all = new ArrayList<>(List.of(installation.resolve("bundles")));
        all.addAll(directories);
        for (Path directory : all) {
            if (Files.isDirectory(directory)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, JARS)) {
                    List<Path> sorted = new ArrayList<>();
                    found.forEach(sorted::add);
                    sorted.stream().sorted().forEach(jars::add);
                }
            }
        }
        return jars;
    }
}
