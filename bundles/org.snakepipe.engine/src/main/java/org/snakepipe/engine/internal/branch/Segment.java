// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.engine.internal.disk.ChannelInput;
import org.snakepipe.engine.internal.disk.ChannelOutput;
import org.snakepipe.engine.internal.disk.PrivateFiles;
import org.snakepipe.engine.internal.disk.Uninterrupted;
import org.snakepipe.engine.internal.quarantine.RecordCodec;

/**
 * One file of a spool: batches, each in a frame of length, count of records, time, checksum and the records. Written at its end,
 * read from its beginning. What a crash left half-written at the end is cut off when it is opened. Used under the lock of its
 * spool.
 */
final class Segment {
    /** Bytes of a frame before its records. */
    static final int HEAD = 20;

    private final long number;
    private final Path file;
    private final AtomicLong forced = new AtomicLong();
    private volatile FileChannel channel;
    private volatile boolean closed;
    private volatile long changes;
    private long end;
    private long read;
    private long done;
    private long unread;
    private long inHand;
    private long cut;

    /** A batch as it was written. @param records in order @param time when it came: milliseconds since 1970 @param end of its frame */
    record Frame(List<Record> records, long time, long end) {}

    /** A batch that cannot be read; reading goes on behind it. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final long records;

        DamagedException(String message, long records) {
            super(message);
            this.records = records;
        }

        long records() {
            return records;
        }
    }

    /** What is before the records. @param length of the records in bytes @param records how many @param time when they came */
    record Head(int length, int records, long time, int sum) {
        static Head read(ByteBuffer in) {
            return new Head(in.getInt(), in.getInt(), in.getLong(), in.getInt());
        }

        boolean fits(long at, long size) {
            return length >= 0 && records >= 0 && at + HEAD + length <= size;
        }

        CRC32 begun() {
            return Segment.begun(records, time);
        }
    }

    private interface Io<T> {
        T with(FileChannel open) throws IOException;
    }

    private Segment(long number, Path file, FileChannel channel) {
        this.number = number;
        this.file = file;
        this.channel = channel;
    }

