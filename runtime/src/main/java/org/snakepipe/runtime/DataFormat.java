// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.snakepipe.api.config.Origin;

/**
 * The format of the data directory as a whole, in {@code data/format.version}. It is raised when what lies there cannot be read
 * as it is; then a copy of what was there is kept. It is never lowered: a product that does not know it does not start.
 */
final class DataFormat {
    /** What this product writes. */
    static final int NOW = 1;

    private static final int MOST_SHOWN = 40;

    /** What is made anew at each start, belongs to a process, or is a copy itself. */
    private static final Set<String> NOT_KEPT =
            Set.of("framework", "fileinstall-tmp", "idle", "lock", "log", "run", "backup");

    /** Brings a data directory from one format to the next. */
    @FunctionalInterface
    interface Step {
        /** @param data the directory, of the format before */
        void migrate(Path data) throws IOException;
    }

    private final int now;
    private final List<Step> steps;

    /** This product: format 1 is the first there is. */
    DataFormat() {
        this(NOW, List.of());
    }

    /** @param steps the first makes format 2 of format 1 */
    DataFormat(int now, List<Step> steps) {
        this.now = now;
        this.steps = List.copyOf(steps);
    }

    /**
     * Brings the directory to the format of now. The lock of the home is held.
     *
     * @throws StartException if it is of a later product, or the file says no number
     * @throws IOException    if it cannot be read, copied or written; nothing has been migrated when copying fails
     */
    void check(Path data) throws StartException, IOException {
        Path file = data.resolve("format.version");
        int format = read(file);
        if (format > now) {
            throw new StartException(
                    ExitCode.FAILURE,
                    file + " says " + format + " (known: 1 to " + now
                            + "): the data was written by a later product. Start that, or use another --home");
        }
        if (format < now) {
            Path backup = data.resolve("backup").resolve("format-" + format);
            copy(data, backup);
            for (int step = format; step < now; step++) {
                steps.get(step - 1).migrate(data);
            }
        }
        if (format < now || !Files.exists(file)) {
            write(file);
        }
    }

    /** Forced to the disk: what has been migrated must not be taken for what it was when the power fails. */
    private void write(Path file) throws IOException {
        Path beside = file.resolveSibling(".format.version.new");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((now + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.getParent())) {
            directory.force(true);
        }
    }

    /** A directory without the file is empty, or of the first format. */
    private int read(Path file) throws StartException, IOException {
        String text;
        try {
            // What is no text must be shown too.
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).trim();
        } catch (NoSuchFileException e) {
            return isEmpty(file.getParent()) ? now : 1;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new StartException(
                    ExitCode.FAILURE,
                    file + (text.isEmpty() ? " is empty" : " says '" + shown(text) + "'")
                            + " (allowed: a number from 1 to "
                            + now + ", in digits), so nobody knows how to read " + file.getParent()
                            + ". Write the number of the product that ran here last into it (this one writes " + now
                            + ": 'echo " + now + " > " + file
                            + "'), put the file back from a copy, or use another --home");
        }
        return Integer.parseInt(text);
    }

    private static String shown(String text) {
        String line = new Origin("", text, 0, 0).toString();
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
    }

    private static boolean isEmpty(Path data) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(data)) {
            for (Path path : all) {
                if (!NOT_KEPT.contains(path.getFileName().toString())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void copy(Path data, Path backup) throws IOException {
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                if (path.getParent().equals(data)
                        && NOT_KEPT.contains(path.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(backup.resolve(data.relativize(path)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (!(path.getParent().equals(data)
                        && NOT_KEPT.contains(path.getFileName().toString()))) {
                    Files.copy(path, backup.resolve(data.relativize(path)), StandardCopyOption.REPLACE_EXISTING);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
