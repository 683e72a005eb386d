// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.control.FileContent;

/** Reads a configuration directory that nobody watches. */
final class ConfigDirectory {
    /** As much as is read of a watched file. */
    private static final long LARGEST = 16L << 20;

    private static final int DEEPEST = 16;

    private ConfigDirectory() {}

    /**
     * All files below it but hidden ones and backups.
     *
     * @throws IOException if there is no such directory, a file cannot be read, or one is too large
     */
    static Map<String, FileContent> read(Path directory) throws IOException {
        Path root = directory.toRealPath();
        Map<String, FileContent> files = new TreeMap<>();
        Files.walkFileTree(root, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                return !path.equals(root) && isPassedOver(path)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (Thread.interrupted()) {
                    throw new IOException("nobody waits for it any more");
                }
                if (attributes.isRegularFile() && !isPassedOver(path)) {
                    if (attributes.size() > LARGEST) {
                        throw new IOException(
                                path + " has " + attributes.size() + " bytes (allowed: at most " + LARGEST + ")");
                    }
                    String name = root.relativize(path).toString().replace('\\', '/');
                    files.put(name, Digests.content(Files.readAllBytes(path)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static boolean isPassedOver(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.endsWith("~");
    }
}
