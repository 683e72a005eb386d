// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.quarantine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.engine.internal.quarantine.RejectedFile.Entry;

/**
 * The rejected records of one pipeline, on disk: a file for each batch that had some, complete or not there at all. Bounded in
 * bytes. Thread-safe.
 */
public final class Quarantine {
    private final Path directory;
    private final Shelf shelf;
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
        this.shelf = new Shelf(directory);
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
        keep(rejects, 0, mostBytes);
        count = shelf.records();
    }

    /**
     * Keeps records in the place of others, as when those were replayed: only what they take more than those needs room. After a
     * crash in the middle both may be there, as when the others cannot go.
     *
     * @param ids       of those that go; one that is not there needs no room and gives none
     * @param rejects   not empty
     * @param mostBytes how large the quarantine may be
     * @throws IOException if that cannot be written or would make it too large: what was there stays
     */
    public synchronized void replace(Collection<String> ids, List<Reject> rejects, long mostBytes) throws IOException {
        list();
        Map<Long, TreeSet<Integer>> byFile = byFile(ids);
        long freed = 0;
        for (Map.Entry<Long, TreeSet<Integer>> file : byFile.entrySet()) {
            for (Entry entry : shelf.live(file.getKey())) {
                freed += file.getValue().contains(entry.local()) ? entry.bytes() : 0;
            }
        }
        keep(rejects, freed, mostBytes);
        count = shelf.records();
        remove(byFile);
    }

    private void keep(List<Reject> rejects, long freed, long mostBytes) throws IOException {
        Instant now = Instant.now();
        List<Entry> index = RejectedFile.measure(rejects, now);
        long bytes = RejectedFile.size(index);
        // What goes takes a head for itself, too, where it was alone in its file.
        long more = freed == 0 ? bytes : bytes - freed - RejectedFile.size(List.of());
        if (more > 0 && shelf.bytes() + more > mostBytes) {
            // Somebody may have removed files by hand to make room.
            list();
            shelf.shrink(shelf.bytes() + more - mostBytes);
        }
        long used = shelf.bytes();
        if (more > 0 && used + more > mostBytes) {
            throw new IOException("the quarantine " + directory + " is full: " + used + " of " + mostBytes
                    + " bytes (quarantine.bytes); replay or remove records, or raise it");
        }
        try {
            shelf.add(rejects, now, index);
        } catch (IOException e) {
            throw new IOException(
                    "cannot keep rejected records in " + directory + ": " + e.getMessage()
                            + "; make room in the data directory",
                    e);
        }
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

    /**
     * Reads what is kept now, oldest first, without holding it in memory or anybody up. What is removed meanwhile may be left out.
     *
     * @param ids which records; empty for all
     * @return the reader; to be closed
     * @throws IOException if the directory cannot be read
     */
    public synchronized QuarantineReader read(Collection<String> ids) throws IOException {
        list();
        return new QuarantineReader(this, directory, shelf.numbers(), ids);
    }

    /** What is in a file and was not removed. @throws IOException if it cannot be read */
    synchronized List<Entry> live(long number) throws IOException {
        return shelf.live(number);
    }

    /**
     * Whether a record is kept.
     *
     * @param id of it
     * @return {@code false} when it was removed
     */
    public synchronized boolean has(String id) {
        return KeptId.parse(id).filter(shelf::has).isPresent();
    }

    /**
     * Looks for ids that name nothing.
     *
     * @param ids   of records
     * @param files whether an id may be a number alone, as for {@link #remove}
     * @return the first of them that does; empty when all are there
     * @throws IOException if that cannot be told; the message names the file
     */
    public synchronized Optional<String> missing(Collection<String> ids, boolean files) throws IOException {
        list();
        Set<String> known = new HashSet<>();
        for (long number : byFile(ids).keySet()) {
            shelf.live(number).forEach(entry -> known.add(new KeptId(number, entry.local()).toString()));
        }
        return ids.stream()
                .filter(id -> !known.contains(id))
                .filter(id -> !files || !shelf.numbers().contains(number(id)))
                .findFirst();
    }

    /**
     * Forgets records, for instance because they were replayed. Those that are not there are passed over.
     *
     * @param ids of the records; a number alone, as {@code 12}, is all of a file, also of one that cannot be read
     * @return how many were there, as far as that can be told
     * @throws IOException if that cannot be written
     */
    public synchronized long remove(Collection<String> ids) throws IOException {
        list();
        long before = shelf.records();
        shelf.delete(ids.stream()
                .map(Quarantine::number)
                .filter(shelf.numbers()::contains)
                .collect(Collectors.toCollection(TreeSet::new)));
        remove(byFile(ids));
        return before - shelf.records();
    }

    /**
     * Forgets everything, also what cannot be read.
     *
     * @return how many records there were, as far as that can be told
     * @throws IOException if that cannot be written
     */
    public synchronized long removeAll() throws IOException {
        list();
        long before = shelf.records();
        shelf.delete(new TreeSet<>(shelf.numbers()));
        count = shelf.records();
        return before;
    }

    private void remove(Map<Long, TreeSet<Integer>> byFile) throws IOException {
        TreeSet<Long> whole = new TreeSet<>();
        List<KeptId> some = new ArrayList<>();
        for (Map.Entry<Long, TreeSet<Integer>> file : byFile.entrySet()) {
            List<Entry> live = shelf.live(file.getKey());
            List<KeptId> gone = live.stream()
                    .filter(entry -> file.getValue().contains(entry.local()))
                    .map(entry -> new KeptId(file.getKey(), entry.local()))
                    .toList();
            if (gone.size() == live.size()) {
                whole.add(file.getKey());
            } else {
                some.addAll(gone);
            }
        }
        shelf.remove(some);
        shelf.delete(whole);
        count = shelf.records();
    }

    private Map<Long, TreeSet<Integer>> byFile(Collection<String> ids) {
        return ids.stream()
                .flatMap(id -> KeptId.parse(id).stream())
                .filter(id -> shelf.numbers().contains(id.file()))
                .collect(Collectors.groupingBy(
                        KeptId::file,
                        TreeMap::new,
                        Collectors.mapping(KeptId::local, Collectors.toCollection(TreeSet::new))));
    }

    /** Of an id that is a number alone; else 0, which no file has. */
    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void list() throws IOException {
        shelf.list();
        listed = true;
        count = shelf.records();
    }
}
