// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.engine.internal.disk.ChannelInput;
import org.snakepipe.engine.internal.disk.ChannelOutput;
import org.snakepipe.engine.internal.disk.PrivateFiles;
import org.snakepipe.engine.internal.disk.Uninterrupted;

/**
 * The rejected records of one pipeline, on disk: a file for each batch that had some, complete or not there at all. Bounded in
 * bytes. Thread-safe.
 */
public final class Quarantine {
    private static final String SUFFIX = ".rejected";
    private static final int FORMAT = 1;
    private static final int HEAD = 16;

    private final Path directory;
    private final Map<Long, Integer> counts = new TreeMap<>();
    private final Map<Long, Long> sizes = new TreeMap<>();
    private boolean listed;
    private volatile long count = -1;

    /** A rejection, and who rejected. @param by who @param rejection what and why */
    public record Reject(ConfigId by, Rejection rejection) {}

    /**
     * Names the directory; nothing is read or made yet.
     *
     * @param directory of one pipeline
     */
    public Quarantine(Path directory) {
        this.directory = directory;
    }

    /**
     * Keeps records; they are on the disk when it returns.
     *
     * @param rejects   not empty
     * @param mostBytes how large the quarantine may be
     * @throws IOException if they cannot be written or would make it too large; the message says what to do; nothing is kept then
     */
    public synchronized void keep(List<Reject> rejects, long mostBytes) throws IOException {
        if (!listed) {
            list();
        }
        List<Quarantined> all = rejects.stream()
                .map(reject -> new Quarantined(
                        "",
                        Instant.now(),
                        reject.by(),
                        reject.rejection().reason(),
                        reject.rejection().record()))
                .toList();
        long bytes = size(all);
        if (bytes() + bytes > mostBytes) {
            // Somebody may have removed files by hand to make room.
            list();
        }
        long used = bytes();
        if (used + bytes > mostBytes) {
            throw new IOException("the quarantine " + directory + " is full: " + used + " of " + mostBytes
                    + " bytes (quarantine.bytes); replay or remove records, or raise it");
        }
        long number = sizes.isEmpty() ? 1 : ((TreeMap<Long, Long>) sizes).lastKey() + 1;
        write(number, all, bytes);
        counts.put(number, rejects.size());
        count += rejects.size();
    }

    /**
     * How many records are kept. After the first time it is known, and waits for nobody: it is asked for many times a second.
     *
     * @return the count; 0 when the directory cannot be read
     */
    public long count() {
        return count >= 0 ? count : counted();
    }

    private synchronized long counted() {
        try {
            list();
        } catch (IOException e) {
            return 0;
        }
        return count;
    }

    private long bytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Everything that is kept.
     *
     * @return oldest first
     * @throws IOException if it cannot be read; the message names the file
     */
    public synchronized List<Quarantined> all() throws IOException {
        list();
        List<Quarantined> all = new ArrayList<>();
        for (long number : sizes.keySet()) {
            all.addAll(decode(number));
        }
        return all;
    }

