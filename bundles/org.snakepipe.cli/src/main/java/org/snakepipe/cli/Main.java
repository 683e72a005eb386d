// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli;

import java.nio.file.Path;
import java.util.List;
import org.snakepipe.cli.internal.CommandLines;
import org.snakepipe.cli.internal.Surface;

/** The command {@code snakepipe}, apart from {@code snakepipe run}. */
public final class Main {
    private static final int FAILURE = 1;

    private Main() {}

    /**
     * Does what the command line says, and ends the process: 0 done, 1 something is wrong, 2 the command line cannot be
     * understood. {@code bin/snakepipe} sets the properties {@code snakepipe.installation} and {@code snakepipe.terminal}.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        String installation = System.getProperty("snakepipe.installation");
        if (installation == null) {
            System.err.println(
                    "snakepipe: the system property snakepipe.installation is not set; bin/snakepipe sets it");
            System.exit(FAILURE);
        }
        Surface surface = new Surface(
                Path.of(installation),
                System.getenv(),
                Boolean.getBoolean("snakepipe.terminal"),
                System.out,
                System.err);
        System.exit(CommandLines.run(surface, List.of(arguments)));
    }
}
