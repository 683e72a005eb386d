// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small files that are there whole or not at all, also after a crash. They hold what people write into configurations, and with it
 * passwords of those who do not use secrets: where the system knows owners, only theirs may read them.
 */
class Storage {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    /** Writes beside, forces to the disk, renames, forces the directory. */
    void write(Path file, byte[] bytes) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try (FileChannel channel = created(beside)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.getParent());
    }

    /** Mostly its directory is there and it is not: only when that is not so, is more to be done. */
    private static FileChannel created(Path beside) throws IOException {
        try {
            return create(beside);
        } catch (NoSuchFileException e) {
            Files.createDirectories(beside.getParent(), attributes(beside, DIRECTORY));
        } catch (FileAlreadyExistsException e) {
            // What a process left that was killed may be readable for others.
            Files.deleteIfExists(beside);
        }
        return create(beside);
    }

    private static FileChannel create(Path beside) throws IOException {
        return FileChannel.open(
                beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerAlone(beside));
    }

    /** What makes a new file one for its owner alone, where the file system knows that. */
    static FileAttribute<?>[] ownerAlone(Path file) {
        return attributes(file, FILE);
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Takes a directory, and what is in it, from everybody but its owner: earlier products did not. Links are left alone. */
    void close(Path directory) {
        if (!isPosix(directory) || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(path, DIRECTORY);
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(path, FILE);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn(
                    "{} cannot be taken from everybody but its owner: others may read what is in it: {}",
                    directory,
                    e.toString());
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The files of a directory that are whole, in no order; none when there is no such directory. */
    List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*.json")) {
            stream.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        files.removeIf(file -> file.getFileName().toString().startsWith("."));
        return files;
    }

    /**
     * Deletes files of a directory, also those that a process left half written. What cannot be deleted stays, and is nobody's.
     *
     * @param names of those that stay
     */
    void retain(Path directory, Set<String> names) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // There never was one.
            return;
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{} keeps files that nobody reads", directory, e);
        }
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** The same, and it does not come back after a crash. */
    void remove(Path file) throws IOException {
        delete(file);
        force(file.getParent());
    }

    /** The content, if there is a file. */
    Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
