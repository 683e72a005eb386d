// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * The format of the data directory as a whole, in {@code data/format.version}. It is raised when what lies there cannot be read
 * as it is; then a copy of what was there is kept. It is never lowered: a product that does not know it does not start.
 */
final class DataFormat {
    /** What this product writes. */
    static final int NOW = 1;

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
            Path beside = file.resolveSibling(".format.version.new");
            Files.writeString(beside, now + "\n");
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** A directory without the file is empty, or of the first format. */
    private int read(Path file) throws StartException, IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8).trim();
        } catch (NoSuchFileException e) {
            return isEmpty(file.getParent()) ? now : 1;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new StartException(ExitCode.FAILURE, file + " says '" + text + "' (allowed: a number)");
        }
        return Integer.parseInt(text);
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
