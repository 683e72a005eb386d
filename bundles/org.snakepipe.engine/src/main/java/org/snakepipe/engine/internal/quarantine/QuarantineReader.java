// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.engine.internal.disk.Uninterrupted;
import org.snakepipe.engine.internal.quarantine.RejectedFile.Entry;

/**
 * Reads what a quarantine held at one moment, oldest first, one record at a time. What is damaged is passed over and said. Used
 * by one thread.
 */
public final class QuarantineReader implements AutoCloseable {
    private final Quarantine quarantine;
    private final Path directory;
    private final Deque<Long> numbers = new ArrayDeque<>();
    private final Set<KeptId> wanted = new HashSet<>();
    private final boolean all;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<String> damaged = new ArrayList<>();
    private long number;
    private FileChannel channel;

    QuarantineReader(Quarantine quarantine, Path directory, Collection<Long> numbers, Collection<String> ids) {
        this.quarantine = quarantine;
        this.directory = directory;
        this.all = ids.isEmpty();
        ids.forEach(id -> KeptId.parse(id).ifPresent(wanted::add));
        Set<Long> named = new HashSet<>();
        wanted.forEach(id -> named.add(id.file()));
        numbers.stream().filter(one -> all || named.contains(one)).forEach(this.numbers::add);
    }

    /**
     * The next record that can be read.
     *
     * @return empty when there is none any more
     */
    public Optional<Quarantined> next() {
        while (true) {
            Entry entry = entries.poll();
            if (entry == null) {
                if (!nextFile()) {
                    return Optional.empty();
                }
                continue;
            }
            String id = new KeptId(number, entry.local()).toString();
            try {
                if (quarantine.has(id)) {
                    return Optional.of(read(id, entry));
                }
            } catch (NoSuchFileException e) {
                entries.clear();
            } catch (IOException | RuntimeException e) {
                damaged.add("the quarantined record " + id + " in " + file() + " cannot be read: " + e.getMessage());
            }
        }
    }

    private Quarantined read(String id, Entry entry) throws IOException {
        try {
            return Uninterrupted.call(() -> RejectedFile.read(open(), id, entry));
        } catch (IOException | RuntimeException e) {
            // The file may have been written anew meanwhile, without what was removed from it.
            Optional<Entry> moved = quarantine.live(number).stream()
                    .filter(now -> now.local() == entry.local() && now.at() != entry.at())
                    .findFirst();
            if (moved.isEmpty()) {
                throw e;
            }
            close();
            return Uninterrupted.call(() -> RejectedFile.read(open(), id, moved.get()));
        }
    }

    private boolean nextFile() {
        close();
        if (numbers.isEmpty()) {
            return false;
        }
        number = numbers.poll();
        try {
            quarantine.live(number).stream()
                    .filter(entry -> all || wanted.contains(new KeptId(number, entry.local())))
                    .forEach(entries::add);
        } catch (IOException e) {
            damaged.add(e.getMessage() + "; quarantine remove with the id " + number + " removes all of it");
        }
        return true;
    }

    private Path file() {
        return RejectedFile.in(directory, number);
    }

    /** An interruption closes it. */
    private FileChannel open() throws IOException {
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(file(), StandardOpenOption.READ);
        }
        return channel;
    }

    /**
     * What could not be read so far.
     *
     * @return a sentence for each file or record, which names the file
     */
    public List<String> damaged() {
        return List.copyOf(damaged);
    }

    /** Reads nothing more. */
    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing was written.
                channel = null;
            }
            channel = null;
        }
    }
}
