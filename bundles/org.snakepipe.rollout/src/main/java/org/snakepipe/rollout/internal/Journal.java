// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.FileContent;

/**
 * What is about to be done, and what came of it: one file that is there whole or not at all. There is one for each environment
 * and configuration directory: who starts another environment, or with another directory, has no part in it. What a file of
 * configuration was before is in it; what a jar was lies beside, by its digest, and is on the disk before the journal names it.
 * Used by one thread.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int PROBE_BYTES = 1 << 16;
    private static final String INTENDED = "intended";

    private final Storage storage;
    private final Path attempt;
    private final Path beside;
    private final String configRoot;
    private final Clock clock;
    private final Damage damage;

    Journal(Storage storage, Path data, String name, String configRoot, Clock clock, Damage damage) {
        this.damage = damage;
        this.storage = storage;
        this.attempt = data.resolve("journal").resolve(name + ".json");
        this.beside = data.resolve("journal").resolve(name + ".before");
        this.configRoot = configRoot;
        this.clock = clock;
    }

    /**
     * Something that is about to be done.
     *
     * @param epoch      the attempt
     * @param generation what it will be
     * @param author     who asked for it
     * @param cause      what asked for it
     * @param changes    a line each
     * @param writes     path to what a file that will be written was before; empty when it was not there
     * @param written    path to the digest of what it will be; of one that goes, empty
     */
    record Intent(
            long epoch,
            long generation,
            String author,
            String cause,
            List<String> changes,
            Map<String, Optional<FileContent>> writes,
            Map<String, String> written) {}

    /** Writes down what is about to be done. Nothing has been touched yet. */
    void intend(Intent intent) throws IOException {
        Map<String, Object> json = entry(intent, INTENDED);
        Map<String, Object> writes = new TreeMap<>();
        Set<String> copies = new TreeSet<>();
        for (Map.Entry<String, Optional<FileContent>> file : intent.writes.entrySet()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("written", intent.written.get(file.getKey()));
            if (file.getValue().isPresent()) {
                FileContent before = file.getValue().get();
                if (Disk.isJar(file.getKey())) {
                    // As a text in the middle of a text, one of 50 MB takes several times its size of memory.
                    storage.write(beside.resolve(before.digest()), before.bytes());
                    copies.add(before.digest());
                    one.put("copy", before.digest());
                } else {
                    one.put("before", Base64.getEncoder().encodeToString(before.bytes()));
                }
            }
            writes.put(file.getKey(), one);
        }
        json.put("writes", writes);
        Json.write(storage, attempt, json);
        storage.retain(beside, copies);
    }

    /**
     * Writes down what came of it. Where there is no room for that, what was intended is forgotten, which needs none: it is no
     * longer under way, and the next process must not put its files back.
     */
    void ended(Intent intent, String state) throws IOException {
        try {
            Json.write(storage, attempt, entry(intent, state));
        } catch (IOException e) {
            forget(e);
            // There may be room now.
            Json.write(storage, attempt, entry(intent, state));
        }
        storage.retain(beside, Set.of());
    }

    private void forget(IOException because) throws IOException {
        try {
            storage.remove(attempt);
        } catch (IOException e) {
            throw new IOException(
                    because
                            + ", and nothing can be deleted either: until that is mended, a restart puts the files of this"
                            + " change back",
                    e);
        }
        storage.retain(beside, Set.of());
    }

    private Map<String, Object> entry(Intent intent, String state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", intent.epoch);
        json.put("generation", intent.generation);
        json.put("state", state);
        json.put("config", configRoot);
        json.put("author", intent.author);
        json.put("cause", intent.cause);
        json.put("changes", intent.changes);
        json.put("at", clock.instant().toString());
        return json;
    }

    /** What the process before did not bring to an end, if there is something. */
    Optional<Intent> interrupted() {
        try {
            Map<String, Object> json = Json.read(storage, attempt).orElse(Map.of());
            if (!INTENDED.equals(json.get("state"))) {
                return Optional.empty();
            }
            if (!configRoot.equals(json.get("config"))) {
                LOG.warn("{} belongs to directory {} and is not used", attempt, json.get("config"));
                return Optional.empty();
            }
            return Optional.of(intent(json));
        } catch (IOException | RuntimeException e) {
            damage.note(
                    attempt,
                    e,
                    "nobody knows whether the process before ended in the middle of a change. If so, files that it wrote may"
                            + " be there only in part, and count as they lie: compare them with what you have elsewhere,"
                            + " or go back with 'snakepipe rollback N --write', see 'snakepipe history'");
            return Optional.empty();
        }
    }

    private Intent intent(Map<String, Object> json) throws IOException {
        Map<String, Optional<FileContent>> writes = new TreeMap<>();
        Map<String, String> written = new TreeMap<>();
        for (Map.Entry<String, Object> file : Json.map(json.get("writes")).entrySet()) {
            Map<String, Object> one = Json.map(file.getValue());
            writes.put(file.getKey(), before(one));
            written.put(file.getKey(), Json.text(one.get("written")));
        }
        return new Intent(
                number(json.get("epoch")),
                number(json.get("generation")),
                Json.text(json.get("author")),
                Json.text(json.get("cause")),
                Json.list(json.get("changes")),
                writes,
                written);
    }

    /** Jars too were in the file itself once. */
    private Optional<FileContent> before(Map<String, Object> one) throws IOException {
        if (!one.containsKey("copy")) {
            return Optional.ofNullable((String) one.get("before"))
                    .map(Base64.getDecoder()::decode)
                    .map(Digests::content);
        }
        Path copy = beside.resolve(Json.text(one.get("copy")));
        Optional<FileContent> before = storage.read(copy).map(Digests::content);
        if (before.filter(content -> content.digest().equals(one.get("copy"))).isEmpty()) {
            throw new IOException(copy + " is missing, or damaged");
        }
        return before;
    }

    private static long number(Object json) {
        return json instanceof Number number ? number.longValue() : 0;
    }

    /** Tries whether there is room. */
    boolean canWrite() {
        try {
            storage.write(attempt.resolveSibling("probe"), new byte[PROBE_BYTES]);
            return true;
        } catch (IOException e) {
            LOG.debug("Still not", e);
            return false;
        }
    }
}
