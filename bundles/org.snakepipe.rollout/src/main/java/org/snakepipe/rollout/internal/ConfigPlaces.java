// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.snakepipe.control.ChangeSet;

/**
 * Where configuration files, and jars, lie. A path that somebody gives has to be that of a file that is read: straight, below its directory,
 * and of no hidden name. Links are followed as the watch follows them, but not out of the directory. The messages of exceptions
 * are for people.
 */
final class ConfigPlaces {
    private final Path config;
    private final Path overrides;
    private final Path deploy;

    ConfigPlaces(Path config, Path overrides, Path deploy) {
        this.config = config;
        this.overrides = overrides;
        this.deploy = deploy;
    }

    /**
     * The file itself, behind every link.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException         if the path is none, or leads out
     */
    Path file(String path) throws IOException {
        Path place = place(path);
        Path root = root(path).toRealPath();
        requireNoFileAbove(place, root(path));
        return inside(path, place.toRealPath(), root);
    }

    /**
     * Where a file has to be put: behind every link, or where there is none yet. Its directory is there afterwards.
     *
     * @throws IOException if the path is none, leads out or nowhere, or the directory of configuration is missing
     */
    Path toWrite(String path) throws IOException {
        Path place = place(path);
        if (Disk.isOverride(path) || Disk.isJar(path)) {
            // Made by the product: only what people edit may be away for a reason.
            Files.createDirectories(root(path));
        }
        Path root = real(path);
        if (Files.isSymbolicLink(place) && !Files.exists(place)) {
            throw new IOException(path + " is a link to nowhere: mend or remove it");
        }
        if (Files.exists(place)) {
            return inside(path, place.toRealPath(), root);
        }
        Path above = place.getParent();
        while (!Files.exists(above)) {
            above = above.getParent();
        }
        // Before anything is made: it would be made outside.
        inside(path, above.toRealPath(), root);
        Replacement.makeDirectories(place.getParent());
        return place.getParent().toRealPath().resolve(place.getFileName());
    }

    /**
     * The entry of its directory: a link stays one.
     *
     * @throws NoSuchFileException if its directory is not there
     * @throws IOException         if the path is none, or its directory is outside
     */
    Path entry(String path) throws IOException {
        Path place = place(path);
        requireNoFileAbove(place, root(path));
        Path directory = inside(path, place.getParent().toRealPath(), root(path).toRealPath());
        return directory.resolve(place.getFileName());
    }

    /** The system says it too, but in an exception that has no class of its own. */
    private static void requireNoFileAbove(Path place, Path root) throws NoSuchFileException {
        for (Path above = place.getParent(); !above.equals(root); above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                throw new NoSuchFileException(place.toString());
            }
        }
    }

    private Path real(String path) throws IOException {
        try {
            return root(path).toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException(root(path) + " is not there: make it, or mount it", e);
        }
    }

    private Path root(String path) {
        if (Disk.isJar(path)) {
            return deploy;
        }
        return Disk.isOverride(path) ? overrides : config;
    }

    private static String below(String path) {
        if (Disk.isJar(path)) {
            return Disk.jar(path);
        }
        return Disk.isOverride(path)
                ? path.substring(Disk.prefix(ChangeSet.Root.OVERRIDES).length())
                : path;
    }

    private static Path inside(String path, Path real, Path root) throws IOException {
        if (!real.startsWith(root)) {
            throw new IOException(
                    path + " leads by a link to " + real + ", which is outside of " + root + ": change it there");
        }
        return real;
    }

    private Path place(String path) throws IOException {
        Path root = root(path);
        String below = below(path);
        Path relative;
        try {
            relative = Path.of(below);
        } catch (InvalidPathException e) {
            throw new IOException(path + " is no path: " + e.getReason(), e);
        }
        if (relative.isAbsolute()) {
            throw new IOException(path + " is absolute (allowed: a path below the configuration directory)");
        }
        for (String name : below.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new IOException(path + " takes a detour or names no file (allowed: a straight path below the"
                        + " configuration directory, as base/NAME.cfg)");
            }
            if (name.startsWith(".")) {
                throw new IOException(path + " has a hidden name, and nobody would read it (allowed: names that begin"
                        + " with no dot)");
            }
        }
        return root.resolve(relative);
    }
}
