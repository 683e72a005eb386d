// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

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

/** Asks the runtime of a home over its socket, without the command line around it. */
final class LocalSocket {
    private LocalSocket() {}

    /** Has a configuration file written and brought into force, and waits for the receipt. */
    static void write(Path home, Path file, String text) throws IOException {
        String name = home.resolve("config").relativize(file).toString();
        ask(home, "config:write", "APPLIED", name, text.replace("\n", "\\n"));
    }

    /** Asks, and waits for the answer. @param wanted a word of it @param arguments without what JSON has to hide */
    static void ask(Path home, String verb, String wanted, String... arguments) throws IOException {
        String request = "{\"verb\":\"" + verb + "\",\"arguments\":[\"" + String.join("\",\"", arguments) + "\"]}\n";
        Path address =
                Path.of(Files.readString(home.resolve("data").resolve("run").resolve("socket"))
                        .trim());
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address))) {
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            String answer = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))
                    .readLine();
            if (answer == null || !answer.contains(wanted)) {
                throw new IOException("it answered: " + answer);
            }
        }
    }
}
