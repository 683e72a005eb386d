// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.disk.ChannelInput;
import org.snakepipe.engine.internal.disk.ChannelOutput;
import org.snakepipe.engine.internal.disk.PrivateFiles;
import org.snakepipe.engine.internal.disk.Uninterrupted;
import org.snakepipe.engine.internal.quarantine.Quarantine.Reject;

/**
 * A file with the rejected records of a batch: format, count, checksum of the index; the index, with number, length and checksum
 * of each record; the records. So one record is found and checked without the others, and a damaged one hides no other.
 */
final class RejectedFile {
    static final String SUFFIX = ".rejected";

    private static final int FORMAT = 2;
    private static final int HEAD = 12;
    private static final int ENTRY = 12;
    private static final int COPY = 64 << 10;

    private RejectedFile() {}

    /** Where a record is. @param local its number @param length in bytes @param sum its checksum @param at where it begins */
    record Entry(int local, int length, int sum, long at) {
        /** What it takes in the file. */
        long bytes() {
            return ENTRY + (long) length;
        }
    }

    /** Writes the bytes of records, in the order of the index. */
    private interface Body {
        void write(FileChannel channel, List<Entry> index) throws IOException;
    }

    static Path in(Path directory, long number) {
        return directory.resolve(String.format("%012d%s", number, SUFFIX));
    }

    /** Where everything would be. Encodes each record once, into nothing. */
    static List<Entry> measure(List<Reject> rejects, Instant time) throws IOException {
        List<Entry> index = new ArrayList<>(rejects.size());
        long at = HEAD + (long) ENTRY * rejects.size();
        for (Reject reject : rejects) {
            Measure measure = new Measure();
            encode(reject, time, new DataOutputStream(measure));
            index.add(new Entry(index.size() + 1, Math.toIntExact(measure.bytes), (int) measure.sum.getValue(), at));
            at += measure.bytes;
        }
        return index;
    }

    static long size(List<Entry> index) {
        return HEAD + index.stream().mapToLong(Entry::bytes).sum();
    }

    /** Writes a file that is complete after a crash, or not there. No more than one record is in memory a second time. */
    static void write(Path file, List<Reject> rejects, Instant time, List<Entry> index) throws IOException {
        write(file, index, (channel, written) -> {
            for (int number = 0; number < rejects.size(); number++) {
                try (DataOutputStream out = new DataOutputStream(
                        new ChannelOutput(channel, written.get(number).at(), new CRC32()))) {
                    encode(rejects.get(number), time, out);
                }
            }
        });
    }

    /** Writes it anew with those records only that are to stay, under their old numbers. @return its new size */
    static long shrink(Path file, Predicate<Entry> stays) throws IOException {
        List<Entry> old = index(file).stream().filter(stays).toList();
        List<Entry> index = new ArrayList<>(old.size());
        long at = HEAD + (long) ENTRY * old.size();
        for (Entry entry : old) {
            index.add(new Entry(entry.local(), entry.length(), entry.sum(), at));
            at += entry.length();
        }
        write(file, index, (channel, written) -> {
            try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
                for (int number = 0; number < old.size(); number++) {
                    copy(from, old.get(number), channel, written.get(number).at());
                }
            }
        });
        return size(index);
    }

    private static void copy(FileChannel from, Entry entry, FileChannel to, long at) throws IOException {
        try (ChannelInput in = new ChannelInput(from, entry.at(), entry.length());
                ChannelOutput out = new ChannelOutput(to, at, new CRC32())) {
            byte[] bytes = new byte[COPY];
            int read;
            while ((read = in.read(bytes, 0, COPY)) > 0) {
                out.write(bytes, 0, read);
            }
        }
    }

    private static void write(Path file, List<Entry> index, Body body) throws IOException {
        Path beside = file.resolveSibling(unfinished(file.getFileName().toString()));
        PrivateFiles.createDirectories(file.getParent());
        try {
            writeAll(beside, index, body);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // On a full disk others need what room it takes.
            deleteQuietly(beside, e);
            throw e;
        }
    }

    /** The name of a file while it is being written. */
    static String unfinished(String name) {
        return "." + name + ".new";
    }

    private static void deleteQuietly(Path file, IOException reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static void writeAll(Path beside, List<Entry> index, Body body) throws IOException {
        Uninterrupted.call(() -> {
            try (FileChannel channel = PrivateFiles.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                body.write(channel, index);
                ByteBuffer head = ByteBuffer.allocate(HEAD + ENTRY * index.size());
                head.position(HEAD);
                index.forEach(entry ->
                        head.putInt(entry.local()).putInt(entry.length()).putInt(entry.sum()));
                head.putInt(0, FORMAT).putInt(4, index.size()).putInt(8, sum(head.array(), HEAD));
                head.flip();
                while (head.hasRemaining()) {
                    channel.write(head, head.position());
                }
                channel.force(true);
            }
            return null;
        });
    }

    private static int sum(byte[] bytes, int from) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, bytes.length - from);
        return (int) sum.getValue();
    }

    private static void encode(Reject reject, Instant time, DataOutputStream out) throws IOException {
        out.writeLong(time.toEpochMilli());
        RecordCodec.text(reject.by().toString(), out);
        RecordCodec.text(reject.rejection().reason(), out);
        RecordCodec.write(reject.rejection().record(), out);
    }

    /** What is in a file. @throws IOException if that cannot be read */
    static List<Entry> index(Path file) throws IOException {
        return Uninterrupted.call(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return index(channel);
            }
        });
    }

    private static List<Entry> index(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(bytes(channel, 0, HEAD));
        int format = head.getInt();
        int count = head.getInt();
        if (format != FORMAT) {
            throw new IOException("it is of format " + format + " (known: " + FORMAT + ")");
        }
        long behind = HEAD + (long) ENTRY * count;
        if (count < 0 || behind > channel.size()) {
            throw new IOException("it is damaged");
        }
        byte[] entries = bytes(channel, HEAD, ENTRY * count);
        if (sum(entries, 0) != head.getInt()) {
            throw new IOException("it is damaged");
        }
        List<Entry> index = new ArrayList<>(count);
        ByteBuffer in = ByteBuffer.wrap(entries);
        while (in.hasRemaining()) {
            Entry entry = new Entry(in.getInt(), in.getInt(), in.getInt(), behind);
            behind += entry.length();
            index.add(entry);
        }
        return index;
    }

    private static byte[] bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("it is damaged: it ends at byte " + (at + bytes.position()));
            }
        }
        return bytes.array();
    }

    /** Reads a record. A large one is read twice rather than held twice. */
    static Quarantined read(FileChannel channel, String id, Entry entry) throws IOException {
        CRC32 sum = new CRC32();
        new ChannelInput(channel, entry.at(), entry.length()).drainTo(sum);
        if ((int) sum.getValue() != entry.sum()) {
            throw new IOException("it is damaged");
        }
        DataInputStream in = new DataInputStream(new ChannelInput(channel, entry.at(), entry.length()));
        Instant time = Instant.ofEpochMilli(in.readLong());
        ConfigId by = ConfigId.parse(RecordCodec.text(in));
        return new Quarantined(id, time, by, RecordCodec.text(in), RecordCodec.read(in));
    }

    /** Where bytes are counted, added up, and go nowhere. */
    private static final class Measure extends OutputStream {
        private final CRC32 sum = new CRC32();
        private long bytes;

        @Override
        public void write(int one) {
            sum.update(one);
            bytes++;
        }

        @Override
        public void write(byte[] all, int offset, int length) {
            sum.update(all, offset, length);
            bytes += length;
        }
    }
}