    static Segment create(long number, Path file) throws IOException {
        return new Segment(
                number,
                file,
                PrivateFiles.open(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /**
     * Opens a file that is there, and cuts off what a crash left half-written.
     *
     * @param from where reading goes on
     * @param last whether it was written last
     */
    static Segment open(long number, Path file, long from, boolean last) throws IOException {
        Segment segment = new Segment(number, file, reopened(file));
        try {
            SegmentScan.Found found = segment.io(open -> SegmentScan.of(open, from, last));
            segment.end = found.end();
            segment.unread = found.unread();
            segment.cut = found.cut();
            segment.read = Math.min(from, segment.end);
            segment.done = segment.read;
            if (segment.cut > 0) {
                segment.io(open -> open.truncate(segment.end));
            }
            return segment;
        } finally {
            segment.release();
        }
    }

    /** Gives the file descriptor back; it is opened again by whoever needs it. A spool may have thousands of segments. */
    void release() throws IOException {
        channel.close();
    }

    private static FileChannel reopened(Path file) throws IOException {
        return PrivateFiles.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private <T> T io(Io<T> work) throws IOException {
        return Uninterrupted.call(() -> {
            if (!closed && !channel.isOpen()) {
                channel = reopened(file);
            }
            return work.with(channel);
        });
    }

    /** @return {@code null} when there is none that could be one */
    private Head headIn(long at, long size) throws IOException {
        Head head = at + HEAD > size ? null : head(at);
        return head != null && head.fits(at, size) ? head : null;
    }

    private Head head(long at) throws IOException {
        return io(open -> {
            ByteBuffer bytes = ByteBuffer.allocate(HEAD);
            while (bytes.hasRemaining() && open.read(bytes, at + bytes.position()) > 0) {
                continue;
            }
            if (bytes.hasRemaining()) {
                throw new EOFException(file + " ends at byte " + (at + bytes.position()));
            }
            return Head.read(bytes.flip());
        });
    }

    private boolean isWhole(long at, Head head) throws IOException {
        return io(open -> {
            CRC32 sum = begun(head.records(), head.time());
            new ChannelInput(open, at + HEAD, head.length()).drainTo(sum);
            return (int) sum.getValue() == head.sum();
        });
    }

    private static CRC32 begun(int records, long time) {
        CRC32 sum = new CRC32();
        sum.update(ByteBuffer.allocate(12).putInt(records).putLong(time).flip());
        return sum;
    }

    /**
     * Writes a batch at the end; when that fails nothing of it is there. No more than one record is in memory a second time.
     *
     * @param length {@link #HEAD} and what {@link RecordCodec#size} says of the records
     */
    void append(List<Record> records, long time, long length) throws IOException {
        changes++;
        try {
            io(open -> {
                CRC32 sum = begun(records.size(), time);
                try (DataOutputStream out = new DataOutputStream(new ChannelOutput(open, end + HEAD, sum))) {
                    for (Record record : records) {
                        RecordCodec.write(record, out);
                    }
                }
                try (DataOutputStream out = new DataOutputStream(new ChannelOutput(open, end, new CRC32()))) {
                    out.writeInt(Math.toIntExact(length - HEAD));
                    out.writeInt(records.size());
                    out.writeLong(time);
                    out.writeInt((int) sum.getValue());
                }
                return null;
            });
        } catch (IOException e) {
            cutQuietly(e);
            throw e;
        }
        end += length;
        unread += records.size();
    }

    /** The next batch is written over it anyway. */
    private void cutQuietly(IOException reason) {
        try {
            io(open -> open.truncate(end));
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    boolean isRead() {
        return read >= end;
    }

    boolean isDone() {
        return done >= end;
    }

    /**
     * The next batch that is not read; there is one.
     *
     * @throws DamagedException when it is damaged; it counts as read then
     */
    Frame next() throws IOException {
        long at = read;
        Head head = headIn(at, end);
        if (head == null) {
            throw new DamagedException(file + " is damaged at byte " + at + ", and all that comes after", giveUp());
        }
        if (!isWhole(at, head)) {
            skip(head);
            throw new DamagedException(file + " is damaged at byte " + at, head.records());
        }
        // Only then: when there is no memory for it, or no class, it is still to be read.
        List<Record> records = records(at, head);
        return new Frame(records, head.time(), skip(head));
    }

    private List<Record> records(long at, Head head) throws IOException {
        return io(open -> {
            DataInputStream in = new DataInputStream(new ChannelInput(open, at + HEAD, head.length()));
            List<Record> records = new ArrayList<>(head.records());
            for (int left = head.records(); left > 0; left--) {
                records.add(RecordCodec.read(in));
            }
            return List.copyOf(records);
        });
    }

    /** Passes over the next batch, which the caller has. @return the end of its frame */
    long skip() throws IOException {
        return skip(head(read));
    }

    private long skip(Head head) {
        read += HEAD + head.length();
        unread -= head.records();
        inHand += head.records();
        return read;
    }

    /** Everything that is left cannot be read. @return how many records that are */
    long giveUp() {
        long lost = unread;
        unread = 0;
        read = end;
        return lost;
    }

    /** Up to there nobody needs it any more. */
    void done(long position) {
        done = Math.max(done, position);
        inHand = done >= read ? 0 : inHand;
    }

    long number() {
        return number;
    }

    /** Where reading would go on after a crash. */
    long done() {
        return done;
    }

    long bytes() {
        return end;
    }

    /** Where the next batch that is not read begins. */
    long read() {
        return read;
    }

    long unread() {
        return unread;
    }

    /** Records that were read, and that somebody may still need. */
    long inHand() {
        return inHand;
    }

    /** How many bytes at its end were no batch when it was opened, and were cut off. */
    long cut() {
        return cut;
    }

    /** When the next batch that is not read came; there is one. */
    long time() throws IOException {
        return head(read).time();
    }

    /** How often it was written to; for {@link #force}. */
    long changes() {
        return changes;
    }

    /** Whether something of it may not be on the disk yet. */
    boolean isDirty() {
        return changes > forced.get();
    }

    /** Brings it to the disk, up to a change; from any thread, and without the lock. One that is closed was brought there. */
    void force(long upTo) throws IOException {
        try {
            io(open -> {
                open.force(true);
                return null;
            });
        } catch (ClosedChannelException e) {
            // One that is not dirty was given back: somebody else has forced it.
            if (!closed && isDirty()) {
                throw e;
            }
        }
        forced.accumulateAndGet(upTo, Math::max);
    }

    void close() throws IOException {
        closed = true;
        channel.close();
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
