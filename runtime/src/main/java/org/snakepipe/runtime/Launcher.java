// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.command.client.Client;

/** The command {@code snakepipe}: runs the runtime, or asks the one that runs. */
public final class Launcher {
    /** Everything went well. */
    static final int OK = 0;

    /** It did not work; the message says why. */
    static final int FAILURE = 1;

    /** The command line cannot be understood. */
    static final int USAGE = 2;

    /** Another process runs in the same home. */
    static final int ALREADY_RUNNING = 3;

    private static final long START_FAILED_SECONDS = 10;

    private static final String TEXT =
            """
            usage: snakepipe [run] [--env NAME] [--home DIR] [--config DIR]
                   snakepipe status | stop | shell                        [--home DIR]
                   snakepipe config list | get ID | explain ID KEY | env
                   snakepipe pipeline list | show NAME | start NAME | stop NAME | reset NAME
                   snakepipe plugin list | why NAME
                   snakepipe --help | --version

              run          starts in this terminal; Ctrl-C lets what is on its way arrive, and stops
              --env NAME   environment, a directory below config/environments; or SNAKE_PIPE_ENV; else dev
              --home DIR   where config/, deploy/ and data/ are; or SNAKE_PIPE_HOME
              --config DIR another configuration directory; or SNAKE_PIPE_CONFIG
              all others   ask the runtime that runs in the home; --json gives the answer for programs

            exit code: 0 done, 1 failed, 2 not understood, 3 already running
            """;

    private final Path installation;
    private final Map<String, String> variables;
    private final PrintStream out;
    private final PrintStream err;

    Launcher(Path installation, Map<String, String> variables, PrintStream out, PrintStream err) {
        this.installation = installation;
        this.variables = variables;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments the command line
     * @throws IOException if the installation cannot be found
     */
    public static void main(String[] arguments) throws IOException {
        Path installation = Path.of(System.getProperty("snakepipe.installation", ".")).toRealPath();
        System.exit(new Launcher(installation, System.getenv(), System.out, System.err).launch(arguments));
    }

    int launch(String[] arguments) {
        List<String> asked = List.of(arguments);
        if (asked.contains("--version")) {
            out.println("Snake Pipe " + version());
            return OK;
        }
        if (asked.contains("--help") || asked.equals(List.of("help"))) {
            out.print(TEXT);
            return OK;
        }
        try {
            Path home = Path.of(System.getProperty("snakepipe.home.default", installation.toString()));
            Options options = Options.parse(arguments, variables, home);
            if (!options.verb().equals("run")) {
                return Client.run(options.home(), options.words());
            }
            if (options.words().size() > 1) {
                throw new UsageException("run takes no arguments, but got '" + options.words().get(1) + "'");
            }
            return run(options);
        } catch (UsageException e) {
            err.println("snakepipe: " + e.getMessage());
            err.println("See: snakepipe --help");
            return USAGE;
        }
    }

    private int run(Options options) {
        try (HomeLock lock = HomeLock.take(options.home(), options.data())) {
            Seed.sow(options, installation);
            System.setProperty("snakepipe.data", options.data().toString());
            boolean terminal = "true".equals(System.getProperty("snakepipe.terminal"));
            System.setProperty("snakepipe.console", terminal ? "OFF" : "WARN");
            Container container =
                    new Container(BootstrapProperties.of(options, installation, version(), terminal));
            return run(container);
        } catch (HomeLock.HeldException e) {
            err.println(e.getMessage());
            return ALREADY_RUNNING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILURE;
        } catch (IOException e) {
            err.println("snakepipe: " + e.getMessage());
            return FAILURE;
        }
    }

    private int run(Container container) throws IOException, InterruptedException {
        Shutdown shutdown = new Shutdown(container, err);
        Runtime.getRuntime().addShutdownHook(shutdown);
        try {
            container.start(installation);
            container.waitForStop();
        } catch (IOException e) {
            container.stop(START_FAILED_SECONDS);
            shutdown.disarm();
            throw e;
        }
        shutdown.disarm();
        return OK;
    }

    private static String version() {
        return Optional.ofNullable(Launcher.class.getPackage().getImplementationVersion())
                .orElse("of the class path");
    }
}
