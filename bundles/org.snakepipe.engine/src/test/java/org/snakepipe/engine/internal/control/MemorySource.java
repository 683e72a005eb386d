// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Polled;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.SourceReader;

/** Counts from 0. The position is the next number. */
final class MemorySource implements Source {
    static final String PARTITION = "numbers";

    final AtomicInteger opens = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final Semaphore broken = new Semaphore(0);
    volatile long read;
    volatile IOException unopenable;
    /** Runs when a reader is closed, on the thread that closes it. */
    volatile Runnable closing = () -> {};
    /** Runs when it is asked about a position, on the thread that asks. */
    volatile Runnable asked = () -> {};

    private final long end;
    private final boolean finite;
    private final LongFunction<Record> records;

    MemorySource(long end, boolean finite) {
        this(end, finite, number -> Record.of(Map.of("n", number)));
    }

    MemorySource(long end, boolean finite, LongFunction<Record> records) {
        this.end = end;
        this.finite = finite;
        this.records = records;
    }

    @Override
    public boolean isBounded() {
        return finite;
    }

    @Override
    public List<String> mistakes(Position position) {
        asked.run();
        return position.offsets().keySet().equals(Set.of(PARTITION))
                ? List.of()
                : List.of(position + " is no number (allowed: " + PARTITION + "=NUMBER)");
    }

    @Override
    public SourceReader open(OpenContext context, Position from) throws IOException {
        if (unopenable != null) {
            throw unopenable;
        }
        opens.incrementAndGet();
        open.incrementAndGet();
        return new Numbers(Long.parseLong(from.offsets().getOrDefault(PARTITION, "0")));
    }

    private final class Numbers implements SourceReader {
        private long next;

        Numbers(long next) {
            this.next = next;
        }

        @Override
        public Polled poll(int max, Duration wait) throws IOException, InterruptedException {
            if (broken.tryAcquire()) {
                throw new IOException("the disk is gone");
            }
            if (next >= end) {
                return finite ? Polled.end() : idle(wait);
            }
            List<Record> found = new ArrayList<>(max);
            while (found.size() < max && next < end) {
                found.add(records.apply(next++));
            }
            read = next;
            return Polled.of(found, List.of(), Position.of(Map.of(PARTITION, Long.toString(next))));
        }

        @Override
        public OptionalLong remaining() {
            return finite ? OptionalLong.of(end - next) : OptionalLong.empty();
        }

        private Polled idle(Duration wait) throws InterruptedException {
            broken.tryAcquire(0, TimeUnit.SECONDS);
            new Semaphore(0).tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
            return Polled.nothing();
        }

        @Override
        public void close() {
            closing.run();
            open.decrementAndGet();
        }
    }
}
