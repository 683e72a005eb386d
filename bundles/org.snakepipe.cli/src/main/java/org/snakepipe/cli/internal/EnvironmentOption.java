// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says which environment is meant. */
final class EnvironmentOption {
    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "the environment; dev if nothing is said (SNAKE_PIPE_ENV)")
    private Optional<String> environment = Optional.empty();

    String in(Surface surface) {
        return surface.environment(environment);
    }
}
