// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.snakepipe.api.pipeline.Record;

/**
 * What a best-effort sink is still to take, in order: a part on disk, older than a part in memory. What is taken soon never
 * reaches the disk; what is not, when there is much of it, and before the pipeline writes a checkpoint, so that nothing that
 * counts as arrived is in memory only. Thread-safe.
 */
final class Backlog implements AutoCloseable {
    /** What of a backlog may be in memory. */
    static final long MEMORY_BYTES = 4L << 20;

    private static final long REMEMBER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Spool spool;
    private final Deque<Waiting> memory = new ArrayDeque<>();
    private long memoryBytes;
    private long memoryRecords;
    private Waiting current;
    private volatile long mostBytes;
    private volatile String trouble = "";
    private long remembered = System.nanoTime();
    private boolean closed;
    private long lostInHand;
    /** Held while the directory is read, so that nobody writes there meanwhile; before the lock of this. */
    private final Object loading = new Object();

    private volatile boolean loaded;

    /** A batch that waits: all of it for the sink, and what of it has not been written for the disk. */
    static final class Waiting {
        private final List<Record> records;
        private final long time;
        private int written;
        private Spool.Place place;

        private Waiting(List<Record> records, long time, Spool.Place place) {
            this.records = records;
            this.time = time;
            this.place = place;
        }

        List<Record> records() {
            return records;
        }

        private List<Record> rest() {
            return records.subList(written, records.size());
        }
    }

    /** Names it; nothing is read yet. */
    Backlog(Path directory, long mostBytes) {
        this.spool = new Spool(directory);
        this.mostBytes = mostBytes;
    }

    /**
     * Opens what is left of an earlier process, if that has not been done. It may take long: what is offered meanwhile is taken, as
     * long as it fits into the memory, and figures are without it.
     *
     * @return whether it is open; what cannot be opened is {@link #trouble}, and tried again
     */
    boolean load() {
        if (loaded) {
            return true;
        }
        synchronized (loading) {
            if (loaded || isClosed()) {
                return loaded;
            }
            try {
                Spool.Loaded found = spool.scan();
                synchronized (this) {
                    spool.install(found);
                    loaded = true;
                    trouble = "";
                }
            } catch (IOException e) {
                trouble = e.getMessage();
            }
            return loaded;
        }
    }

    boolean isLoaded() {
        return loaded;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Another bound, in force with the next batch. */
    void bound(long bytes) {
        mostBytes = bytes;
    }

    /** Takes over a batch. Never waits for the sink. @return {@code false} when it is closed, and nobody would write it */
    boolean offer(List<Record> records) {
        if (isMuch()) {
            load();
        }
        return add(records);
    }

    private synchronized boolean isMuch() {
        return memoryBytes > MEMORY_BYTES;
    }

    private synchronized boolean add(List<Record> records) {
        if (closed) {
            return false;
        }
        memory.addLast(new Waiting(records, System.currentTimeMillis(), null));
        memoryBytes += bytes(records);
        memoryRecords += records.size();
        if (memoryBytes > MEMORY_BYTES) {
            spill();
        }
        notifyAll();
        return true;
    }

    /**
     * The oldest batch, the same until it is {@link #done}.
     *
     * @param nanos how long to wait for one
     * @return {@code null} when there is none
     * @throws IOException if it cannot be read from the disk; it is dropped then
     */
    Waiting first(long nanos) throws IOException, InterruptedException {
        return load() ? oldest(nanos) : unread();
    }

    private Waiting unread() throws IOException {
        throw new IOException(trouble.isEmpty() ? "it is closed" : trouble);
    }

    private synchronized Waiting oldest(long nanos) throws IOException, InterruptedException {
        long end = System.nanoTime() + nanos;
        while (current == null) {
            if (closed) {
                throw new IOException("it is closed");
            }
            Spool.Taken taken = spool.take();
            if (taken != null) {
                current = new Waiting(taken.records(), taken.time(), taken.place());
            } else if (!memory.isEmpty()) {
                current = unwritten(memory.removeFirst());
                memory.addFirst(current);
            } else {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return null;
                }
                wait(left);
            }
        }
        return current;
    }

    /** Of a batch whose beginning is on the disk, and was taken from there, only the rest is left to be given out. */
    private static Waiting unwritten(Waiting oldest) {
        return oldest.written == 0 ? oldest : new Waiting(List.copyOf(oldest.rest()), oldest.time, null);
    }

