// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.sink.file.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A file that whole batches are appended to. A batch that cannot be written whole is cut off again, so that writing it once
 * more leaves no half of it behind. Thread-safe.
 */
final class AppendFile implements AutoCloseable {
    private static final int TAIL = 64 * 1024;

    private final Path path;
    private FileChannel channel;
    private Object identity;

    private AppendFile(Path path) {
        this.path = path;
    }

    /** Opens, makes missing directories, and cuts off the line that a crash left unfinished. */
    static AppendFile open(Path path) throws IOException {
        AppendFile file = new AppendFile(path);
        file.begin();
        return file;
    }

    Path path() {
        return path;
    }

    private void begin() throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a directory: path must name a file");
        }
        Files.createDirectories(path.toAbsolutePath().getParent());
        FileChannel opened =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            lock(opened);
            opened.truncate(wholeLines(opened));
            opened.position(opened.size());
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        channel = opened;
        identity = identity();
    }

    private void lock(FileChannel opened) throws IOException {
        boolean free;
        try {
            free = opened.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            free = false;
        }
        if (!free) {
            throw new IOException(path + " is being written by somebody else: give each writer a file of its own");
        }
    }

    /**
     * The length up to the last line feed. What follows it was never acknowledged, so it comes again; unless nothing was
     * ever a line, in which case the file is not ours.
     */
    private long wholeLines(FileChannel opened) throws IOException {
        long end = opened.size();
        while (end > 0) {
            int length = (int) Math.min(TAIL, end);
            ByteBuffer tail = ByteBuffer.allocate(length);
            long from = end - length;
            while (tail.hasRemaining() && opened.read(tail, from + tail.position()) >= 0) {
                continue;
            }
            for (int i = tail.position() - 1; i >= 0; i--) {
                if (tail.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        if (opened.size() > 0 && !startsWithBrace(opened)) {
            throw new IOException(path + " holds something else than lines of JSON: name another file");
        }
        return 0;
    }

    private static boolean startsWithBrace(FileChannel opened) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(1);
        return opened.read(first, 0) == 1 && first.get(0) == '{';
    }

    private Object identity() throws IOException {
        try {
            return Files.readAttributes(path, "unix:dev,ino");
        } catch (NoSuchFileException e) {
            return "gone";
        }
    }

    /** Appends all bytes and forces them to the disk. */
    synchronized void append(byte[] bytes) throws IOException {
        if (channel == null || !Objects.equals(identity, identity())) {
            close();
            begin();
        }
        long before = channel.size();
        try {
            channel.position(before);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        } catch (IOException e) {
            cutTo(before, e);
            throw new IOException("cannot append " + bytes.length + " bytes to " + path + ": " + e.getMessage(), e);
        }
    }

    /** A failed cut is only noted: the next opening cuts off an unfinished line anyway. */
    private void cutTo(long length, IOException cause) {
        try {
            if (channel.isOpen()) {
                channel.truncate(length);
            } else {
                channel = null;
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
