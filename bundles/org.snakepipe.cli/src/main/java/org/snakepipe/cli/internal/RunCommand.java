// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stands here for the help and for completion: {@code bin/snakepipe} hands {@code run} to the launcher. */
@Command(name = "run", description = "runs until somebody stops it")
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "the environment; dev if nothing is said (SNAKE_PIPE_ENV)")
    private Optional<String> environment = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "the configuration, if it is elsewhere (SNAKE_PIPE_CONFIG)")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "where config/, deploy/ and data/ are (SNAKE_PIPE_HOME)")
    private Optional<Path> home = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "run is done by bin/snakepipe");
    }
}
