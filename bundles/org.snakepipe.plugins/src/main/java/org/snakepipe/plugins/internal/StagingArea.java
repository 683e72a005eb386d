// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.snakepipe.control.FileContent;

/**
 * The copies of jars, by digest: {@code data/plugins/SHA256.jar}. A copy has that name only when it is whole, checked and on
 * the disk. One thread writes.
 */
final class StagingArea {
    private static final String JAR = ".jar";
    private static final String TEMPORARY = ".tmp";

    private final Path directory;

    /**
     * A directory, made when it is first needed.
     *
     * @param directory {@code data/plugins}
     */
    StagingArea(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Where the copy is, or will be. */
    Path path(String digest) {
        return directory.resolve(digest + JAR);
    }

    boolean has(String digest) {
        return Files.isRegularFile(path(digest));
    }

    /** Tells whether exactly this content lies there already; a copy that the disk damaged does not count. */
    boolean has(FileContent content) throws IOException {
        Path copy = path(content.digest());
        return has(content.digest())
                && Files.size(copy) == content.bytes().length
                && Arrays.equals(Files.readAllBytes(copy), content.bytes());
    }

    /**
     * Writes a copy that has no name yet.
     *
     * @return to be given to {@link #keep} or deleted
     */
    Path write(FileContent content) throws IOException {
        Files.createDirectories(directory);
        Path temporary = directory.resolve(content.digest() + TEMPORARY);
        // What a process left that was killed.
        Files.deleteIfExists(temporary);
        try (FileChannel out = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            return temporary;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** Gives a copy its name. It is on the disk after {@link #force(Set)} only. */
    void keep(Path temporary, String digest) throws IOException {
        Files.move(temporary, path(digest), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** Brings copies to the disk, those that are there still. */
    void force(Set<String> digests) throws IOException {
        for (String digest : digests) {
            if (has(digest)) {
                force(path(digest), WRITE);
            }
        }
        if (Files.isDirectory(directory)) {
            force(directory, READ);
        }
    }

    private static void force(Path path, java.nio.file.OpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /**
     * Deletes every other copy, and what a crash left half written.
     *
     * @param digests of the copies that stay
     * @return the names of what was deleted
     */
    List<String> retain(Set<String> digests) throws IOException {
        List<String> deleted = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return deleted;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*{" + JAR + "," + TEMPORARY + "}")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.endsWith(JAR) || !digests.contains(name.substring(0, name.length() - JAR.length()))) {
                    Files.deleteIfExists(file);
                    deleted.add(name);
                }
            }
        }
        return deleted;
    }
}
