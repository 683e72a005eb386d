// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.engine.internal.disk.PrivateFiles;
import org.snakepipe.engine.internal.disk.Uninterrupted;
import org.snakepipe.engine.internal.quarantine.RecordCodec;

/**
 * Batches that a sink has not taken yet, on disk, oldest first, bounded in bytes: what does not fit drives out the oldest. It is
 * made of segments; a segment goes when everything in it has been taken, or when room is needed. A small file remembers how far
 * the first one was taken; after a crash it may be older than the truth, and a few batches are given out again. Not thread-safe.
 */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
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
    private long drivenOut;

    /**
     * A batch that was taken out.
     *
     * @param records in order
     * @param time    when it came: milliseconds since 1970
     * @param place   for {@link #done}
     */
    record Taken(List<Record> records, long time, Place place) {}

    /** What became of the first records of a batch. @param count how many @param written or too large to be */
    record Appended(int count, boolean written) {}

    /** What has to be brought to the disk. */
    private record Pending(Segment segment, long upTo) {}

    /** What the small file remembers. @param place up to which all was taken @param dropped records, so far */
    private record Cursor(Place place, long dropped) {}

    /** What {@link #scan} found. @param nextNumber of the next segment @param dropped by earlier processes */
    record Loaded(List<Segment> segments, long nextNumber, long dropped) {}

    /** What is on the disk, see {@link #look}. @param oldest milliseconds since 1970, 0 when nothing waits */
    record Summary(long records, long bytes, long oldest, long dropped) {}

    /** Where a batch is. @param segment its number @param end of its frame */
    record Place(long segment, long end) {}

    /** Names it. @param directory of one sink of one pipeline; made when something is written */
    Spool(Path directory) {
        this.directory = directory;
    }

    /** Opens what an earlier process left, once; what cannot be opened now may be later. */
    void load() throws IOException {
        if (!loaded) {
            install(scan());
        }
    }

    /** Opens what an earlier process left, and cuts off what it left half-written; nothing of this changes before {@link #install}. */
    Loaded scan() throws IOException {
        TreeMap<Long, Path> files = list();
        Cursor cursor = cursor();
        Place from = cursor.place();
        List<Segment> found = new ArrayList<>();
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
            if (segment.cut() > 0) {
                LOG.warn(
                        "{} bytes at the end of {} are no whole batch, as after a crash: they are cut off",
                        segment.cut(),
                        segment);
            }
            if (segment.isDone()) {
                segment.delete();
            } else {
                found.add(segment);
            }
        }
        // Never a number again that the cursor says has been taken.
        long next = Math.max(from.segment(), files.isEmpty() ? 0 : files.lastKey()) + 1;
        return new Loaded(found, next, cursor.dropped());
    }

    void install(Loaded found) {
        segments.addAll(found.segments());
        nextNumber = found.nextNumber();
        dropped += found.dropped();
        loaded = true;
    }

    /** Counts what is there, and changes nothing: somebody else may have it open. */
    Summary look() throws IOException {
        TreeMap<Long, Path> files = list();
        Cursor cursor = cursor();
        long records = 0;
        long bytes = 0;
        long oldest = 0;
        for (Map.Entry<Long, Path> file :
                files.tailMap(cursor.place().segment()).entrySet()) {
            boolean first = file.getKey() == cursor.place().segment();
            long from = first ? cursor.place().end() : 0;
            boolean last = file.getKey().equals(files.lastKey());
            SegmentScan.Found found = Uninterrupted.call(() -> {
                try (FileChannel channel = FileChannel.open(file.getValue(), StandardOpenOption.READ)) {
                    return SegmentScan.of(channel, from, last);
                }
            });
            records += found.unread();
            bytes += found.unread() == 0 ? 0 : found.end();
            oldest = oldest == 0 ? found.time() : oldest;
        }
        return new Summary(records, bytes, oldest, cursor.dropped());
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
    private Cursor cursor() throws IOException {
        try {
            String[] words = Files.readString(directory.resolve(CURSOR)).strip().split(" ");
            Place place = new Place(Long.parseLong(words[0]), Long.parseLong(words[1]));
            return new Cursor(place, words.length > 2 ? Long.parseLong(words[2]) : 0);
        } catch (NoSuchFileException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new Cursor(new Place(0, 0), 0);
        }
    }

    /**
     * Writes the beginning of a batch at the end, as much as a segment takes, so that it drives out no more than it needs; the
     * oldest segments are dropped when it would be too large.
     *
     * @return how much of it was written; or that its first record is larger than everything, and was not
     * @throws IOException if it cannot be written; the caller may try with the same batch again
     */
    Appended append(List<Record> records, long time, long mostBytes) throws IOException {
        load();
        long length = Segment.HEAD + RecordCodec.size(records.get(0));
        if (length > mostBytes) {
            return new Appended(1, false);
        }
        int count = 1;
        for (; count < records.size(); count++) {
            long next = RecordCodec.size(records.get(count));
            if (length + next > segmentBytes(mostBytes)) {
                break;
            }
            length += next;
        }
        while (bytes() + length > mostBytes) {
            Segment oldest = segments.removeFirst();
            dropped += oldest.unread();
            drivenOut += oldest.inHand();
            rememberQuietly();
            oldest.delete();
        }
        Segment last = segments.peekLast();
        if (last == null || last.bytes() + length > segmentBytes(mostBytes)) {
            PrivateFiles.createDirectories(directory);
            last = Segment.create(nextNumber, directory.resolve(String.format("%012d%s", nextNumber, SUFFIX)));
            nextNumber++;
            segments.addLast(last);
        }
        last.append(records.subList(0, count), time, length);
        return new Appended(count, true);
    }

    /** Before a segment is deleted: a process that is killed then has counted what was in it. A disk that is full may not take it. */
    private void rememberQuietly() {
        try {
            remember();
        } catch (IOException e) {
            LOG.debug("How much was dropped from {} is remembered later", directory, e);
        }
    }

    /** What somebody has in hand, and whose place others have by now, is lost: he does not take it. @return how many records */
    long dropDrivenOut() {
        long lost = drivenOut;
        dropped += lost;
        drivenOut = 0;
        return lost;
    }

    /** Records are lost that never came to be written. */
    void drop(long records) {
        dropped += records;
    }

    private static long segmentBytes(long mostBytes) {
        return Math.min(LARGEST_SEGMENT, mostBytes / SEGMENTS);
    }

    /**
     * Takes the oldest batch that was not taken; it stays on the disk until it is {@link #done}.
     *
     * @return {@code null} when there is none
     * @throws IOException if it cannot be read; it is dropped then, and the rest of its segment when its end cannot be told
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
        } catch (Segment.DamagedException e) {
            dropped += e.records();
            leaveBehind(first);
            throw new IOException(
                    "the spool " + directory + " cannot be read: " + e.getMessage() + "; " + e.records()
                            + " records are lost",
                    e);
        } catch (IOException | RuntimeException e) {
            long lost = first.giveUp();
            dropped += lost;
            leaveBehind(first);
            throw new IOException(
                    "the spool " + directory + " cannot be read: " + e.getMessage() + "; " + lost + " records are lost",
                    e);
        }
    }

    /** Nothing before what was read is in hand, so nobody needs it any more. */
    private void leaveBehind(Segment segment) throws IOException {
        segment.done(segment.read());
        deleteDone();
    }

    /** Takes the oldest batch without reading it: the caller has it. @return its place */
    Place pass() throws IOException {
        Segment first = unread();
        return new Place(first.number(), first.skip());
    }

    private Segment unread() {
        return segments.stream()
                .filter(segment -> !segment.isRead())
                .findFirst()
                .orElse(null);
    }

    /** Nobody needs a batch any more, nor those before it. One that was dropped meanwhile is passed over. */
    void done(Place place) throws IOException {
        drivenOut = 0;
        for (Segment segment : segments) {
            if (segment.number() < place.segment()) {
                // The beginning of a batch that lies in several.
                segment.done(segment.bytes());
            } else if (segment.number() == place.segment()) {
                segment.done(place.end());
            }
        }
        deleteDone();
    }

    private void deleteDone() throws IOException {
        while (!segments.isEmpty() && segments.peekFirst().isDone()) {
            segments.removeFirst().delete();
        }
    }

    /**
     * Remembers how far it was taken.
     *
     * @return brings to the disk what was appended before; called without the lock, as it takes long. When that fails, or is
     *     not done, the next one does it
     */
    Forcing prepareForce() throws IOException {
        remember();
        releaseIdle();
        List<Pending> pending = segments.stream()
                .filter(Segment::isDirty)
                .map(segment -> new Pending(segment, segment.changes()))
                .toList();
        return () -> force(pending);
    }

    /** Only the first that is read and the last that is written need to be open. */
    private void releaseIdle() throws IOException {
        Segment first = unread();
        for (Segment segment : segments) {
            if (segment != first && segment != segments.peekLast() && !segment.isDirty()) {
                segment.release();
            }
        }
    }

    /** Brings something to the disk. */
    @FunctionalInterface
    interface Forcing {
        /** Does so. */
        void run() throws IOException;
    }

    private void force(List<Pending> pending) throws IOException {
        for (Pending one : pending) {
            one.segment().force(one.upTo());
        }
        if (!pending.isEmpty()) {
            Uninterrupted.call(this::forceNames);
        }
    }

    private Void forceNames() throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
        return null;
    }

    /** Remembers how far it was taken. */
    void remember() throws IOException {
        if (!loaded) {
            // What an earlier process left is still to be read, and its cursor with it.
            return;
        }
        Segment first = segments.peekFirst();
        long lost = dropped + drivenOut;
        String now = first == null && lost == 0
                ? ""
                : (first == null ? "0 0" : first.number() + " " + first.done()) + " " + lost;
        if (now.equals(saved)) {
            return;
        }
        Path file = directory.resolve(CURSOR);
        if (now.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            PrivateFiles.createDirectories(directory);
            Path beside = directory.resolve("." + CURSOR + ".new");
            Uninterrupted.call(() -> write(beside, now));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        saved = now;
    }

    private static int write(Path file, String text) throws IOException {
        try (FileChannel channel = PrivateFiles.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            return channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** Whether something may not be on the disk yet. */
    boolean isDirty() {
        return segments.stream().anyMatch(Segment::isDirty);
    }

    /** Records that nobody has taken. */
    long records() {
        return segments.stream().mapToLong(Segment::unread).sum();
    }

    /** How many files there are. */
    int segments() {
        return segments.size();
    }

    /** Size of the files. */
    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    /** Records that were driven out, did not fit at all, or could not be written or read; also those of earlier processes. */
    long dropped() {
        return dropped;
    }

    /** When the oldest batch that nobody has taken came: milliseconds since 1970, 0 when there is none. */
    long oldest() throws IOException {
        Segment first = unread();
        return first == null ? 0 : first.time();
    }

    private void closeSegments() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
    }

    void close() throws IOException {
        remember();
        closeSegments();
    }
}