    /** The oldest batch has been taken by the sink. */
    synchronized void done() {
        if (closed) {
            // Who comes so late was left behind: the files may be somebody else's by now.
            return;
        }
        try {
            if (memory.peekFirst() == current) {
                forget(current.rest());
                memory.removeFirst();
            }
            if (current.place != null) {
                spool.done(current.place);
                rememberNowAndThen();
            }
        } catch (IOException e) {
            // The batch is given out once more after a restart: at least once.
            trouble = e.getMessage();
        }
        current = null;
    }

    /** While nothing moves the checkpoint nobody else does: after a crash everything would come again that has been taken since. */
    private void rememberNowAndThen() throws IOException {
        long now = System.nanoTime();
        if (now - remembered > REMEMBER_NANOS) {
            remembered = now;
            spool.remember();
        }
    }

    private static long bytes(List<Record> records) {
        long bytes = 0;
        for (Record record : records) {
            bytes += record.approximateSize();
        }
        return bytes;
    }

    private void forget(List<Record> records) {
        memoryBytes -= bytes(records);
        memoryRecords -= records.size();
    }

    /** Everything to the disk. What cannot be written stays in memory, as much as may be there; the oldest of it is dropped. */
    private void spill() {
        try {
            if (!loaded && !memory.isEmpty()) {
                throw new IOException(trouble.isEmpty() ? "it is being read" : trouble);
            }
            while (!memory.isEmpty()) {
                spill(memory.peekFirst());
                memory.removeFirst();
            }
            trouble = "";
        } catch (IOException e) {
            trouble = "the spool cannot be written: " + e.getMessage();
            while (memoryBytes > MEMORY_BYTES && memory.size() > 1) {
                dropOldest();
            }
        }
    }

    /** When it fails in the middle, what is written is not written again. */
    private void spill(Waiting oldest) throws IOException {
        while (oldest.written < oldest.records.size()) {
            Spool.Appended appended = spool.append(oldest.rest(), oldest.time, mostBytes);
            forget(oldest.rest().subList(0, appended.count()));
            oldest.written += appended.count();
            boolean inHand = oldest == current;
            if (appended.written() && inHand) {
                // The sink has it in hand: it is not to be given out a second time.
                current.place = spool.pass();
            } else if (!appended.written() && !inHand) {
                spool.drop(appended.count());
            }
        }
    }

    /** The one that the sink has in hand is not dropped. */
    private void dropOldest() {
        Waiting head = memory.removeFirst();
        Waiting oldest = head == current ? memory.removeFirst() : head;
        if (head == current) {
            memory.addFirst(head);
        }
        spool.drop(oldest.rest().size());
        forget(oldest.rest());
    }

    /**
     * Everything that was offered is on the disk when this returns, or has been taken, or was dropped and counted.
     *
     * @return {@code false} when it cannot be written: what is in memory is there only
     */
    boolean secure() {
        load();
        try {
            Spool.Forcing forcing;
            synchronized (this) {
                if (closed) {
                    return true;
                }
                spill();
                forcing = spool.prepareForce();
            }
            forcing.run();
            return trouble.isEmpty();
        } catch (IOException e) {
            trouble = "the spool cannot be written: " + e.getMessage();
            return false;
        }
    }

    /** Records that wait, the one that the sink has in hand among them. */
    synchronized long records() {
        long inHand = current == null || current.place == null
                ? 0
                : memory.peekFirst() == current ? current.written : current.records.size();
        return spool.records() + memoryRecords + inHand - (closed ? lostInHand : 0);
    }

    /** Bytes on disk. */
    synchronized long bytes() {
        return spool.bytes();
    }

    /** Records that were dropped, also by earlier processes. */
    synchronized long dropped() {
        return spool.dropped();
    }

    /** When the oldest that waits came: milliseconds since 1970, 0 when nothing waits. */
    synchronized long oldest() {
        if (current != null) {
            return current.time;
        }
        try {
            long onDisk = spool.oldest();
            return onDisk == 0 && !memory.isEmpty() ? memory.peekFirst().time : onDisk;
        } catch (IOException e) {
            return 0;
        }
    }

    /** What is wrong with the disk; empty when nothing is. */
    String trouble() {
        return trouble;
    }

    /** Writes what is left to the disk, and closes. @throws IOException if that fails; what is lost by that is counted and said */
    @Override
    public void close() throws IOException {
        secure();
        synchronized (this) {
            closed = true;
            long lost = memoryRecords;
            spool.drop(lost);
            lostInHand = spool.dropDrivenOut();
            memory.clear();
            memoryRecords = 0;
            IOException failure = lost == 0 ? null : new IOException(lost + " records are lost: " + trouble);
            try {
                spool.close();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
