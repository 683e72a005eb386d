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
import java.util.regex.Pattern;
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
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
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
     * {@code dev} needs none, nor does one that has run here: what it was when all was well stands in for its files. Of a
     * directory that is not there nobody can tell.
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
        boolean tellable = Files.isDirectory(config) && !hasLastGood(name);
        if (!known.contains(name) && (tellable || !NAME.matcher(name).matches())) {
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

    private boolean hasLastGood(String environment) {
        return NAME.matcher(environment).matches()
                && Files.exists(data.resolve("last-good").resolve(environment + ".json"));
    }

    /**
     * What somebody has to know of the configuration directory before it starts.
     *
     * @return that it is not there, and what happens until it is; empty when it is there
     */
    Optional<String> missing(String environment) {
        if (Files.isDirectory(config)) {
            return Optional.empty();
        }
        return Optional.of("there is no configuration directory " + config + "; "
                + (hasLastGood(environment)
                        ? "what was in force when all was well is in force until it is there"
                        : "nothing is configured until it is there")
                + ": make it, or name another one with --config or SNAKE_PIPE_CONFIG");
    }

    /** The directory of documents that the demo pipeline reads. */
    Path inbox() {
        return data.resolve("inbox");
    }

    /**
     * Makes the ones that the runtime writes to. Data is for its owner alone: databases and secrets live there.
     *
     * @throws StartException if a directory cannot be made; the message says why
     */
    void prepare() throws StartException {
        make(deploy);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                : new FileAttribute<?>[0];
        make(data, attributes);
    }

    private static void make(Path directory, FileAttribute<?>... attributes) throws StartException {
        try {
            Files.createDirectories(directory, attributes);
        } catch (IOException e) {
            throw Unwritable.of(directory, directory, e);
        }
    }
}
