// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.engine.internal.quarantine.RecordCodec;

/**
 * One file of a spool: batches, each in a frame of length, count of records, time, checksum and the records. Written at its end,
 * read from its beginning. What a crash left half-written at the end is cut off when it is opened. Used under the lock of its
 * spool.
 */
final class Segment {
    private static final int HEAD = 20;

    private final long number;
    private final Path file;
    private final FileChannel channel;
    private long end;
    private long read;
    private long done;
    private long unread;
    private boolean dirty;

    /** A batch as it was written. @param records in order @param time when it came: milliseconds since 1970 @param end of its frame */
    record Frame(List<Record> records, long time, long end) {}

    private record Head(int length, int records, long time, int sum) {}

    private Segment(long number, Path file, FileChannel channel) {
        this.number = number;
        this.file = file;
        this.channel = channel;
    }

    static Segment create(long number, Path file) throws IOException {
        return new Segment(
                number,
                file,
                FileChannel.open(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /**
     * Opens a file that is there.
     *
     * @param from where reading goes on
     * @param last whether it was written last: only there a crash leaves something half-written. What is damaged elsewhere is
     *             found when it is read; to read all of a large spool now would take long
     */
    static Segment open(long number, Path file, long from, boolean last) throws IOException {
        Segment segment =
                new Segment(number, file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        boolean whole = false;
        try {
            segment.scan(from, last);
            whole = true;
            return segment;
        } finally {
            if (!whole) {
                segment.channel.close();
            }
        }
    }

    /** Finds the end of what is whole, and counts what is not read. */
    private void scan(long from, boolean last) throws IOException {
        long size = channel.size();
        long at = 0;
        while (at < size) {
            Head head = at + HEAD > size ? null : head(at);
            boolean fits = head != null && head.length() >= 0 && at + HEAD + head.length() <= size;
            if (!fits || last && !isWhole(at, head)) {
                break;
            }
            at += HEAD + head.length();
            if (at > from) {
                unread += head.records();
            }
        }
        end = at;
        read = Math.min(from, at);
        done = read;
        if (at < size) {
            channel.truncate(at);
        }
    }

    private Head head(long at) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        fill(head, at);
        return new Head(head.getInt(), head.getInt(), head.getLong(), head.getInt());
    }

    private boolean isWhole(long at, Head head) throws IOException {
        return sum(head.records(), head.time(), bytes(at, head)) == head.sum();
    }

    private byte[] bytes(long at, Head head) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(head.length());
        fill(bytes, at + HEAD);
        return bytes.array();
    }

    private void fill(ByteBuffer buffer, long at) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException(file + " ends within a batch");
            }
        }
        buffer.flip();
    }

    private static int sum(int records, long time, byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(ByteBuffer.allocate(12).putInt(records).putLong(time).array());
        sum.update(bytes);
        return (int) sum.getValue();
    }

    /** A batch as bytes, for {@link #append}. */
    static byte[] encode(List<Record> records, long time) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Record record : records) {
            RecordCodec.write(record, out);
        }
        byte[] body = bytes.toByteArray();
        return ByteBuffer.allocate(HEAD + body.length)
                .putInt(body.length)
                .putInt(records.size())
                .putLong(time)
                .putInt(sum(records.size(), time, body))
                .put(body)
                .array();
    }

    /** Writes a batch at the end; when that fails nothing of it is there. */
    void append(byte[] frame, int records) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        dirty = true;
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, end + buffer.position());
            }
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
        end += frame.length;
        unread += records;
    }

    boolean isRead() {
        return read >= end;
    }

    boolean isDone() {
        return done >= end;
    }

    /** The next batch that is not read; there is one. What is damaged meanwhile is counted as lost, with all after it. */
    Frame next() throws IOException {
        Head head = head(read);
        byte[] bytes = bytes(read, head);
        if (sum(head.records(), head.time(), bytes) != head.sum()) {
            throw new IOException(file + " is damaged at byte " + read);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<Record> records = new ArrayList<>(head.records());
        for (int left = head.records(); left > 0; left--) {
            records.add(RecordCodec.read(in));
        }
        return new Frame(List.copyOf(records), head.time(), skip(head));
    }

    /** Passes over the next batch, which the caller has. @return the end of its frame */
    long skip() throws IOException {
        return skip(head(read));
    }

    private long skip(Head head) {
        read += HEAD + head.length();
        unread -= head.records();
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

    long unread() {
        return unread;
    }

    /** When the next batch that is not read came; there is one. */
    long time() throws IOException {
        return head(read).time();
    }

    /** What has to be forced to the disk; {@code null} when everything is there. */
    FileChannel takeDirty() {
        FileChannel changed = dirty ? channel : null;
        dirty = false;
        return changed;
    }

    void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
