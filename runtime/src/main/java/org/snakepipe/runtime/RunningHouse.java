// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.snakepipe.control.House;
import org.snakepipe.control.OnceExit;

/** One run of the runtime in one home, from taking the lock to giving it back. */
final class RunningHouse {
    private static final Duration CONFIGURATION_LIMIT = Duration.ofSeconds(30);
    /** So long at most nobody can ask what a start is at that waits for something. */
    private static final Duration SHELL_DELAY = Duration.ofSeconds(1);

    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);
    private static final Duration LEVEL_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Directories directories;
    private final String environment;
    private final Optional<String> once;
    private final boolean terminal;
    private final boolean supervised;
    private final PrintStream out;
    private final PrintStream err;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final long begin = System.nanoTime();

    /**
     * Takes what it needs to know.
     *
     * @param once     the one pipeline that is run, to its end; empty for all, until somebody stops them
     * @param terminal whether a person watches {@code out} on a terminal: the log stays in its file then
     * @param supervised whether somebody starts the process anew when it ends with a failure
     * @param out      where people are told what goes on
     * @param err      where they are told what is not as it should be
     */
    RunningHouse(
            Directories directories,
            String environment,
            Optional<String> once,
            boolean terminal,
            boolean supervised,
            PrintStream out,
            PrintStream err) {
        this.directories = directories;
        this.environment = environment;
        this.once = once;
        this.terminal = terminal;
        this.supervised = supervised;
        this.out = out;
        this.err = err;
    }

    /** The name of the environment: the option, else the variable {@code SNAKE_PIPE_ENV}, else {@code dev}. */
    static String environment(Options options, Map<String, String> variables) {
        return options.environment()
                .or(() -> Optional.ofNullable(variables.get("SNAKE_PIPE_ENV")).filter(name -> !name.isBlank()))
                .orElse("dev");
    }

    /**
     * Runs until somebody stops it, or the one pipeline is over.
     *
     * @return exit code
     * @throws StartException if it does not start
     * @throws IOException    if the home cannot be read or written
     */
    int run() throws StartException, IOException, InterruptedException {
        Optional<String> missing = directories.missing(environment);
        if (missing.isPresent() && once.isPresent()) {
            // Who waits for its end must not wait for a directory.
            throw new StartException(ExitCode.FAILURE, missing.get());
        }
        directories.requireEnvironment(environment);
        directories.prepare();
        missing.ifPresent(reason -> err.println("snakepipe: " + reason));
        HomeLock lock = HomeLock.acquire(directories);
        try {
            new DataFormat().check(directories.data());
            int documents = DemoInput.seed(directories);
            if (documents > 0) {
                out.println("The demo has " + documents + " documents to read, in " + directories.inbox());
            }
            return runLocked();
        } finally {
            lock.close();
        }
    }

    private int runLocked() throws StartException, IOException, InterruptedException {
        Path installation = directories.installation();
        // logback.xml speaks of them, and logback looks variables up among the system properties.
        System.setProperty("snakepipe.data", directories.data().toString());
        System.setProperty("snakepipe.console", terminal ? "OFF" : once.isPresent() ? "WARN" : "INFO");
        List<FeatureBundle> bundles = Features.read(installation.resolve("features"));
        String version = Version.current();
        Container container = Container.create(
                BootstrapProperties.of(directories, environment, version, terminal, once),
                installation.resolve("bundles"),
                bundles);
        AtomicBoolean stuck = new AtomicBoolean();
        if (supervised) {
            container.whenCondition(House.CONFIG_STUCK, () -> {
                stuck.set(true);
                container.stop();
            });
        }
        try (ShutdownHook hook = ShutdownHook.register(container, STOP_LIMIT, terminal, out)) {
            start(container);
            if (!container.isStopping()) {
                sayThatItRuns(version);
                if (once.isPresent()) {
                    container.offerExit(code -> {
                        exit.complete(code);
                        container.stop();
                    });
                }
            }
            boolean stopped = container.awaitStop(STOP_LIMIT);
            if (stuck.get()) {
                out.println("Configuration cannot be delivered any more; the log names what holds it up. Ending, so"
                        + " that whoever supervises this process starts it anew.");
                return hook.ended(ExitCode.STUCK);
            }
            if (!stopped) {
                out.println("Not everything stopped within " + STOP_LIMIT.toSeconds() + " s; the process ends anyway.");
                return hook.ended(ExitCode.FAILURE);
            }
            out.println("Stopped.");
            return hook.ended(once.isPresent() ? exit.getNow(OnceExit.INTERRUPTED) : ExitCode.OK);
        }
    }

    private void sayThatItRuns(String version) {
        out.printf(
                "Snake Pipe %s runs%s after %d ms: environment %s, home %s, pid %d. Ctrl-C stops it%s.%n",
                version,
                once.map(pipeline -> " " + pipeline + " once").orElse(""),
                Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                environment,
                directories.home(),
                ProcessHandle.current().pid(),
                once.isPresent() ? "; the next run goes on from there" : "");
    }

    /** A start that fails halfway takes down what it has put up. */
    private void start(Container container) throws StartException, InterruptedException {
        boolean started = false;
        try {
            container.rise(StartLevel.CONFIGURATION, LEVEL_LIMIT);
            // While the first configuration is read and checked: what acts on one waits for it, not for a level.
            container.rise(StartLevel.PIPELINES, LEVEL_LIMIT);
            if (!container.isStopping()) {
                container.say(House.BUNDLES_STARTED);
            }
            boolean configured = container.awaitCondition(House.CONFIG_READY, CONFIGURATION_LIMIT);
            if (!configured) {
                // Nothing acts on a configuration that is not there, so going on harms nothing, and 'snakepipe status'
                // can be asked what is wrong.
                out.println(unconfigured(container));
            }
            if (!container.isStopping()) {
                if (configured) {
                    // Records before those who ask about them: the shell would take the processor from what opens.
                    container.awaitCondition(House.CONFIG_SETTLED, SHELL_DELAY);
                }
                container.rise(StartLevel.TOP, LEVEL_LIMIT);
            }
            if (configured) {
                // Whoever reads that it runs may ask what runs. What takes longer, such as a database that is away, is
                // told when it has come.
                container.awaitCondition(House.CONFIG_SETTLED, SETTLE_LIMIT);
            }
            started = true;
        } finally {
            if (!started) {
                container.stop();
                container.awaitStop(STOP_LIMIT);
            }
        }
    }

    private static String unconfigured(Container container) {
        List<String> silent = container.silentBundles(StartLevel.CONFIGURATION);
        return "No configuration is published after " + CONFIGURATION_LIMIT.toSeconds()
                + " s: nobody has registered the"
                + " condition " + House.CONFIG_READY + "; "
                + (silent.isEmpty()
                        ? "is the rollout among the features?"
                        : "started without offering a service: " + String.join(", ", silent) + ".")
                + " Going on without.";
    }
}
