// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.snakepipe.runtime.Home;

/**
 * A running distribution as operators see it: files, and what it answers. It is asked over the socket that the command line
 * uses too, which spares a process for each question.
 */
final class House implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Home home;

    /** A process that lives for seconds spends half of them on optimising itself. */
    private static final String OPTIONS = System.getProperty("snakepipe.test.agent", "") + " -XX:TieredStopAtLevel=1";

    /** A home with so many documents of the demo in its inbox. Nothing runs yet. */
    House(Path directory, int documents) throws IOException {
        home = new Home(directory.resolve("a home")).with("SNAKE_PIPE_JAVA_OPTS", OPTIONS);
        Path inbox = Files.createDirectories(home.path().resolve("data/inbox"));
        try (Stream<Path> shipped = Files.list(Home.INSTALLATION.resolve("demo/inbox"))) {
            for (Path document : shipped.sorted().limit(documents).toList()) {
                Files.copy(document, inbox.resolve(document.getFileName()));
            }
        }
    }

    /** Sets a variable for what is started from now on. */
    House with(String variable, String value) {
        home.with(variable, value);
        return this;
    }

    Path path() {
        return home.path();
    }

    /** Runs in an environment, and waits until its first generation is in force. */
    Process run(String environment) throws IOException, InterruptedException {
        Process process = home.run("--env", environment);
        assertThat(home.waitForLine("Snake Pipe ")).contains("environment " + environment + ",");
        awaitStatus("the first generation", status -> generation(status) > 0);
        return process;
    }

    void stop() throws IOException, InterruptedException {
        home.ask(0, "stop");
        assertThat(home.waitForEnd()).isZero();
    }

    /** Saves a file of the configuration as editors do: beside it, and then in its place. */
    void save(String path, String... lines) throws IOException {
        Path file = home.path().resolve("config").resolve(path);
        Files.createDirectories(file.getParent());
        Path beside = Files.write(file.resolveSibling(".beside"), List.of(lines));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Drops the plugins that are shipped and not installed. */
    void dropPlugins() throws IOException {
        Path deploy = Files.createDirectories(home.path().resolve("deploy"));
        try (Stream<Path> jars = Files.list(Home.INSTALLATION.resolve("plugins-available"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, deploy.resolve(jar.getFileName()));
            }
        }
    }

    /** What the command line says to these words. */
    String command(String... words) throws IOException, InterruptedException {
        return home.ask(0, words);
    }

    private Map<String, Object> answer(String verb, String... arguments) throws IOException {
        String socket = Files.readString(home.path().resolve("data/run/socket")).strip();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = JSON.std.asString(Map.of("verb", verb, "arguments", List.of(arguments))) + "\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            Map<String, Object> answer = JSON.std.mapFrom(
                    new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine());
            return answer;
        }
    }

    private Map<String, Object> good(String verb, String... arguments) throws IOException {
        Map<String, Object> answer = answer(verb, arguments);
        assertThat(answer).containsEntry("exit", 0);
        return answer;
    }

    /** What a verb, {@code config:get}, says to people. */
    String ask(String verb, String... arguments) throws IOException {
        return good(verb, arguments).get("text").toString();
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> map(String verb, String... arguments) throws IOException {
        return (Map<String, Object>) good(verb, arguments).get("data");
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list(String verb) throws IOException {
        return (List<Map<String, Object>>) good(verb).get("data");
    }

    /** The value of a key that is in force. */
    String value(String id, String key) throws IOException {
        return ((Map<?, ?>) map("config:get", id).get(key)).get("value").toString();
    }

    /** What is wrong. */
    List<String> problems() throws IOException {
        return problems(map("status"));
    }

    @SuppressWarnings("unchecked")
    static List<String> problems(Map<String, Object> status) {
        return (List<String>) status.get("problems");
    }

    Map<String, Object> pipeline(String name) throws IOException {
        return awaitPipeline(name, "is there", one -> true);
    }

    Map<String, Object> awaitStatus(String what, Predicate<Map<String, Object>> so) throws IOException {
        return await(what, so, "status");
    }

    Map<String, Object> awaitPipeline(String name, String what, Predicate<Map<String, Object>> so) throws IOException {
        return await(what, so, "pipeline:show", name);
    }

    /** What is asked for may not be there yet. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> await(String what, Predicate<Map<String, Object>> so, String verb, String... arguments)
            throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Map<String, Object> answer = answer(verb, arguments);
        while (!Integer.valueOf(0).equals(answer.get("exit")) || !so.test((Map<String, Object>) answer.get("data"))) {
            assertThat(System.nanoTime()).as("%s: %s", what, answer).isLessThan(end);
            LockSupport.parkNanos(LOOK_NANOS);
            answer = answer(verb, arguments);
        }
        return (Map<String, Object>) answer.get("data");
    }

    /** Waits until the last change ended so, in a generation after this one if it was applied. */
    Map<String, Object> awaitOutcome(String outcome, long after) throws IOException {
        return awaitStatus(
                "a change " + outcome,
                status -> outcome.equals(status.get("lastResult"))
                        && (!outcome.equals("APPLIED") || generation(status) > after));
    }

    static long generation(Map<String, Object> status) {
        return ((Number) status.get("generation")).longValue();
    }

    static long number(Map<String, Object> data, String key) {
        return ((Number) data.get(key)).longValue();
    }

    @Override
    public void close() {
        home.close();
    }
}
