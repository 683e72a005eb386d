// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;

/**
 * Writes configuration files, and jars, for those who change them by a command: each is renamed into place, so that nobody sees half of
 * one. What must survive a crash is in the journal. Used by one thread.
 */
final class ConfigWriter {
    private final Path config;
    private final Path overrides;
    private final Path deploy;

    /**
     * For three directories.
     *
     * @param config    what people edit
     * @param overrides what is set at run time
     * @param deploy    what plugins are dropped into
     */
    ConfigWriter(Path config, Path overrides, Path deploy) {
        this.config = config;
        this.overrides = overrides;
        this.deploy = deploy;
    }

    /**
     * Where a path is.
     *
     * @throws IOException if it leads out of its directory; the message is for people
     */
    private Path place(String path) throws IOException {
        if (Disk.isJar(path)) {
            return place(deploy, Disk.jar(path), path);
        }
        String prefix = Disk.prefix(ChangeSet.Root.OVERRIDES);
        return Disk.isOverride(path)
                ? place(overrides, path.substring(prefix.length()), path)
                : place(config, path, path);
    }

    private static Path place(Path root, String below, String path) throws IOException {
        try {
            Path relative = Path.of(below);
            Path place = root.resolve(relative).normalize();
            if (!relative.isAbsolute() && place.startsWith(root) && !place.equals(root)) {
                return place;
            }
        } catch (InvalidPathException e) {
            throw new IOException(path + " is no path: " + e.getReason(), e);
        }
        throw new IOException(path + " is not below " + root);
    }

    /** What a file is now; empty when there is none. */
    Optional<FileContent> read(String path) throws IOException {
        try {
            return Optional.of(Digests.content(Files.readAllBytes(place(path))));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    /** What files are now. */
    Map<String, Optional<FileContent>> read(Iterable<String> paths) throws IOException {
        Map<String, Optional<FileContent>> now = new TreeMap<>();
        for (String path : paths) {
            now.put(path, read(path));
        }
        return now;
    }

    /** Writes and deletes. What was written before one could not be stays written. */
    void write(Map<String, Optional<FileContent>> files) throws IOException {
        for (Map.Entry<String, Optional<FileContent>> file : files.entrySet()) {
            Path place = place(file.getKey());
            if (file.getValue().isEmpty()) {
                Files.deleteIfExists(place);
                continue;
            }
            Files.createDirectories(place.getParent());
            // The dot keeps it out of what is watched.
            Path beside = place.resolveSibling("." + place.getFileName() + ".new");
            Files.write(beside, file.getValue().get().bytes());
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
