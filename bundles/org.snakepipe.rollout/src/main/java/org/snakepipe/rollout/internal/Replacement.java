// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is about to take the place of another. It belongs to whom the other belongs, and as many may read it. Used by one
 * thread.
 */
final class Replacement {
    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final Path beside;
    private final Path place;
    private final boolean closed;
    private boolean taken;

    private Replacement(Path beside, Path place, boolean closed) {
        this.beside = beside;
        this.place = place;
        this.closed = closed;
    }

    /**
     * Writes it beside.
     *
     * @param closed whether it is for its owner alone where it takes the place of none
     * @throws IOException if it cannot be written, or cannot be made to belong to whom the other belongs; nothing is left then
     */
    static Replacement of(Path place, byte[] bytes, boolean closed) throws IOException {
        Replacement made = new Replacement(beside(place), place, closed);
        try (FileChannel channel = made.created()) {
            made.belongLikePlace();
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException | RuntimeException e) {
            made.forget();
            throw e;
        }
        return made;
    }

    /** Never what lies there already, as a process that was killed, or somebody else, has left it: that goes. */
    private FileChannel created() throws IOException {
        try {
            return create();
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(beside);
            return create();
        }
    }

    private FileChannel create() throws IOException {
        FileAttribute<?>[] attributes = closed ? Storage.ownerAlone(beside) : new FileAttribute<?>[0];
        return FileChannel.open(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
    }

    /** The dot keeps it out of what is watched. */
    private static Path beside(Path place) {
        return place.resolveSibling("." + place.getFileName() + ".new");
    }

    /** Deletes what was to take a place and never did, if it is there. */
    static void clean(Path place) throws IOException {
        Files.deleteIfExists(beside(place));
    }

    /** Before the content is there: at no time may others read it than before. */
    private void belongLikePlace() throws IOException {
        PosixFileAttributeView view = view(place);
        if (view == null || !Files.exists(place)) {
            return;
        }
        PosixFileAttributes was = view.readAttributes();
        PosixFileAttributeView mine = view(beside);
        PosixFileAttributes is = mine.readAttributes();
        try {
            if (!is.group().equals(was.group())) {
                mine.setGroup(was.group());
            }
            if (!is.owner().equals(was.owner())) {
                mine.setOwner(was.owner());
            }
        } catch (IOException e) {
            throw new IOException(
                    place + " belongs to " + was.owner() + " and " + was.group()
                            + ", and what takes its place cannot be given to them (" + e
                            + "): change it as " + was.owner(),
                    e);
        }
        // Last: who gives a file away may lose bits of it.
        mine.setPermissions(was.permissions());
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Takes its place. Gives the directory, which has to be forced for a crash to find it there. */
    Path take() throws IOException {
        Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        taken = true;
        return place.getParent();
    }

    /** Has taken its place: its content is on the disk then. Somebody else may have taken it away since; who watches hears of that. */
    void force() throws IOException {
        // Where it can, as who may not write it may have been given it.
        OpenOption option = isPosix(place) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(place, option)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken away after it was written", place, e);
        }
    }

    /** It is not wanted, or has taken its place. */
    void forget() {
        if (taken) {
            return;
        }
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            LOG.debug("{} stays; nobody reads it, and the next one takes its place", beside, e);
        }
    }

    /** Makes a directory, and those above it, so that they are there after a crash too. */
    static void makeDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        makeDirectories(directory.getParent());
        Files.createDirectory(directory);
        force(directory.getParent());
    }

    /** What a directory lists is on the disk. Where directories cannot be opened, as on Windows, the system sees to it. */
    static void force(Path directory) throws IOException {
        if (!isPosix(directory)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
