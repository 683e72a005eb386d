// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.command.internal.socket.ControlSocket;
import org.snakepipe.command.internal.socket.SocketPath;
import org.snakepipe.verbs.Answer;

class ClientTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ControlSocket socket;

    @AfterEach
    void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    private int ask(String... words) {
        out.reset();
        err.reset();
        return new Client(home, new PrintStream(out, true), new PrintStream(err, true)).ask(List.of(words));
    }

    private ControlSocket runtime() throws IOException {
        return new ControlSocket(SocketPath.prepare(home.resolve("data")), ClientTest::run, (request, in, io) -> {});
    }

    private static Answer run(String verb, List<String> arguments) {
        return switch (verb) {
            case "stop" -> new Answer(0, List.of("Stopping"), Map.of("pid", Integer.MAX_VALUE));
            case "config:get" -> new Answer(1, List.of("nothing configures it"), null);
            default -> new Answer(0, List.of(verb, arguments.toString()), Map.of("a", 1));
        };
    }

    @Test
    void asksAndPrints() throws IOException {
        socket = runtime();
        assertThat(ask("status")).isZero();
        assertThat(out).hasToString("status\n[]\n");
        assertThat(ask("pipeline", "show", "demo")).isZero();
        assertThat(out).hasToString("pipeline:show\n[demo]\n");
        assertThat(ask("pipeline:show", "demo")).isZero();
        assertThat(out).hasToString("pipeline:show\n[demo]\n");
        assertThat(ask("pipeline", "list", "--json")).isZero();
        assertThat(out).hasToString("{\n  \"a\" : 1\n}\n");
    }

    @Test
    void failuresGoToStandardErrorWithTheirExitCode() throws IOException {
        socket = runtime();
        assertThat(ask("config", "get", "x")).isEqualTo(1);
        assertThat(out.size()).isZero();
        assertThat(err).hasToString("nothing configures it\n");
    }

    @Test
    void waitsForTheEndOfTheProcess() throws IOException {
        socket = runtime();
        assertThat(ask("stop")).isZero();
        assertThat(out).hasToString("Stopping\nStopped.\n");
    }

    @Test
    void doesNotStopWhenMoreIsSaidThanItUnderstands() throws IOException {
        socket = runtime();
        assertThat(ask("stop", "demo")).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err).hasToString("snakepipe: stop takes no more words, found demo\n");
    }

    @Test
    void saysWhenNothingRuns() throws IOException {
        assertThat(ask("status")).isEqualTo(1);
        assertThat(err).hasToString("Nothing runs in " + home + " (start it with: snakepipe run)\n");

        Files.createDirectories(home.resolve("data/run"));
        Files.writeString(
                home.resolve("data/run/socket"), home.resolve("gone.sock").toString());
        assertThat(ask("status")).as("a socket that a dead process left").isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Nothing runs in ");
    }

    @Test
    void saysWhenSomethingRunsThatCannotBeAsked() throws IOException {
        long pid = ProcessHandle.current().pid();
        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data/lock"), "pid " + pid + ", home " + home);

        assertThat(ask("status")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("Process " + pid + " runs in " + home + ", but cannot be asked: ");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(ask()).isEqualTo(2);
        assertThat(err).hasToString("snakepipe: a verb is missing. See: snakepipe --help\n");
        assertThat(ask("pipeline")).isEqualTo(2);
        assertThat(err).hasToString("snakepipe: 'pipeline' needs a second word. See: snakepipe --help\n");
    }
}
