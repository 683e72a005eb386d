// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.api.pipeline.Record;

/**
 * Batches that a sink has not taken yet, on disk, oldest first, bounded in bytes: what does not fit drives out the oldest. It is
 * made of segments; a segment goes when everything in it has been taken, or when room is needed. A small file remembers how far
 * the first one was taken; after a crash it may be older than the truth, and a few batches are given out again. Not thread-safe.
 */
final class Spool {
    private static final String SUFFIX = ".spool";
    private static final String CURSOR = "cursor";
    private static final long LARGEST_SEGMENT = 16L << 20;
    private static final int SEGMENTS = 8;

    private final Path directory;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private long nextNumber;
    private long dropped;
    private String saved = "";
    private boolean loaded;

    /**
     * A batch that was taken out.
     *
     * @param records in order
     * @param time    when it came: milliseconds since 1970
     * @param place   for {@link #done}
     */
    record Taken(List<Record> records, long time, Place place) {}

    /** Where a batch is. @param segment its number @param end of its frame */
    record Place(long segment, long end) {}

    /** Names it. @param directory of one sink of one pipeline; made when something is written */
    Spool(Path directory) {
        this.directory = directory;
    }

    /** Opens what an earlier process left, once; what cannot be opened now may be later. */
    void load() throws IOException {
        if (loaded) {
            return;
        }
        TreeMap<Long, Path> files = list();
        Place from = cursor();
        segments.clear();
        // Never a number again that the cursor says has been taken.
        nextNumber = Math.max(from.segment(), files.isEmpty() ? 0 : files.lastKey()) + 1;
        for (Map.Entry<Long, Path> file : files.entrySet()) {
            if (file.getKey() < from.segment()) {
                Files.deleteIfExists(file.getValue());
                continue;
            }
            Segment segment = Segment.open(
                    file.getKey(),
                    file.getValue(),
                    file.getKey() == from.segment() ? from.end() : 0,
                    file.getKey().equals(files.lastKey()));
            if (segment.isDone()) {
                segment.delete();
            } else {
                segments.add(segment);
            }
        }
        loaded = true;
    }

    private TreeMap<Long, Path> list() throws IOException {
        TreeMap<Long, Path> found = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory, "[0-9]*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    found.put(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), file);
                }
            } catch (NumberFormatException | DirectoryIteratorException e) {
                throw new IOException("the spool " + directory + " cannot be listed: " + e.getMessage(), e);
            }
        }
        return found;
    }

    /** One that cannot be read means the beginning: a few batches are given out again then. */
    private Place cursor() throws IOException {
        try {
            String[] words = Files.readString(directory.resolve(CURSOR)).strip().split(" ");
            return new Place(Long.parseLong(words[0]), Long.parseLong(words[1]));
        } catch (NoSuchFileException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new Place(0, 0);
        }
    }

    /**
     * Writes a batch at the end, and drops the oldest segments when it would be too large. A large batch becomes several, so that
     * it drives out no more than it needs; a record that is larger than everything is dropped.
     *
     * @return how many batches it became
     * @throws IOException if it cannot be written; the caller may try with the same batch again
     */
    int append(List<Record> records, long time, long mostBytes) throws IOException {
        load();
        byte[] frame = Segment.encode(records, time);
        if (frame.length > segmentBytes(mostBytes) && records.size() > 1) {
            int half = records.size() / 2;
            return append(records.subList(0, half), time, mostBytes)
                    + append(records.subList(half, records.size()), time, mostBytes);
        }
        if (frame.length > mostBytes) {
            dropped += records.size();
            return 0;
        }
        while (bytes() + frame.length > mostBytes) {
            Segment oldest = segments.removeFirst();
            dropped += oldest.unread();
            oldest.delete();
        }
        Segment last = segments.peekLast();
        if (last == null || last.bytes() + frame.length > segmentBytes(mostBytes)) {
            Files.createDirectories(directory);
            last = Segment.create(nextNumber, directory.resolve(String.format("%012d%s", nextNumber, SUFFIX)));
            nextNumber++;
            segments.addLast(last);
        }
        last.append(frame, records.size());
        return 1;
    }

    private static long segmentBytes(long mostBytes) {
        return Math.min(LARGEST_SEGMENT, mostBytes / SEGMENTS);
    }

    /**
     * Takes the oldest batch that was not taken; it stays on the disk until it is {@link #done}.
     *
     * @return {@code null} when there is none
     * @throws IOException if it cannot be read; the rest of its segment is dropped then, so that what comes after can be read
     */
    Taken take() throws IOException {
        load();
        Segment first = unread();
        if (first == null) {
            return null;
        }
        try {
            Segment.Frame frame = first.next();
            return new Taken(frame.records(), frame.time(), new Place(first.number(), frame.end()));
        } catch (IOException | RuntimeException e) {
            dropped += first.giveUp();
            throw new IOException("the spool " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Takes the oldest batches without reading them: the caller has them. @return the place of the last */
    Place pass(int batches) throws IOException {
        Place last = new Place(0, 0);
        for (int left = batches; left > 0; left--) {
            Segment first = unread();
            if (first != null) {
                last = new Place(first.number(), first.skip());
            }
        }
        return last;
    }

    private Segment unread() {
        return segments.stream()
                .filter(segment -> !segment.isRead())
                .findFirst()
                .orElse(null);
    }

    /** Nobody needs a batch any more, nor those before it. One that was dropped meanwhile is passed over. */
    void done(Place place) throws IOException {
        for (Segment segment : segments) {
            if (segment.number() == place.segment()) {
                segment.done(place.end());
            }
        }
        while (!segments.isEmpty() && segments.peekFirst().isDone()) {
            segments.removeFirst().delete();
        }
    }

    /**
     * Remembers how far it was taken.
     *
     * @return what has to be forced to the disk so that everything that was appended is there; by the caller, as it takes long
     */
    List<FileChannel> prepareForce() throws IOException {
        List<FileChannel> changed = new ArrayList<>();
        for (Segment segment : segments) {
            FileChannel channel = segment.takeDirty();
            if (channel != null) {
                changed.add(channel);
            }
        }
        saveCursor();
        return changed;
    }

    /** Forces it; what was deleted meanwhile nobody needs. */
    void force(List<FileChannel> changed) throws IOException {
        for (FileChannel channel : changed) {
            try {
                channel.force(true);
            } catch (ClosedChannelException e) {
                continue;
            }
        }
        if (!changed.isEmpty()) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private void saveCursor() throws IOException {
        Segment first = segments.peekFirst();
        String now = first == null ? "" : first.number() + " " + first.done();
        if (now.equals(saved)) {
            return;
        }
        Path file = directory.resolve(CURSOR);
        if (first == null) {
            Files.deleteIfExists(file);
        } else {
            Path beside = directory.resolve("." + CURSOR + ".new");
            Files.write(beside, now.getBytes(StandardCharsets.US_ASCII));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        saved = now;
    }

    /** Records that nobody has taken. */
    long records() {
        return segments.stream().mapToLong(Segment::unread).sum();
    }

    /** Size of the files. */
    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    /** Records that were driven out, did not fit at all, or could not be read, since it was opened. */
    long dropped() {
        return dropped;
    }

    /** When the oldest batch that nobody has taken came: milliseconds since 1970, 0 when there is none. */
    long oldest() throws IOException {
        Segment first = unread();
        return first == null ? 0 : first.time();
    }

    void close() throws IOException {
        saveCursor();
        for (Segment segment : segments) {
            segment.close();
        }
    }
}
