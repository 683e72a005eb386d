// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * All files below a root at one moment, by their stamps. Links are followed; loops of links are not, nor what leads too deep, or
 * to more files than anybody has for configuration.
 */
final class Listing {
    /** As deep as directories may lie in one another. */
    private static final int DEEPEST = 32;

    private final Path root;
    private final boolean recursive;
    private final int most;
    private final FullDirectories full;
    private final BiConsumer<Path, Map<String, Object>> directorySeen;
    private final Map<String, Stamp> files = new HashMap<>();
    private final Map<String, String> failures = new TreeMap<>();
    private final Map<String, String> passedOver = new TreeMap<>();
    private long together;
    private final Deque<String> above = new ArrayDeque<>();
    private int entries;
    private boolean behindLink;

    private Listing(
            Path root,
            boolean recursive,
            int most,
            FullDirectories full,
            BiConsumer<Path, Map<String, Object>> directorySeen) {
        this.root = root;
        this.recursive = recursive;
        this.most = most;
        this.full = full;
        this.directorySeen = directorySeen;
    }

    /**
     * Lists.
     *
     * @param root          the root
     * @param recursive     whether to go into directories
     * @param most          so many files and directories are listed
     * @param full          remembers the directories that hold more
     * @param directorySeen hears of each directory before it is listed
     * @throws IOException if the root itself is missing, or cannot be listed, or holds more
     */
    static Listing of(
            Path root,
            boolean recursive,
            int most,
            FullDirectories full,
            BiConsumer<Path, Map<String, Object>> directorySeen)
            throws IOException {
        Listing listing = new Listing(root, recursive, most, full, directorySeen);
        listing.list(root, Files.readAttributes(root, "unix:dev,ino"));
        return listing;
    }

    /** Path relative to the root, with {@code /}, to stamp. */
    Map<String, Stamp> files() {
        return files;
    }

    /** Path to the reason why it, and what is below it, could not be listed. */
    Map<String, String> failures() {
        return failures;
    }

    /** Path to the reason why a file that lies there is not looked at, without harm. */
    Map<String, String> passedOver() {
        return passedOver;
    }

    /** Whether something lies there, or may. */
    boolean has(String path) {
        return files.containsKey(path)
                || passedOver.containsKey(path)
                || failures.keySet().stream().anyMatch(bad -> path.equals(bad) || path.startsWith(bad + "/"));
    }

    /** The bytes of all files that were found. */
    long together() {
        return together;
    }

    /** A file that is there cannot be read. */
    void leaveOut(String path, String reason) {
        files.remove(path);
        failures.put(path, reason);
    }

    /** A file that is there need not be read. */
    void passOver(String path, String reason) {
        files.remove(path);
        passedOver.put(path, reason);
    }

    private void list(Path directory, Map<String, Object> attributes) throws IOException {
        String identity = identity(attributes);
        if (above.contains(identity)) {
            failures.put(name(directory), "is a link to a directory above it");
            return;
        }
        if (above.size() > DEEPEST) {
            failures.put(
                    name(directory), "lies too deep, and is not read (allowed: " + DEEPEST + " levels): move it up");
            return;
        }
        above.push(identity);
        directorySeen.accept(directory, attributes);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                if (!isPassedOver(child.getFileName().toString())) {
                    count(directory);
                    visit(child);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } finally {
            above.pop();
        }
    }

    private static String identity(Map<String, Object> attributes) {
        return attributes.get("dev") + ":" + attributes.get("ino");
    }

    private void count(Path directory) throws FullException {
        entries++;
        if (entries > most) {
            throw new FullException(directory, most);
        }
    }

    /** More lies there than is listed. */
    private static final class FullException extends IOException {
        private static final long serialVersionUID = 1;

        FullException(Path directory, int most) {
            super("more than " + most + " files, counted up to " + directory);
        }
    }

    /**
     * Goes into a directory. When there is more than is listed, what is to blame is left out as a whole, and the rest goes on: the
     * first link on the way, or else what lies directly in the root.
     */
    private void enter(Path directory, Map<String, Object> attributes) throws IOException {
        boolean link = !behindLink && Files.isSymbolicLink(directory);
        if (!link && above.size() != 1) {
            list(directory, attributes);
            return;
        }
        if (full.has(identity(attributes))) {
            failures.put(name(directory), tooMany());
            return;
        }
        int before = entries;
        behindLink |= link;
        try {
            list(directory, attributes);
        } catch (FullException e) {
            full.add(identity(attributes));
            entries = before;
            forget(name(directory));
            failures.put(name(directory), tooMany());
        } finally {
            behindLink &= !link;
        }
    }

    private void forget(String directory) {
        String below = directory + "/";
        files.entrySet().removeIf(file -> {
            boolean gone = file.getKey().startsWith(below);
            together -= gone ? file.getValue().size() : 0;
            return gone;
        });
        failures.keySet().removeIf(path -> path.startsWith(below));
    }

    private String tooMany() {
        return "is not read: there are too many files in it, or behind its links (allowed: " + most
                + " in all below the root). Remove it, or the link";
    }

    private void visit(Path path) throws FullException {
        if (!isText(path)) {
            failures.put(
                    name(path),
                    "is not read: its name is not in the encoding that file names have here, UTF-8 as a rule; rename it");
            return;
        }
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(path, Stamp.ATTRIBUTES + ",isDirectory,isRegularFile");
            if ((Boolean) attributes.get("isDirectory")) {
                if (recursive) {
                    enter(path, attributes);
                } else {
                    failures.put(name(path), "is a directory, and what lies in it does not count: move it up");
                }
            } else if ((Boolean) attributes.get("isRegularFile")) {
                found(name(path), Stamp.of(attributes));
            } else {
                failures.put(name(path), "is neither a file nor a directory: remove it");
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (Files.isSymbolicLink(path)) {
                failures.put(name(path), "is a link to nowhere: mend or remove it");
            }
            // Otherwise it is gone since.
        } catch (FullException e) {
            throw e;
        } catch (IOException e) {
            failures.put(name(path), "cannot be read: " + e);
        }
    }

    private void found(String path, Stamp stamp) {
        files.put(path, stamp);
        together += stamp.size();
    }

    /** Whether its name, as a text, is that of this file and of no other: bytes that are no text become question marks. */
    private static boolean isText(Path path) {
        try {
            return path.getFileSystem().getPath(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private String name(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    /** Hidden files and what editors and copying programs leave while they work. */
    private static boolean isPassedOver(String name) {
        return name.startsWith(".")
                || name.endsWith("~")
                || name.endsWith(".tmp")
                || name.endsWith(".part")
                || name.endsWith(".swp")
                || name.startsWith("#") && name.endsWith("#")
                || name.equals("4913");
    }
}
