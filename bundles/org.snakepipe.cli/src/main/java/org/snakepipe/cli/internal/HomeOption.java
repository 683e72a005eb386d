// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says which home is meant. */
final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "where config/, deploy/ and data/ are (SNAKE_PIPE_HOME)")
    private Optional<Path> home = Optional.empty();

    Path in(Surface surface) {
        return surface.home(home);
    }
}