    /**
     * Forgets records, for instance because they were replayed. Those that are not there are passed over.
     *
     * @param ids of the records
     * @throws IOException if that cannot be written
     */
    public synchronized void remove(Collection<String> ids) throws IOException {
        list();
        Set<String> gone = new HashSet<>(ids);
        for (long number : List.copyOf(sizes.keySet())) {
            if (gone.stream().noneMatch(id -> id.startsWith(number + "."))) {
                continue;
            }
            List<Quarantined> left = new ArrayList<>(decode(number));
            left.removeIf(one -> gone.contains(one.id()));
            if (left.isEmpty()) {
                Files.deleteIfExists(file(number));
                forceDirectory();
                sizes.remove(number);
                counts.remove(number);
            } else {
                write(number, left, size(left));
                counts.put(number, left.size());
            }
        }
        count = counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private void list() throws IOException {
        Map<Long, Long> found = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    found.put(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), Files.size(file));
                }
            } catch (NoSuchFileException | NumberFormatException e) {
                throw new IOException("the quarantine " + directory + " cannot be read: " + e.getMessage(), e);
            }
        }
        sizes.clear();
        sizes.putAll(found);
        counts.keySet().retainAll(found.keySet());
        for (long number : found.keySet()) {
            if (!counts.containsKey(number)) {
                counts.put(number, counted(number));
            }
        }
        listed = true;
        count = counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private Path file(long number) {
        return directory.resolve(String.format("%012d%s", number, SUFFIX));
    }

    private static long size(List<Quarantined> all) throws IOException {
        RecordCodec.Count count = new RecordCodec.Count();
        encode(all, new DataOutputStream(count));
        return HEAD + count.bytes();
    }

    private static void encode(List<Quarantined> all, DataOutput out) throws IOException {
        for (int index = 0; index < all.size(); index++) {
            Quarantined one = all.get(index);
            // What is left of a file after a part was replayed keeps its names.
            out.writeInt(
                    one.id().isEmpty()
                            ? index + 1
                            : Integer.parseInt(one.id().substring(one.id().indexOf('.') + 1)));
            out.writeLong(one.time().toEpochMilli());
            RecordCodec.text(one.by().toString(), out);
            RecordCodec.text(one.reason(), out);
            RecordCodec.write(one.record(), out);
        }
    }

    /** As its head says: what is damaged behind that is found by its reader, and must not keep others out. */
    private int counted(long number) {
        try {
            return Uninterrupted.call(() -> {
                try (FileChannel channel = FileChannel.open(file(number), StandardOpenOption.READ)) {
                    DataInputStream head = new DataInputStream(new ChannelInput(channel, 0, HEAD));
                    return head.readInt() == FORMAT ? Math.max(0, head.readInt()) : 0;
                }
            });
        } catch (IOException e) {
            return 0;
        }
    }

    private List<Quarantined> decode(long number) throws IOException {
        Path file = file(number);
        try {
            return Uninterrupted.call(() -> read(number, file));
        } catch (IOException | RuntimeException e) {
            throw new IOException("the quarantined records " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Quarantined> read(long number, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            DataInputStream head = new DataInputStream(new ChannelInput(channel, 0, HEAD));
            int format = head.readInt();
            int count = head.readInt();
            long wanted = head.readLong();
            CRC32 sum = new CRC32();
            new ChannelInput(channel, HEAD, size - HEAD).drainTo(sum);
            if (format != FORMAT || sum.getValue() != wanted) {
                throw new IOException(format == FORMAT ? "it is damaged" : "format " + format);
            }
            DataInputStream in = new DataInputStream(new ChannelInput(channel, HEAD, size - HEAD));
            List<Quarantined> all = new ArrayList<>();
            for (int left = count; left > 0; left--) {
                String id = number + "." + in.readInt();
                Instant time = Instant.ofEpochMilli(in.readLong());
                ConfigId by = ConfigId.parse(RecordCodec.text(in));
                all.add(new Quarantined(id, time, by, RecordCodec.text(in), RecordCodec.read(in)));
            }
            return all;
        }
    }

    /** Beside, to the disk, renamed: after a crash a file is complete. No more than one record is in memory a second time. */
    private void write(long number, List<Quarantined> all, long bytes) throws IOException {
        Path file = file(number);
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            PrivateFiles.createDirectories(directory);
            Uninterrupted.call(() -> writeThrough(beside, all));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory();
            sizes.put(number, bytes);
        } catch (IOException e) {
            // Nobody reads what is left of it; the next one writes over it.
            throw new IOException(
                    "cannot keep rejected records in " + directory + ": " + e.getMessage()
                            + "; make room in the data directory",
                    e);
        }
    }

    private static int writeThrough(Path file, List<Quarantined> all) throws IOException {
        try (FileChannel channel = PrivateFiles.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            CRC32 sum = new CRC32();
            try (DataOutputStream out = new DataOutputStream(new ChannelOutput(channel, HEAD, sum))) {
                encode(all, out);
            }
            try (DataOutputStream out = new DataOutputStream(new ChannelOutput(channel, 0, new CRC32()))) {
                out.writeInt(FORMAT);
                out.writeInt(all.size());
                out.writeLong(sum.getValue());
            }
            channel.force(true);
        }
        return all.size();
    }

    private void forceDirectory() throws IOException {
        Uninterrupted.call(this::forceNames);
    }

    private Void forceNames() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
        return null;
    }
}
