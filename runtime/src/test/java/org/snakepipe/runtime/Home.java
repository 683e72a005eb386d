// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A home of the assembled distribution, and the process that runs in it. Other modules use it too. */
public final class Home implements AutoCloseable {
    /** The distribution. */
    public static final Path INSTALLATION = Path.of(System.getProperty("snakepipe.installation", "target/snake-pipe"))
            .toAbsolutePath()
            .normalize();

    private static final int DEADLINE_SECONDS = 90;
    private static final int LAST_LINES = 200;
    /** What the build gives its own JVMs, so that what the program does counts as covered too. */
    private static final String AGENT = System.getProperty("snakepipe.test.agent", "");

    private final Path path;
    private final Map<String, String> variables = new HashMap<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private Process process;

    /**
     * Makes it, with the configuration that is shipped.
     *
     * @param path a directory that is not there yet
     * @throws IOException if it cannot be made
     */
    public Home(Path path) throws IOException {
        this.path = Files.createDirectory(path);
        Path shipped = INSTALLATION.resolve("config");
        try (Stream<Path> all = Files.walk(shipped)) {
            for (Path file : all.toList()) {
                Files.copy(file, path.resolve("config").resolve(shipped.relativize(file)));
            }
        }
    }

    /**
     * Where it is.
     *
     * @return the directory
     */
    public Path path() {
        return path;
    }

    /**
     * A variable of the environment of what is started from now on.
     *
     * @param name  its name
     * @param value its value
     * @return this
     */
    public Home with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /**
     * Runs it; {@link #waitForLine} tells when it does.
     *
     * @param options behind {@code run}
     * @return the process
     * @throws IOException if it cannot be started
     */
    public Process run(String... options) throws IOException {
        lines.clear();
        Process started =
                start(Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new));
        process = started;
        Thread reader = new Thread(() -> read(started));
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private void read(Process running) {
        try (BufferedReader in = running.inputReader()) {
            in.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // One that is killed closes what it says under whoever reads it: what came until then counts.
            return;
        }
    }

    /**
     * Starts the program; in an environment without settings of whoever runs the test.
     *
     * @param words what it is told
     * @return the process
     * @throws IOException if it cannot be started
     */
    public Process start(String... words) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(INSTALLATION.resolve("bin/snakepipe").toString());
        builder.command().addAll(List.of(words));
        builder.environment().keySet().removeIf(name -> name.startsWith("SNAKE_PIPE_"));
        builder.environment().put("SNAKE_PIPE_HOME", path.toString());
        builder.environment().put("SNAKE_PIPE_JAVA_OPTS", AGENT);
        builder.environment().putAll(variables);
        return builder.redirectErrorStream(true).start();
    }

    /**
     * What the program says, which must end with an exit code.
     *
     * @param exit  the code
     * @param words what it is told
     * @return what it says
     * @throws IOException          if it cannot be started
     * @throws InterruptedException if the caller is to stop
     */
    public String ask(int exit, String... words) throws IOException, InterruptedException {
        Process asked = start(words);
        String said = said(asked);
        assertThat(asked.waitFor()).as(said).isEqualTo(exit);
        return said;
    }

    /**
     * Waits for a line of the running process.
     *
     * @param beginning how it begins
     * @return the next such line
     * @throws InterruptedException if the caller is to stop
     */
    public String waitForLine(String beginning) throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        String line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        while (line != null && !line.startsWith(beginning)) {
            seen.append(line).append('\n');
            line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(line).as("a line '%s...' after:%n%s", beginning, seen).isNotNull();
        return line;
    }

    /**
     * Waits for the end of the running process.
     *
     * @return its exit code
     * @throws InterruptedException if the caller is to stop
     */
    public int waitForEnd() throws InterruptedException {
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /**
     * Kills the running process, as {@code kill -9} does, and waits until it is gone.
     *
     * @throws InterruptedException if the caller is to stop
     */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /**
     * What a test that waited in vain wants to know: what the running process says of itself, where its threads
     * are, and the end of its log.
     *
     * @return the answers, one after the other
     */
    public String condition() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return part(() -> said(new ProcessBuilder(jcmd, Long.toString(process.pid()), "Thread.print")
                        .redirectErrorStream(true)
                        .start()))
                + part(() -> said(start("status")))
                + part(() -> said(start("pipeline", "list")))
                + part(() -> {
                    List<String> log = Files.readAllLines(path.resolve("data/log/snakepipe.log"));
                    return String.join("\n", log.subList(Math.max(0, log.size() - LAST_LINES), log.size()));
                });
    }

    private static String part(Callable<String> asking) {
        try {
            return asking.call();
        } catch (Exception e) {
            // The other parts are worth as much.
            return e + "\n";
        }
    }

    private static String said(Process asked) throws IOException {
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
