// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakepipe.api.config.Suggestions;

/**
 * Where everything is. All paths are absolute.
 *
 * @param installation what was unpacked; never written to
 * @param home         where people work
 * @param config       the configuration that people edit
 * @param deploy       what plugins are dropped into
 * @param data         everything that the runtime writes
 */
public record Directories(Path installation, Path home, Path config, Path deploy, Path data) {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    /**
     * Finds them: options go before environment variables, these before the installation itself.
     *
     * @param variables the environment variables of the process
     */
    static Directories of(Path installation, Options options, Map<String, String> variables) {
        Path home = options.home()
                .or(() -> variable(variables, "SNAKE_PIPE_HOME"))
                .orElse(installation)
                .toAbsolutePath()
                .normalize();
        Path config = options.config()
                .or(() -> variable(variables, "SNAKE_PIPE_CONFIG"))
                .orElse(home.resolve("config"))
                .toAbsolutePath()
                .normalize();
        return new Directories(
                installation.toAbsolutePath().normalize(), home, config, home.resolve("deploy"), home.resolve("data"));
    }

    private static Optional<Path> variable(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /**
     * Makes sure that there is such an environment: without its files the base alone would run, on what is meant for others.
     * {@code dev} needs none.
     *
     * @throws StartException if there is not
     * @throws IOException    if the configuration cannot be listed
     */
    void requireEnvironment(String name) throws StartException, IOException {
        Set<String> known = new TreeSet<>(Set.of("dev"));
        Path environments = config.resolve("environments");
        if (Files.isDirectory(environments)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(environments, Files::isDirectory)) {
                children.forEach(child -> known.add(child.getFileName().toString()));
            }
        }
        if (!known.contains(name)) {
            List<String> near = Suggestions.nearest(name, known);
            throw new StartException(
                    ExitCode.FAILURE,
                    "there is no environment '" + name + "' in " + environments + " (allowed: "
                            + String.join(", ", known) + ")"
                            + (near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?")
                            + " It comes from --env or SNAKE_PIPE_ENV; to make it, put a file into "
                            + environments.resolve("NAME"));
        }
    }

    /** The directory of documents that the demo pipeline reads. */
    Path inbox() {
        return data.resolve("inbox");
    }

    /**
     * Makes the ones that the runtime writes to. Data is for its owner alone: databases and secrets live there.
     *
     * @throws StartException if there is no configuration
     * @throws IOException    if a directory cannot be made
     */
    void prepare() throws StartException, IOException {
        if (!Files.isDirectory(config)) {
            throw new StartException(
                    ExitCode.FAILURE,
                    "there is no configuration directory " + config
                            + "; make it, or name another one with --config or SNAKE_PIPE_CONFIG");
        }
        Files.createDirectories(deploy);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                : new FileAttribute<?>[0];
        Files.createDirectories(data, attributes);
    }
}
