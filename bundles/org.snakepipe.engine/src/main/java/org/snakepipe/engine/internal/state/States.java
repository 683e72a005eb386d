// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.StateStore;

/**
 * What the parts of one pipeline remember. There are two of everything: what is seen, which has the changes of all batches that
 * have passed, and what is on the disk, which has those up to the position of the last checkpoint. In between are changes that
 * are acknowledged and not written. When the pipeline starts again, what is seen is what is on the disk. Thread-safe.
 */
public final class States {
    private final StateFiles files;
    private final Map<ConfigId, StateStore> stores = new ConcurrentHashMap<>();
    private final ThreadLocal<Changes> attempt = new ThreadLocal<>();
    private final Map<ConfigId, Map<String, String>> seen = new TreeMap<>();
    private final Map<ConfigId, Long> bytes = new TreeMap<>();
    private final Map<ConfigId, Map<String, String>> onDisk = new TreeMap<>();
    private List<Update> unwritten = new ArrayList<>();
    private long number;
    private long generation;

    /**
     * Nothing is known before {@link #load}.
     *
     * @param directory of one pipeline; made when something is written
     */
    public States(Path directory) {
        this.files = new StateFiles(directory);
    }

    /**
     * The state of a part.
     *
     * @param part its id
     * @return the same for every opening
     */
    public StateStore of(ConfigId part) {
        return stores.computeIfAbsent(part, Store::new);
    }

    /**
     * Begins anew with what belongs to a checkpoint; what batches have changed that are still under way is nobody's any more.
     *
     * @param to as the checkpoint says, 0 for nothing
     * @throws IOException if that cannot be read; the message says what to do
     */
    public synchronized void load(long to) throws IOException {
        generation++;
        seen.clear();
        bytes.clear();
        onDisk.clear();
        unwritten = new ArrayList<>();
        number = to;
        files.load(to, update -> {
            update.applyTo(onDisk);
            see(update);
        });
    }

    /**
     * Begins an attempt at a share of a batch, on the thread that makes it.
     *
     * @return its changes
     */
    public synchronized Changes begin() {
        Changes changes = new Changes(generation);
        attempt.set(changes);
        return changes;
    }

    /** Ends the attempt of this thread; what it has changed and not {@link #pass passed} is undone. */
    public void end() {
        attempt.remove();
    }

    /**
     * The attempt has passed: others see its changes.
     *
     * @param changes of the attempt
     * @return to be run once the batch and all before it have arrived
     */
    public synchronized Runnable pass(Changes changes) {
        List<Update> log = changes.log();
        if (log.isEmpty() || changes.generation() != generation) {
            return () -> {};
        }
        log.forEach(this::see);
        return () -> acknowledge(changes.generation(), log);
    }

    private synchronized void acknowledge(long of, List<Update> updates) {
        if (of == generation) {
            unwritten.addAll(updates);
        }
    }

    private void see(Update update) {
        String before = seen.getOrDefault(update.part(), Map.of()).get(update.key());
        bytes.merge(update.part(), size(update.key(), update.value()) - size(update.key(), before), Long::sum);
        update.applyTo(seen);
    }

    private static long size(String key, String value) {
        return value == null ? 0 : 2L * (key.length() + value.length());
    }

    /**
     * How many changes are acknowledged.
     *
     * @return what a checkpoint of this moment says; 0 when nothing was ever remembered
     */
    public synchronized long number() {
        return number + unwritten.size();
    }

    /**
     * Brings to the disk what a checkpoint is going to say.
     *
     * @param upTo what {@link #number} was when the checkpoint was made
     * @throws IOException if it cannot be written; the next attempt writes it too
     */
    public synchronized void write(long upTo) throws IOException {
        int count = (int) Math.min(upTo - number, unwritten.size());
        if (count > 0) {
            List<Update> next = List.copyOf(unwritten.subList(0, count));
            next.forEach(update -> update.applyTo(onDisk));
            files.append(number, next, onDisk);
            unwritten = new ArrayList<>(unwritten.subList(count, unwritten.size()));
            number += count;
        }
    }

    /**
     * A checkpoint is on the disk.
     *
     * @param said what it says
     */
    public synchronized void saved(long said) {
        files.saved(said);
    }

    private final class Store implements StateStore {
        private final ConfigId part;

        Store(ConfigId part) {
            this.part = part;
        }

        @Override
        public Optional<String> get(String key) {
            Changes own = attempt.get();
            Update changed = own == null ? null : own.find(part, key);
            if (changed != null) {
                return Optional.ofNullable(changed.value());
            }
            synchronized (States.this) {
                return Optional.ofNullable(seen.getOrDefault(part, Map.of()).get(key));
            }
        }

        @Override
        public void put(String key, String value) throws IOException {
            Objects.requireNonNull(value, "value");
            Update update = new Update(part, Objects.requireNonNull(key, "key"), value);
            Changes own = attempt.get();
            long growth = growth(key, value);
            long before;
            synchronized (States.this) {
                before = bytes.getOrDefault(part, 0L) + (own == null ? 0 : own.growth(part));
            }
            if (growth > 0 && before + growth > MOST_BYTES) {
                throw new IOException("the state of " + part + " would have more than " + MOST_BYTES
                        + " bytes: it has to forget something first");
            }
            change(update, growth);
        }

        private long growth(String key, String value) {
            return size(key, value) - get(key).map(old -> size(key, old)).orElse(0L);
        }

        @Override
        public void remove(String key) {
            if (get(key).isPresent()) {
                change(new Update(part, key, null), growth(key, null));
            }
        }

        private void change(Update update, long growth) {
            Changes own = attempt.get();
            if (own != null) {
                own.add(update, growth);
                return;
            }
            synchronized (States.this) {
                see(update);
                acknowledge(generation, List.of(update));
            }
        }

        @Override
        public Map<String, String> all() {
            Map<String, String> copy;
            synchronized (States.this) {
                copy = new TreeMap<>(seen.getOrDefault(part, Map.of()));
            }
            Changes own = attempt.get();
            if (own != null) {
                for (Update update : own.of(part)) {
                    if (update.value() == null) {
                        copy.remove(update.key());
                    } else {
                        copy.put(update.key(), update.value());
                    }
                }
            }
            return copy;
        }
    }
}
