// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakepipe.engine.internal.disk.PrivateFiles;
import org.snakepipe.engine.internal.disk.Uninterrupted;
import org.snakepipe.engine.internal.quarantine.Quarantine.Reject;
import org.snakepipe.engine.internal.quarantine.RejectedFile.Entry;

/**
 * The files of a quarantine: how large each is, and how many records it still holds. A number is never used again, so that
 * whoever noted an id does not meet another record under it. Not thread-safe.
 */
final class Shelf {
    /** Says by its name which was the last number, when the file of that number is gone. */
    private static final String LAST = ".last";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Path directory;
    private final Removals removals;
    private final TreeMap<Long, Held> files = new TreeMap<>();
    private boolean loaded;
    private long last;

    /** A file. @param size in bytes @param records that it holds @param gone bytes of those that were removed from it */
    private record Held(long size, int records, long gone) {}

    Shelf(Path directory) {
        this.directory = directory;
        this.removals = new Removals(directory);
    }

    /** Looks what is there. Somebody may have taken files away by hand. */
    void list() throws IOException {
        if (!loaded) {
            removals.load();
            last = Math.max(last, removals.last());
            names(LAST).keySet().forEach(this::used);
            deleteUnfinished();
            loaded = true;
        }
        Map<Long, Long> found = names(RejectedFile.SUFFIX);
        for (long number : Set.copyOf(files.keySet())) {
            if (!found.containsKey(number)) {
                forget(number);
            }
        }
        found.forEach((number, size) -> {
            used(number);
            if (!files.containsKey(number)) {
                files.put(number, held(number, size));
            }
        });
    }

    /** What an earlier process was writing when it was killed: nobody reads it, and it takes room. */
    private void deleteUnfinished() throws IOException {
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all =
                    Files.newDirectoryStream(directory, RejectedFile.unfinished("[0-9]*" + RejectedFile.SUFFIX))) {
                for (Path file : all) {
                    Files.deleteIfExists(file);
                }
            } catch (DirectoryIteratorException e) {
                throw unreadable(e);
            }
        }
    }

    private IOException unreadable(Exception e) {
        return new IOException("the quarantine " + directory + " cannot be read: " + e.getMessage(), e);
    }

    private void used(long number) {
        last = Math.max(last, number);
    }

    /** Number to size of the files whose names are a number and end so; others are not ours. */
    private Map<Long, Long> names(String suffix) throws IOException {
        Map<Long, Long> found = new HashMap<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "[0-9]*" + suffix)) {
                for (Path file : all) {
                    String name = file.getFileName().toString();
                    String number = name.substring(0, name.length() - suffix.length());
                    if (NUMBER.matcher(number).matches()) {
                        found.put(Long.parseLong(number), Files.size(file));
                    }
                }
            } catch (NoSuchFileException | DirectoryIteratorException e) {
                throw unreadable(e);
            }
        }
        return found;
    }

    /** What is damaged is found by its reader, and must not keep others out. */
    private Held held(long number, long size) {
        try {
            List<Entry> all = RejectedFile.index(file(number));
            long gone = 0;
            int records = 0;
            for (Entry entry : all) {
                boolean removed = removals.has(new KeptId(number, entry.local()));
                gone += removed ? entry.bytes() : 0;
                records += removed ? 0 : 1;
            }
            return new Held(size, records, gone);
        } catch (IOException e) {
            return new Held(size, 0, 0);
        }
    }

    private Path file(long number) {
        return RejectedFile.in(directory, number);
    }

    NavigableSet<Long> numbers() {
        return files.navigableKeySet();
    }

    long records() {
        return files.values().stream().mapToLong(Held::records).sum();
    }

    long bytes() {
        return files.values().stream().mapToLong(Held::size).sum();
    }

    boolean has(KeptId id) {
        return files.containsKey(id.file()) && !removals.has(id);
    }

    /** What is in a file and was not removed. @throws IOException if that cannot be told; the message names the file */
    List<Entry> live(long number) throws IOException {
        try {
            return RejectedFile.index(file(number)).stream()
                    .filter(entry -> !removals.has(new KeptId(number, entry.local())))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new IOException("the quarantined records " + file(number) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Another file; when that fails it is not there. */
    void add(List<Reject> rejects, Instant time, List<Entry> index) throws IOException {
        long number = last + 1;
        RejectedFile.write(file(number), rejects, time, index);
        last = number;
        files.put(number, new Held(RejectedFile.size(index), rejects.size(), 0));
        try {
            forceNames();
        } catch (IOException e) {
            takeBack(number, e);
            throw e;
        }
    }

    /** Who added it keeps it once more. @param reason why */
    private void takeBack(long number, IOException reason) {
        try {
            delete(new TreeSet<>(Set.of(number)));
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Records go from files that keep others. */
    void remove(Collection<KeptId> ids) throws IOException {
        removals.add(ids);
        ids.stream().map(KeptId::file).distinct().forEach(number -> {
            Held before = files.get(number);
            files.put(number, held(number, before.size()));
        });
    }

    /** Whole files go. */
    void delete(NavigableSet<Long> numbers) throws IOException {
        boolean some = false;
        for (long number : numbers.descendingSet()) {
            if (files.containsKey(number)) {
                rememberLast(number);
                Files.deleteIfExists(file(number));
                forget(number);
                some = true;
            }
        }
        if (some) {
            removals.tidy();
            forceNames();
        }
    }

    private void forget(long number) {
        files.remove(number);
        removals.forget(number);
    }

    /** Without it only a number would be used a second time, after a restart: no reason not to make room on a full disk. */
    private void rememberLast(long number) {
        try {
            if (number == last) {
                Set<Long> before = names(LAST).keySet();
                PrivateFiles.open(
                                directory.resolve(String.format("%012d%s", number, LAST)),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE)
                        .close();
                for (long old : before) {
                    if (old != number) {
                        Files.deleteIfExists(directory.resolve(String.format("%012d%s", old, LAST)));
                    }
                }
            }
        } catch (IOException e) {
            return;
        }
    }

    /** Makes room: files are written anew without what was removed from them, those first that give most. */
    void shrink(long bytes) {
        long wanted = bytes;
        List<Long> most = files.entrySet().stream()
                .filter(file -> file.getValue().gone() > 0)
                .sorted(Comparator.comparingLong(file -> -file.getValue().gone()))
                .map(Map.Entry::getKey)
                .toList();
        try {
            for (long number : most) {
                if (wanted <= 0) {
                    break;
                }
                Held before = files.get(number);
                long size =
                        RejectedFile.shrink(file(number), entry -> !removals.has(new KeptId(number, entry.local())));
                files.put(number, new Held(size, before.records(), 0));
                removals.settle(number);
                wanted -= before.size() - size;
            }
            forceNames();
            removals.tidy();
        } catch (IOException e) {
            // There is no room to make room: who asked sees that there is none.
            return;
        }
    }

    private void forceNames() throws IOException {
        Uninterrupted.call(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return null;
        });
    }
}
