// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Where the socket is: in a directory that only its owner may enter, so that nobody else reaches it, not even between its
 * making and its permissions. The path of a socket has at most 107 bytes on Linux, so a deep home has it elsewhere, and a file
 * in its place that says where.
 */
public final class SocketPath {
    /** Name of the file that says where the socket is. */
    public static final String POINTER = "socket";

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final int LONGEST = 100;
    private static final int DIGITS = 12;

    private SocketPath() {}

    /**
     * Makes the directory and says where the socket belongs.
     *
     * @param data the data directory
     * @return path of the socket, which may be there from an earlier process
     * @throws IOException if a directory cannot be made, or belongs to somebody else
     */
    public static Path prepare(Path data) throws IOException {
        Path run = directory(data.resolve("run"));
        Path socket = run.resolve("snakepipe.sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            String name = "snakepipe-" + System.getProperty("user.name") + "-" + hash(data.toString());
            socket = directory(Path.of(System.getProperty("java.io.tmpdir"), name))
                    .resolve("s");
        }
        Files.writeString(run.resolve(POINTER), socket.toString());
        return socket;
    }

    private static Path directory(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException(path + " is a link: remove it");
        }
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, OWNER);
        return path;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
