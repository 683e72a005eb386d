// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lends the terminal to the shell of the runtime: keys go there as they are typed, what comes back is shown. */
final class ShellTerminal {
    private static final int BUFFER = 8192;

    private final SocketChannel channel;

    ShellTerminal(SocketChannel channel) {
        this.channel = channel;
    }

    int run() throws IOException {
        String size = stty("size").trim();
        boolean terminal = size.matches("\\d+ \\d+");
        String[] rowsAndColumns = terminal ? size.split(" ") : new String[] {"24", "80"};
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("verb", "shell");
        request.put("term", System.getenv().getOrDefault("TERM", "dumb"));
        request.put("rows", Integer.valueOf(rowsAndColumns[0]));
        request.put("columns", Integer.valueOf(rowsAndColumns[1]));
        write((JSON.std.asString(request) + "\n").getBytes(StandardCharsets.UTF_8));
        String before = terminal ? stty("-g").trim() : "";
        Thread restore = new Thread(() -> restore(before));
        Runtime.getRuntime().addShutdownHook(restore);
        if (terminal) {
            stty("raw", "-echo");
        }
        Thread keys = new Thread(this::keys, "keys");
        keys.setDaemon(true);
        keys.start();
        try {
            show();
        } finally {
            restore(before);
        }
        return 0;
    }

    private void restore(String before) {
        if (!before.isEmpty()) {
            stty(before);
        }
    }

    private void show() throws IOException {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer) >= 0) {
            out.write(buffer.array(), 0, buffer.position());
            out.flush();
            buffer.clear();
        }
    }

    /** Each read is a frame: its length in two bytes, then the bytes; no bytes say that there will be no more. */
    private void keys() {
        byte[] bytes = new byte[BUFFER];
        try {
            int length = System.in.read(bytes);
            while (length > 0) {
                frame(bytes, length);
                length = System.in.read(bytes);
            }
            frame(bytes, 0);
        } catch (IOException e) {
            // The runtime has ended the connection: the other thread sees it too.
            return;
        }
    }

    private void frame(byte[] bytes, int length) throws IOException {
        byte[] frame = new byte[length + 2];
        frame[0] = (byte) (length >> 8);
        frame[1] = (byte) length;
        System.arraycopy(bytes, 0, frame, 2, length);
        write(frame);
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** What stty says about the terminal of this process; empty when it has none. */
    private static String stty(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/tty")))
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
