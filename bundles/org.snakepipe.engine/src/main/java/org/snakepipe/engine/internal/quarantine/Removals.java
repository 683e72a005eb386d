// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.snakepipe.engine.internal.disk.PrivateFiles;
import org.snakepipe.engine.internal.disk.Uninterrupted;

/**
 * Which records were removed from files that still hold others: a log beside the files, so that removing costs what is removed
 * and not what stays, and needs hardly any room. Not thread-safe.
 */
final class Removals {
    static final String NAME = "removed";

    private static final int ENTRY = 16;
    private static final int KEY = 12;
    /** A log that is larger is written anew when more than a half of it says nothing. */
    private static final int SMALL = 4096;

    private final Path file;
    private final Map<Long, BitSet> removed = new HashMap<>();
    /** Of files that were written anew without them: a reader may still have them from before. */
    private final Map<Long, BitSet> left = new HashMap<>();

    private int logged;

    Removals(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /** Reads what an earlier process wrote. What it was writing when it was killed has not been removed. */
    void load() throws IOException {
        removed.clear();
        logged = 0;
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.remaining() >= ENTRY) {
            int sum = sum(bytes, in.position());
            KeptId id = new KeptId(in.getLong(), in.getInt());
            if (in.getInt() != sum) {
                break;
            }
            mark(id);
            logged++;
        }
    }

    private static int sum(byte[] bytes, int from) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, KEY);
        return (int) sum.getValue();
    }

    private void mark(KeptId id) {
        removed.computeIfAbsent(id.file(), number -> new BitSet()).set(id.local());
    }

    boolean has(KeptId id) {
        return has(removed, id) || has(left, id);
    }

    private static boolean has(Map<Long, BitSet> marks, KeptId id) {
        BitSet some = marks.get(id.file());
        return some != null && some.get(id.local());
    }

    /** The highest file that is named; 0 when there is none. */
    long last() {
        return removed.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** They are removed, also after a crash, when this returns. */
    void add(Collection<KeptId> ids) throws IOException {
        if (ids.isEmpty()) {
            return;
        }
        ByteBuffer bytes = encode(ids);
        long at = (long) logged * ENTRY;
        try {
            Uninterrupted.call(() -> append(bytes, at));
        } catch (IOException e) {
            throw new IOException(
                    "cannot write to " + file + " that records were removed: " + e.getMessage()
                            + "; make room in the data directory, or remove all of a file: its number is the id up to the"
                            + " point",
                    e);
        }
        ids.forEach(this::mark);
        logged += ids.size();
    }

    private Void append(ByteBuffer bytes, long at) throws IOException {
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Over what a crash or a full disk left half-written.
            write(channel, bytes.duplicate(), at);
            channel.truncate(at + bytes.limit());
            channel.force(true);
        }
        return null;
    }

    /** A file has been written anew without what was removed: the log need not say it any more. */
    void settle(long number) {
        BitSet some = removed.remove(number);
        if (some != null) {
            left.computeIfAbsent(number, one -> new BitSet()).or(some);
        }
    }

    /** A file is gone. */
    void forget(long number) {
        removed.remove(number);
        left.remove(number);
    }

    /** Makes the log as short as it can be. It says too much when that fails, and nothing wrong. */
    void tidy() throws IOException {
        int needed = removed.values().stream().mapToInt(BitSet::cardinality).sum();
        if (needed == 0) {
            Files.deleteIfExists(file);
            logged = 0;
        } else if (logged > SMALL && needed < logged / 2) {
            ByteBuffer bytes = encode(removed.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().mapToObj(local -> new KeptId(entry.getKey(), local)))
                    .toList());
            Path beside = file.resolveSibling("." + NAME + ".new");
            Uninterrupted.call(() -> {
                try (FileChannel channel = PrivateFiles.open(
                        beside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
                    write(channel, bytes.duplicate(), 0);
                    channel.force(true);
                }
                return null;
            });
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            logged = needed;
        }
    }

    private static ByteBuffer encode(Collection<KeptId> ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ENTRY * ids.size());
        for (KeptId id : ids) {
            int from = bytes.position();
            bytes.putLong(id.file()).putInt(id.local());
            bytes.putInt(sum(bytes.array(), from));
        }
        return bytes.flip();
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long from = at - bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, from + bytes.position());
        }
    }
}
