// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.source.Leftovers;
import org.snakepipe.environment.internal.source.TextFile;

/**
 * The files of a configuration directory at one moment, read from the disk as the runtime does it: links are followed, loops of
 * links are not, hidden files are passed over, and what cannot be read is a problem and no end. Immutable but for the arrays.
 */
public final class ConfigDirectory {
    /** The largest file that is read, in bytes: {@value}. */
    public static final int MAX_BYTES = TextFile.MAX_BYTES;

    private static final byte[] NOT_NEEDED = new byte[0];
    /** So many files are read by one thread before it looks for more; one buffer serves them. */
    private static final int SHARE = 128;

    private static final int BUFFER = 1 << 14;

    private final Path root;
    private final Map<String, byte[]> files;
    private final List<Problem> problems;

    private ConfigDirectory(Path root, Map<String, byte[]> files, List<Problem> problems) {
        this.root = root;
        this.files = files;
        this.problems = problems;
    }

    /**
     * Reads it, with the threads that the machine has processors for.
     *
     * @param root the directory
     * @return what lies in it
     * @throws IOException if there is no such directory, or it cannot be listed
     */
    public static ConfigDirectory read(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        List<Found> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Object key = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
        List<Found> names = list(new Found("", root, Kind.DIRECTORY, null, "", new Above(key, null)));
        while (!names.isEmpty()) {
            List<Found> directories = new ArrayList<>();
            for (Found found : look(names)) {
                switch (found.kind) {
                    case DIRECTORY -> directories.add(found);
                    case FILE -> files.add(found);
                    case FAILURE -> problems.add(problem("file.unreadable", found.path, found.reason));
                    case TOO_LARGE -> problems.add(problem("file.size", found.path, found.reason));
                    case GONE -> {
                        // Nothing lies there any more.
                    }
                }
            }
            names = directories.parallelStream()
                    .flatMap(directory -> listed(directory).stream())
                    .toList();
        }
        problems.sort((one, other) -> source(one).compareTo(source(other)));
        return new ConfigDirectory(root, sorted(files), List.copyOf(problems));
    }

    /** Sorting once is quicker than keeping a sorted map. */
    private static Map<String, byte[]> sorted(List<Found> files) {
        Found[] all = files.toArray(new Found[0]);
        Arrays.parallelSort(all, Comparator.comparing(Found::path));
        Map<String, byte[]> sorted = new LinkedHashMap<>(all.length * 2);
        for (Found file : all) {
            sorted.put(file.path, file.content);
        }
        return Collections.unmodifiableMap(sorted);
    }

    private static String source(Problem problem) {
        return problem.origin().orElseThrow().source();
    }

    private static Problem problem(String code, String path, String reason) {
        return Problem.error(code, reason).at(new Origin("", path, 0, 0)).build();
    }

    /**
     * Whether a file is no configuration, whatever it says: what editors leave behind, notes for people, hidden ones.
     *
     * @param path below a configuration directory, with {@code /}
     * @return whether it is passed over
     */
    public static boolean isPassedOver(String path) {
        return Leftovers.isOne(path);
    }

    /**
     * The directory.
     *
     * @return its path, as it was given
     */
    public Path root() {
        return root;
    }

    /**
     * What could be read.
     *
     * @return path below the directory, with {@code /}, to content; sorted. What editors leave behind and notes for people have
     *     no content
     */
    public Map<String, byte[]> files() {
        return files;
    }

    /**
     * What could not be read.
     *
     * @return {@code file.unreadable} and {@code file.size}, sorted by path
     */
    public List<Problem> problems() {
        return problems;
    }

    private enum Kind {
        DIRECTORY,
        FILE,
        TOO_LARGE,
        FAILURE,
        GONE
    }

    /** The directories that a path goes through, to know loops of links. @param key what the file system calls it */
    private record Above(Object key, Above next) {
        boolean contains(Object other) {
            return key != null && key.equals(other) || next != null && next.contains(other);
        }
    }

    private record Found(String path, Path file, Kind kind, byte[] content, String reason, Above above) {
        /** Something that lies in this directory. */
        Found with(Path child) {
            return new Found(path, child, Kind.GONE, null, "", above);
        }

        /** The same, and its path goes on from that of its directory: making names takes time, and many threads can. */
        Found named() {
            String name = file.getFileName().toString();
            return new Found(path.isEmpty() ? name : path + "/" + name, file, kind, content, reason, above);
        }

        boolean isHidden() {
            return path.charAt(path.lastIndexOf('/') + 1) == '.';
        }

        Found with(Kind other, byte[] bytes, String why) {
            return new Found(path, file, other, bytes, why, above);
        }
    }

    private static List<Found> list(Found directory) throws IOException {
        List<Found> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory.file)) {
            children.forEach(child -> names.add(directory.with(child)));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** What lies in a directory, or that it cannot be listed. */
    private static List<Found> listed(Found directory) {
        try {
            return list(directory);
        } catch (IOException e) {
            return List.of(directory.with(Kind.FAILURE, null, "cannot be listed: " + e));
        }
    }

    /** Looks at what lies on one level, and reads the files of it. */
    private static List<Found> look(List<Found> names) {
        Found[] found = new Found[names.size()];
        IntStream.range(0, (names.size() + SHARE - 1) / SHARE).parallel().forEach(share -> {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            for (int index = share * SHARE; index < Math.min(names.size(), (share + 1) * SHARE); index++) {
                Found name = names.get(index);
                found[index] = name.kind == Kind.FAILURE ? name : visit(name.named(), buffer);
            }
        });
        return List.of(found);
    }

    private static Found visit(Found name, ByteBuffer buffer) {
        if (name.isHidden()) {
            return name;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(name.file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return directory(name, attributes.fileKey());
            }
            if (!attributes.isRegularFile()) {
                return name.with(Kind.FAILURE, null, "is neither a file nor a directory: remove it");
            }
            return Leftovers.isOne(name.path)
                    ? name.with(Kind.FILE, NOT_NEEDED, "")
                    : file(name, attributes.size(), buffer);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Files.isSymbolicLink(name.file)
                    ? name.with(Kind.FAILURE, null, "is a link to nowhere: mend or remove it")
                    : name;
        } catch (IOException e) {
            return name.with(Kind.FAILURE, null, "cannot be read: " + e);
        }
    }

    private static Found directory(Found name, Object key) {
        return name.above.contains(key)
                ? name.with(Kind.FAILURE, null, "is a link to a directory above it: remove it")
                : new Found(name.path, name.file, Kind.DIRECTORY, null, "", new Above(key, name.above));
    }

    private static Found file(Found name, long size, ByteBuffer buffer) throws IOException {
        try (FileChannel channel = FileChannel.open(name.file)) {
            buffer.clear();
            ByteBuffer content = buffer;
            while (channel.read(content) >= 0) {
                if (content.hasRemaining()) {
                    if (content.position() == size) {
                        // As long as it was a moment ago: nobody has to be asked whether there is more.
                        break;
                    }
                    continue;
                }
                if (content.position() > MAX_BYTES) {
                    String found = "the file has more than " + MAX_BYTES + " bytes (allowed: " + MAX_BYTES + ")";
                    return name.with(Kind.TOO_LARGE, null, found);
                }
                content = ByteBuffer.allocate(MAX_BYTES + 1).put(content.flip());
            }
            byte[] bytes = new byte[content.flip().remaining()];
            content.get(bytes);
            return name.with(Kind.FILE, bytes, "");
        }
    }

    @Override
    public String toString() {
        return Objects.toString(root) + ": " + files.size() + " files, " + problems.size() + " problems";
    }
}
