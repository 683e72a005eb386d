// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was found out about jars, so that one that is as it was need not be read again: one file in the data directory. It is
 * only a memory: when it is lost, damaged, or another version has written it, the jars are read. Thread-safe.
 */
final class DiscoveryIndex {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryIndex.class);

    private final Path file;
    private final String writer;
    private Map<String, Entry> entries;

    /** What was found out, and how the file was then. */
    record Entry(FileStamp stamp, FoundJar jar) {}

    /**
     * An index; nothing is read before it is needed.
     *
     * @param file   where it is kept
     * @param writer who understands a jar the same way: version of the product and of Java
     */
    DiscoveryIndex(Path file, String writer) {
        this.file = file;
        this.writer = writer;
    }

    /** What is known of a path, if the file still has that stamp. */
    synchronized Optional<FoundJar> find(String path, FileStamp stamp) {
        Entry entry = entries().get(path);
        return entry != null && entry.stamp().equals(stamp) ? Optional.of(entry.jar()) : Optional.empty();
    }

    /** Takes over what was found out, forgets paths that are not there any more, and writes it all. */
    synchronized void add(Map<String, Entry> found) {
        Map<String, Entry> all = new HashMap<>(entries());
        all.keySet().removeIf(path -> !found.containsKey(path) && !Files.exists(Path.of(path)));
        all.putAll(found);
        entries = all;
        try {
            write();
        } catch (IOException e) {
            LOG.warn("{} cannot be written; jars are read again after the next start", file, e);
        }
    }

    private Map<String, Entry> entries() {
        if (entries == null) {
            entries = new HashMap<>();
            try {
                entries = read();
            } catch (NoSuchFileException e) {
                LOG.debug("There is no {} yet", file);
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} cannot be used ({}); it is made again", file, e.toString());
            }
        }
        return entries;
    }

    private Map<String, Entry> read() throws IOException {
        CRC32 sum = new CRC32();
        try (DataInputStream in =
                new DataInputStream(new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum))) {
            if (!in.readUTF().equals(writer)) {
                return new HashMap<>();
            }
            Map<String, Entry> read = new HashMap<>();
            for (int rest = in.readInt(); rest > 0; rest--) {
                read.put(IndexFormat.text(in), IndexFormat.entry(in));
            }
            long expected = sum.getValue();
            if (in.readLong() != expected) {
                throw new IOException("its checksum is wrong");
            }
            return read;
        }
    }

    private void write() throws IOException {
        Files.createDirectories(file.getParent());
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        CRC32 sum = new CRC32();
        try (DataOutputStream out = new DataOutputStream(
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)), sum))) {
            out.writeUTF(writer);
            out.writeInt(entries.size());
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                IndexFormat.write(out, entry.getKey());
                IndexFormat.write(out, entry.getValue());
            }
            // The sum is of what has been passed on.
            out.flush();
            out.writeLong(sum.getValue());
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
