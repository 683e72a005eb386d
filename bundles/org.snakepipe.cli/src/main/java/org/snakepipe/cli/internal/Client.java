// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the runtime that runs in a home, and prints its answer. */
final class Client {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;
    private static final long STOP_SECONDS = 30;
    private static final Set<String> SINGLE =
            Set.of("status", "stop", "shell", "help", "plan", "apply", "rollback", "retry", "history");

    /** What the runtime does not check, as it is more than a question. */
    private static final Set<String> LOCAL = Set.of("stop", "shell");

    private static final Pattern OWNER = Pattern.compile("pid (\\d{1,18}),");

    private final Path home;
    private final PrintStream out;
    private final PrintStream err;

    Client(Path home, PrintStream out, PrintStream err) {
        this.home = home;
        this.out = out;
        this.err = err;
    }

    /**
     * Asks and prints.
     *
     * @param words verb and arguments: {@code pipeline show demo}, also {@code pipeline:show demo}; {@code --json} anywhere
     *              prints what programs get
     * @return exit code of the process
     */
    int ask(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        boolean json = rest.remove("--json");
        if (rest.isEmpty()) {
            err.println("snakepipe: a verb is missing. See: snakepipe --help");
            return USAGE;
        }
        String verb = rest.remove(0);
        if (!SINGLE.contains(verb) && verb.indexOf(':') < 0) {
            if (rest.isEmpty()) {
                err.println("snakepipe: '" + verb + "' needs a second word. See: snakepipe --help");
                return USAGE;
            }
            verb = verb + ":" + rest.remove(0);
        }
        if (LOCAL.contains(verb) && !rest.isEmpty()) {
            err.println("snakepipe: " + verb + " takes no more words, found " + String.join(" ", rest));
            return USAGE;
        }
        try (SocketChannel channel = connect()) {
            if (verb.equals("shell")) {
                return new ShellTerminal(channel).run();
            }
            return exchange(channel, verb, rest, json);
        } catch (NoSuchFileException | java.net.SocketException e) {
            err.println(silent());
            return FAILURE;
        } catch (IOException e) {
            err.println("snakepipe: the runtime in " + home + " does not answer: " + e.getMessage());
            return FAILURE;
        }
    }

    /**
     * Asks and gives what programs get.
     *
     * @throws IllegalStateException if nobody answers, or not well
     */
    Object data(String verb, List<String> arguments) throws IOException {
        try (SocketChannel channel = connect()) {
            Map<String, Object> answer = JSON.std.mapFrom(line(channel, verb, arguments));
            if (!Integer.valueOf(0).equals(answer.get("exit"))) {
                throw new IllegalStateException(String.valueOf(answer.get("text")));
            }
            return answer.get("data");
        } catch (NoSuchFileException | java.net.SocketException e) {
            throw new IllegalStateException(silent(), e);
        }
    }

    /** Nobody answers: because nothing runs, or because what runs has no socket, or not yet. */
    private String silent() {
        OptionalLong owner = owner();
        return owner.isEmpty()
                ? "Nothing runs in " + home + " (start it with: snakepipe run)"
                : "Process " + owner.getAsLong() + " runs in " + home + ", but cannot be asked: it is just starting or"
                        + " stopping, or data/log/snakepipe.log says why it has no socket";
    }

    /** Who wrote itself into the lock, if it lives. The lock is not tried: that would stop one that is just starting. */
    private OptionalLong owner() {
        try {
            Matcher text = OWNER.matcher(Files.readString(home.resolve("data").resolve("lock")));
            return text.lookingAt()
                    ? ProcessHandle.of(Long.parseLong(text.group(1)))
                            .filter(process ->
                                    process.info().command().orElse("").endsWith("java"))
                            .map(process -> OptionalLong.of(process.pid()))
                            .orElse(OptionalLong.empty())
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether somebody answers, or runs and does not answer yet. */
    boolean isSomebodyThere() {
        try (SocketChannel channel = connect()) {
            return channel.isConnected();
        } catch (IOException e) {
            return owner().isPresent();
        }
    }

    private SocketChannel connect() throws IOException {
        Path pointer = home.resolve("data").resolve("run").resolve("socket");
        return SocketChannel.open(
                UnixDomainSocketAddress.of(Files.readString(pointer).trim()));
    }

    private static String line(SocketChannel channel, String verb, List<String> arguments) throws IOException {
        String request = JSON.std.asString(Map.of("verb", verb, "arguments", arguments)) + "\n";
        ByteBuffer buffer = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        String line = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))
                .readLine();
        if (line == null) {
            throw new IOException("it ended the connection");
        }
        return line;
    }

    private void complain(Map<String, Object> answer) {
        if (answer.get("wrong") instanceof List<?> wrong) {
            wrong.forEach(err::println);
        }
    }

    private int exchange(SocketChannel channel, String verb, List<String> arguments, boolean json) throws IOException {
        String line = line(channel, verb, arguments);
        Map<String, Object> answer = JSON.std.mapFrom(line);
        int exit = answer.get("exit") instanceof Number number ? number.intValue() : FAILURE;
        if (!Boolean.TRUE.equals(answer.get("answered"))) {
            err.println(answer.get("text"));
        } else if (json) {
            out.println(Answers.json(answer.get("data")));
            complain(answer);
        } else {
            out.println(answer.get("text"));
        }
        return verb.equals("stop") && exit == 0 ? awaitEnd(answer) : exit;
    }

    private int awaitEnd(Map<String, Object> answer) {
        long pid = answer.get("data") instanceof Map<?, ?> data && data.get("pid") instanceof Number number
                ? number.longValue()
                : -1;
        try {
            ProcessHandle process = ProcessHandle.of(pid).orElse(null);
            if (process != null) {
                process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            }
            out.println("Stopped.");
            return 0;
        } catch (TimeoutException e) {
            err.println("Process " + pid + " still lets things arrive after " + STOP_SECONDS + " s; it ends by itself");
            return FAILURE;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILURE;
        }
    }
}
