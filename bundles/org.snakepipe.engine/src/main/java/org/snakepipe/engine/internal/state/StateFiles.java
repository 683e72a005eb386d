// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.disk.PrivateFiles;

/**
 * The states of one pipeline on disk. Changes are numbered; a checkpoint says up to which number they belong to it. A file begins
 * with everything as it was at the number in its name, and goes on with the changes since; when it has become long another is
 * begun, and the old one stays until a checkpoint needs it no more. Frames have a length and a checksum: what a crash left
 * half-written ends the file. Not thread-safe.
 */
final class StateFiles {
    private static final String SUFFIX = ".state";
    private static final int HEAD = 20;
    private static final long LONG_BYTES = 1 << 20;

    private final Path directory;
    private FileChannel channel;
    private long base;
    private long snapshotBytes;
    private boolean oldFiles;

    /** @param directory of one pipeline; made when something is written */
    StateFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads everything up to a number, and forgets what comes after it: it is going to happen again.
     *
     * @param number as the checkpoint says, 0 for nothing
     * @param into   takes the changes in order
     * @throws IOException if that cannot be read; the message says what to do
     */
    void load(long number, Consumer<Update> into) throws IOException {
        close();
        if (number == 0) {
            list().values().forEach(StateFiles::deleteQuietly);
            return;
        }
        TreeMap<Long, Path> files = list();
        // What was written for a checkpoint that never was: its numbers are going to mean something else.
        files.tailMap(number, false).values().forEach(StateFiles::deleteQuietly);
        Map.Entry<Long, Path> file = files.floorEntry(number);
        long reached = file == null ? 0 : read(file.getValue(), number, into);
        if (reached < number) {
            throw new IOException(
                    "the state in " + directory + " ends at change " + reached + ", and the checkpoint needs " + number
                            + ": put back a copy of both, or start over with 'pipeline reset'");
        }
    }

    private TreeMap<Long, Path> list() throws IOException {
        TreeMap<Long, Path> found = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory, "[0-9]*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    found.put(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), file);
                }
            }
        }
        return found;
    }

    /** @return the number of the last change that was read */
    private static long read(Path file, long most, Consumer<Update> into) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        long reached = 0;
        boolean first = true;
        while (bytes.remaining() >= HEAD) {
            int length = bytes.getInt();
            int sum = bytes.getInt();
            long from = bytes.getLong();
            int count = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                break;
            }
            byte[] body = new byte[length];
            bytes.get(body);
            if (sum(from, count, body) != sum || !first && from != reached) {
                break;
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
            reached = from;
            for (int left = count; left > 0; left--) {
                // The first frame is everything at once, under one number.
                if (!first && reached >= most) {
                    return reached;
                }
                into.accept(Update.read(in));
                reached += first ? 0 : 1;
            }
            first = false;
        }
        return reached;
    }

    private static int sum(long from, int count, byte[] body) {
        CRC32 sum = new CRC32();
        sum.update(ByteBuffer.allocate(12).putLong(from).putInt(count).array());
        sum.update(body);
        return (int) sum.getValue();
    }

    /**
     * Appends changes; they are on the disk when this returns.
     *
     * @param from    the number before the first of them
     * @param updates not empty
     * @param all     everything, with them: for another file, when this one has become long
     */
    void append(long from, List<Update> updates, Map<ConfigId, Map<String, String>> all) throws IOException {
        try {
            if (channel != null) {
                write(channel, from, updates);
            }
            if (channel == null || channel.size() - snapshotBytes > Math.max(LONG_BYTES, snapshotBytes)) {
                begin(from + updates.size(), all);
            }
        } catch (IOException e) {
            // What was written of it is not known: the next attempt begins another file.
            close();
            throw new IOException("cannot write the state in " + directory + ": " + e.getMessage(), e);
        }
    }

    private void begin(long number, Map<ConfigId, Map<String, String>> all) throws IOException {
        List<Update> everything = new ArrayList<>();
        all.forEach((part, own) -> own.forEach((key, value) -> everything.add(new Update(part, key, value))));
        PrivateFiles.createDirectories(directory);
        FileChannel next = PrivateFiles.open(
                directory.resolve(String.format("%019d%s", number, SUFFIX)),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        boolean complete = false;
        try {
            write(next, number, everything);
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
            complete = true;
        } finally {
            if (!complete) {
                next.close();
            }
        }
        close();
        channel = next;
        base = number;
        snapshotBytes = next.size();
        oldFiles = true;
    }

    private static void write(FileChannel to, long from, List<Update> updates) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Update update : updates) {
            update.write(out);
        }
        byte[] body = bytes.toByteArray();
        ByteBuffer frame = ByteBuffer.allocate(HEAD + body.length)
                .putInt(body.length)
                .putInt(sum(from, updates.size(), body))
                .putLong(from)
                .putInt(updates.size())
                .put(body)
                .flip();
        while (frame.hasRemaining()) {
            to.write(frame);
        }
        to.force(true);
    }

    /** A checkpoint is on the disk: what only earlier ones need goes. @param number as it says */
    void saved(long number) {
        if (!oldFiles || channel == null || number < base) {
            return;
        }
        oldFiles = false;
        try {
            list().headMap(base).values().forEach(StateFiles::deleteQuietly);
        } catch (IOException e) {
            // They are in nobody's way.
            oldFiles = true;
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Nobody reads it; the next snapshot tries again.
            return;
        }
    }

    private void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
