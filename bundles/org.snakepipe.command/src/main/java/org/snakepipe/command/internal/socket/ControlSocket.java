// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.socket;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.verbs.Answer;

/**
 * Answers verbs over a Unix domain socket: a line of JSON asks, a line of JSON answers. What a client sends can be anything: it
 * is answered with an error, and the next one is served.
 */
public final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_CLIENTS = 32;

    /** Runs a verb. */
    public interface Asked {
        /**
         * Runs it.
         *
         * @param verb      its name
         * @param arguments what it is given
         * @return the answer
         * @throws InterruptedException if the runtime is stopping
         */
        Answer run(String verb, List<String> arguments) throws InterruptedException;
    }

    /** Takes over a connection for an interactive shell. */
    public interface Shell {
        /**
         * Serves until the client leaves.
         *
         * @param request what the client said of its terminal
         * @param in      frames from the client
         * @param out     what its terminal shows
         * @throws IOException if the client is gone
         */
        void serve(Map<String, Object> request, InputStream in, OutputStream out) throws IOException;
    }

    private final Path path;
    private final ServerSocketChannel server;
    private final Asked asked;
    private final Shell shell;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "socket-client");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins to listen.
     *
     * @param path  of the socket, in a directory that only its owner may enter; one that is left from before is replaced
     * @param asked runs verbs
     * @param shell serves interactive shells
     * @throws IOException if the socket cannot be made
     */
    public ControlSocket(Path path, Asked asked, Shell shell) throws IOException {
        this.path = path;
        this.asked = asked;
        this.shell = shell;
        Files.deleteIfExists(path);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        Thread accepting = new Thread(this::accept, "socket-accept");
        accepting.setDaemon(true);
        accepting.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                clients.add(client);
                try {
                    threads.execute(() -> serve(client));
                } catch (RejectedExecutionException e) {
                    LOG.debug("A client came while the socket {} was being closed", path, e);
                    client.close();
                }
            }
        } catch (ClosedChannelException e) {
            LOG.debug("The socket {} is closed", path);
        } catch (IOException e) {
            LOG.error("The socket {} no longer answers: restart to have it back", path, e);
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            InputStream in = new BufferedInputStream(Streams.in(client));
            OutputStream out = Streams.out(client);
            if (clients.size() > MOST_CLIENTS) {
                answer(out, new Answer(1, List.of("too many clients (allowed: " + MOST_CLIENTS + ")"), null));
                return;
            }
            String line = line(in);
            while (line != null && request(line, in, out)) {
                line = line(in);
            }
        } catch (IOException e) {
            LOG.debug("A client left", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
        }
    }

    /** A line without its end; {@code null} when the client has left. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (line.size() >= LONGEST) {
                return "too long";
            }
            line.write(next);
            next = in.read();
        }
        return next < 0 ? null : line.toString(StandardCharsets.UTF_8);
    }

    /** {@code false} when the connection ends with this request. */
    private boolean request(String line, InputStream in, OutputStream out) throws IOException, InterruptedException {
        Map<String, Object> request;
        try {
            request = JSON.std.mapFrom(line);
        } catch (IOException e) {
            answer(
                    out,
                    new Answer(
                            2,
                            List.of("not understood: a request is a line of JSON with at most " + LONGEST
                                    + " bytes: {\"verb\": \"status\", \"arguments\": []}"),
                            null));
            return false;
        }
        if ("shell".equals(request.get("verb"))) {
            shell.serve(request, in, out);
            return false;
        }
        List<String> arguments = request.get("arguments") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        answer(out, run(String.valueOf(request.get("verb")), arguments));
        return true;
    }

    /** A mistake in a verb is answered like any other failure: the client must not wait for ever. */
    private Answer run(String verb, List<String> arguments) throws InterruptedException {
        try {
            return asked.run(verb, arguments);
        } catch (RuntimeException e) {
            LOG.error("The verb {} failed", verb, e);
            return new Answer(1, List.of(verb + " failed: " + e + "; the log has the details"), null);
        }
    }

    private static void answer(OutputStream out, Answer answer) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("exit", answer.exit());
        json.put("text", answer.text());
        json.put("data", answer.data());
        json.put("answered", answer.isAnswer());
        json.put("wrong", answer.wrong());
        out.write((JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(json) + "\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel client : clients) {
            client.close();
        }
        threads.shutdown();
        Files.deleteIfExists(path);
    }
}
