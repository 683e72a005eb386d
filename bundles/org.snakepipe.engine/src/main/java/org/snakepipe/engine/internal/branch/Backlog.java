// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.IOException;
import java.nio.channels.FileChannel;
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

    private final Spool spool;
    private final Deque<Waiting> memory = new ArrayDeque<>();
    private long memoryBytes;
    private long memoryRecords;
    private long dropped;
    private Waiting current;
    private volatile long mostBytes;
    private volatile String trouble = "";
    private boolean closed;

    /** A batch that waits. */
    static final class Waiting {
        private final List<Record> records;
        private final long bytes;
        private final long time;
        private Spool.Place place;

        private Waiting(List<Record> records, long bytes, long time, Spool.Place place) {
            this.records = records;
            this.bytes = bytes;
            this.time = time;
            this.place = place;
        }

        List<Record> records() {
            return records;
        }
    }

    /** Opens what is left of an earlier process. What cannot be opened is {@link #trouble}, and tried again. */
    Backlog(Path directory, long mostBytes) {
        this.spool = new Spool(directory);
        this.mostBytes = mostBytes;
        try {
            spool.load();
        } catch (IOException e) {
            trouble = e.getMessage();
        }
    }

    /** Another bound, in force with the next batch. */
    void bound(long bytes) {
        mostBytes = bytes;
    }

    /** Takes over a batch. Never waits for the sink. */
    synchronized void offer(List<Record> records) {
        long bytes = 0;
        for (Record record : records) {
            bytes += record.approximateSize();
        }
        memory.addLast(new Waiting(records, bytes, System.currentTimeMillis(), null));
        memoryBytes += bytes;
        memoryRecords += records.size();
        if (memoryBytes > MEMORY_BYTES) {
            spill();
        }
        notifyAll();
    }

    /**
     * The oldest batch, the same until it is {@link #done}.
     *
     * @param nanos how long to wait for one
     * @return {@code null} when there is none
     * @throws IOException if it cannot be read from the disk; it is dropped then
     */
    synchronized Waiting first(long nanos) throws IOException, InterruptedException {
        long end = System.nanoTime() + nanos;
        while (current == null) {
            if (closed) {
                throw new IOException("it is closed");
            }
            Spool.Taken taken = spool.take();
            if (taken != null) {
                current = new Waiting(taken.records(), 0, taken.time(), taken.place());
            } else if (!memory.isEmpty()) {
                current = memory.peekFirst();
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

    /** The oldest batch has been taken by the sink. */
    synchronized void done() {
        if (closed) {
            // Who comes so late was left behind: the files may be somebody else's by now.
            return;
        }
        try {
            if (current.place != null) {
                spool.done(current.place);
            } else {
                forget(memory.removeFirst());
            }
        } catch (IOException e) {
            // The batch is given out once more after a restart: at least once.
            trouble = e.getMessage();
        }
        current = null;
    }

    private void forget(Waiting waiting) {
        memoryBytes -= waiting.bytes;
        memoryRecords -= waiting.records.size();
    }

    /** Everything to the disk. What cannot be written stays in memory, as much as may be there; the oldest of it is dropped. */
    private void spill() {
        try {
            while (!memory.isEmpty()) {
                Waiting oldest = memory.peekFirst();
                int batches = spool.append(oldest.records, oldest.time, mostBytes);
                if (oldest == current) {
                    // The sink has it in hand: it is not to be given out a second time.
                    current.place = spool.pass(batches);
                }
                forget(memory.removeFirst());
            }
            trouble = "";
        } catch (IOException e) {
            trouble = "the spool cannot be written: " + e.getMessage();
            while (memoryBytes > MEMORY_BYTES && memory.size() > 1) {
                dropOldest();
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
        dropped += oldest.records.size();
        forget(oldest);
    }

    /** Everything that was offered is on the disk when this returns, or has been taken, or was dropped and counted. */
    void secure() {
        List<FileChannel> changed;
        try {
            synchronized (this) {
                if (closed) {
                    return;
                }
                spill();
                changed = spool.prepareForce();
            }
            spool.force(changed);
        } catch (IOException e) {
            trouble = "the spool cannot be written: " + e.getMessage();
        }
    }

    /** Records that wait, the one that the sink has in hand among them. */
    synchronized long records() {
        long inHand = current != null && current.place != null ? current.records.size() : 0;
        return spool.records() + memoryRecords + inHand;
    }

    /** Bytes on disk. */
    synchronized long bytes() {
        return spool.bytes();
    }

    /** Records that were dropped since the process started. */
    synchronized long dropped() {
        return dropped + spool.dropped();
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

    /** Writes what is left to the disk, and closes. */
    @Override
    public void close() throws IOException {
        secure();
        synchronized (this) {
            closed = true;
            spool.close();
        }
    }
}
