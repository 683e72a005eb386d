// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.validation.JarSchemas;
import org.snakepipe.verbs.Workspace;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which configuration is meant. */
final class Place {
    @Mixin
    private HomeOption home;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "more plugins, besides those in deploy/; may be repeated")
    private List<Path> plugins = new ArrayList<>();

    @Option(names = "--local", description = "local/ and this machine's variables count too")
    private boolean local;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The home of a runtime that runs. */
    Path home(Surface surface) {
        return home.in(surface);
    }

    /** Reads everything. */
    Opened open(Surface surface) throws IOException {
        Path at = home.in(surface);
        Path directory = config.in(surface, at);
        List<Path> directories = new ArrayList<>(List.of(at.resolve("deploy")));
        for (Path more : plugins) {
            if (!Files.isDirectory(more)) {
                throw new ParameterException(spec.commandLine(), "--plugins: there is no directory " + more);
            }
            directories.add(more);
        }
        JarSchemas schemas = JarSchemas.of(surface.jars(directories));
        Surroundings surroundings = local ? Surroundings.offlineWithLocal(surface.variables()) : Surroundings.offline();
        try {
            return new Opened(Workspace.read(directory, schemas, surroundings), schemas);
        } catch (NotDirectoryException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no configuration directory " + directory
                            + "; name it with --config or SNAKE_PIPE_CONFIG");
        }
    }

    /**
     * What was read.
     *
     * @param workspace the configuration
     * @param schemas   what the plugins know of it
     */
    record Opened(Workspace workspace, JarSchemas schemas) {}
}
