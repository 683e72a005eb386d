// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/** Reads one file that holds one secret. What was read is overwritten in memory as soon as it is not needed any more. */
final class SecretFile {
    /** As much as Kubernetes allows. */
    static final int MOST_BYTES = 1 << 20;

    /** More than one, because what a link leads to may be replaced between the looks at the one and at the other. */
    private static final int TRIES = 3;

    private static final int LEAST_BUFFER = 4096;

    private SecretFile() {}

    /** What is done with the content. */
    interface Use<T> {
        /** Takes the content, which is overwritten afterwards. */
        T of(ByteBuffer content) throws IOException;
    }

    /**
     * The secret, without the line end that editors and {@code echo} write behind it.
     *
     * @return empty when there is no such file
     */
    static Optional<String> text(Path file) throws IOException {
        return read(file, content -> text(file, content));
    }

    private static String text(Path file, ByteBuffer content) throws IOException {
        CharBuffer decoded = null;
        try {
            decoded = StandardCharsets.UTF_8.newDecoder().decode(content);
            int end = decoded.length();
            if (end > 0 && decoded.charAt(end - 1) == '\n') {
                end -= end > 1 && decoded.charAt(end - 2) == '\r' ? 2 : 1;
            }
            if (end == 0) {
                throw new IOException(file + " is empty: write the secret into it, or remove it");
            }
            return decoded.subSequence(0, end).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8 (allowed: a text, without a mark of the encoding)", e);
        } finally {
            if (decoded != null) {
                Arrays.fill(decoded.array(), '\0');
            }
        }
    }

    /** Reads all of it. @return empty when there is no such file, or when it is a directory */
    static <T> Optional<T> read(Path file, Use<T> use) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isDirectory()) {
                    return Optional.empty();
                }
                if (!attributes.isRegularFile()) {
                    throw new IOException(file + " is neither a file nor a link to one");
                }
                return Optional.of(readFile(file, use));
            } catch (NoSuchFileException e) {
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                if (tries == TRIES) {
                    throw new IOException(file + " is a link that leads nowhere", e);
                }
            } catch (FileSystemException e) {
                String reason = e.getReason() == null ? "not permitted" : e.getReason();
                throw new IOException(file + " cannot be read: " + reason, e);
            }
        }
    }

    private static <T> T readFile(Path file, Use<T> use) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            ByteBuffer content = ByteBuffer.allocate((int) Math.min(Math.max(size, LEAST_BUFFER), MOST_BYTES) + 1);
            try {
                while (content.hasRemaining() && channel.read(content) >= 0) {
                    continue;
                }
                if (!content.hasRemaining()) {
                    throw new IOException(file
                            + (content.capacity() > MOST_BYTES
                                    ? " is too large for a secret (allowed: " + MOST_BYTES + " bytes)"
                                    : " grew while it was read: try again"));
                }
                return use.of(content.flip());
            } finally {
                Arrays.fill(content.array(), (byte) 0);
            }
        }
    }
}
