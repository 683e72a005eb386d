// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.verbs.Answer;

class ControlSocketTest {
    @TempDir
    private Path data;

    private Path path;
    private ControlSocket socket;

    @BeforeEach
    void open() throws IOException {
        path = SocketPath.prepare(data);
        socket = new ControlSocket(path, ControlSocketTest::run, (request, in, out) -> out.write(in.read()));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    private static Answer run(String verb, List<String> arguments) {
        if (verb.equals("fail")) {
            throw new IllegalStateException("a bug");
        }
        return new Answer(0, List.of(verb + arguments), null);
    }

    private List<Map<String, Object>> ask(String... lines) throws IOException {
        List<Map<String, Object>> answers = new ArrayList<>();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            for (String line : lines) {
                channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
                String answer = reader.readLine();
                answers.add(answer == null ? Map.of() : JSON.std.mapFrom(answer));
            }
        }
        return answers;
    }

    @Test
    void answersOneQuestionAfterTheOther() throws IOException {
        List<Map<String, Object>> answers =
                ask("{\"verb\":\"status\"}", "{\"verb\":\"pipeline:show\",\"arguments\":[\"ä\",3]}");

        assertThat(answers.get(0)).containsEntry("exit", 0).containsEntry("text", "status[]");
        assertThat(answers.get(1)).containsEntry("text", "pipeline:show[ä, 3]").containsKey("data");
    }

    @Test
    void answersWhatItDoesNotUnderstandAndServesTheNext() throws IOException {
        assertThat(ask("nonsense").get(0))
                .containsEntry("exit", 2)
                .hasEntrySatisfying(
                        "text",
                        text -> assertThat(text).asString().contains("not understood: a request is a line of JSON"));
        assertThat(ask("[]").get(0)).containsEntry("exit", 2);
        assertThat(ask("\u0000\u0001").get(0)).containsEntry("exit", 2);
        assertThat(ask("{}").get(0)).containsEntry("text", "null[]");
        assertThat(ask("{\"verb\":\"status\"}").get(0)).containsEntry("exit", 0);
    }

    @Test
    void answersAMistakeOfAVerb() throws IOException {
        assertThat(ask("{\"verb\":\"fail\"}").get(0))
                .containsEntry("exit", 1)
                .containsEntry("text", "fail failed: java.lang.IllegalStateException: a bug; the log has the details");
    }

    @Test
    void doesNotReadWithoutEnd() throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            ByteBuffer much = ByteBuffer.wrap("x".repeat(70_000).getBytes(StandardCharsets.UTF_8));
            channel.write(much);
            String answer = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(answer).contains("at most 65536 bytes");
        }
    }

    @Test
    void handsTheConnectionToAShell() throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(ByteBuffer.wrap("{\"verb\":\"shell\"}\nk".getBytes(StandardCharsets.UTF_8)));
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one);
            assertThat(one.array()[0]).isEqualTo((byte) 'k');
        }
    }

    @Test
    void onlyItsOwnerMayAsk() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void replacesASocketThatADeadProcessLeft() throws IOException {
        socket.close();
        Files.writeString(path, "left");
        socket = new ControlSocket(path, ControlSocketTest::run, (request, in, out) -> {});

        assertThat(ask("{\"verb\":\"status\"}").get(0)).containsEntry("exit", 0);
        socket.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void aDeepHomeHasItsSocketElsewhere() throws IOException {
        Path deep = data.resolve("d".repeat(60)).resolve("e".repeat(60));
        Path elsewhere = SocketPath.prepare(deep);

        assertThat(elsewhere.toString().length()).isLessThan(108);
        assertThat(deep.resolve("run/socket")).hasContent(elsewhere.toString());
        try (ControlSocket second = new ControlSocket(elsewhere, ControlSocketTest::run, (request, in, out) -> {})) {
            assertThat(second).isNotNull();
        } finally {
            Files.delete(elsewhere.getParent());
        }
    }

    @Test
    void doesNotFollowALinkInItsPlace() throws IOException {
        Path other = Files.createDirectories(data.resolve("other"));
        Path home = Files.createDirectories(data.resolve("home"));
        Files.createSymbolicLink(home.resolve("run"), other);

        assertThatThrownBy(() -> SocketPath.prepare(home))
                .isInstanceOf(IOException.class)
                .hasMessage(home.resolve("run") + " is a link: remove it");
    }
}
