// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakepipe.control.House;
import org.snakepipe.control.OnceExit;

/** The command {@code snakepipe run}. */
public final class Launcher {
    private final Path installation;
    private final Map<String, String> variables;
    private final boolean terminal;
    private final PrintStream out;
    private final PrintStream err;

    Launcher(Path installation, Map<String, String> variables, boolean terminal, PrintStream out, PrintStream err) {
        this.installation = installation;
        this.variables = Map.copyOf(variables);
        this.terminal = terminal;
        this.out = out;
        this.err = err;
    }

    /**
     * Does what the command line says, and ends the process: 0 done, 1 it did not work, 2 the command line cannot be
     * understood, 3 already running, 7 configuration cannot be delivered any more, and the variable
     * {@code SNAKE_PIPE_SUPERVISED} is {@code true}; with {@code --once} also those of {@link OnceExit}.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        String installation = System.getProperty(House.INSTALLATION);
        if (installation == null) {
            System.err.println("snakepipe: the system property " + House.INSTALLATION
                    + " is not set; bin/snakepipe sets it, together with " + House.TERMINAL);
            System.exit(ExitCode.FAILURE);
        }
        Launcher launcher = new Launcher(
                Path.of(installation), System.getenv(), Boolean.getBoolean(House.TERMINAL), System.out, System.err);
        System.exit(launcher.launch(List.of(arguments)));
    }

    /** Does it, and returns the exit code. */
    int launch(List<String> arguments) {
        try {
            List<String> words = new ArrayList<>(arguments);
            if (words.removeAll(List.of("--help", "-h"))) {
                out.println(Options.usage());
                return ExitCode.OK;
            }
            Options options = Options.parse(words);
            boolean supervised = Boolean.parseBoolean(variables.get("SNAKE_PIPE_SUPERVISED"));
            String environment = RunningHouse.environment(options, variables);
            return new RunningHouse(directories(options), environment, options.once(), terminal, supervised, out, err)
                    .run();
        } catch (UsageException e) {
            err.println("snakepipe: " + e.getMessage());
            err.println(Options.usage());
            return ExitCode.USAGE;
        } catch (StartException e) {
            err.println("snakepipe: " + e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            // The classes of java.nio.file say the path alone; their names say what is wrong with it.
            err.println("snakepipe: " + (e.getClass() == IOException.class ? e.getMessage() : e.toString()));
            return ExitCode.FAILURE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("snakepipe: interrupted");
            return ExitCode.FAILURE;
        }
    }

    private Directories directories(Options options) {
        return Directories.of(installation, options, variables);
    }
}
