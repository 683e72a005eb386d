// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where the configuration is. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "the configuration, if it is elsewhere (SNAKE_PIPE_CONFIG)")
    private Optional<Path> config = Optional.empty();

    Path in(Surface surface, Path home) {
        return surface.config(config, home);
    }
}
