// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;

/** Keeps what is written, or does what a test says before. */
final class MemorySink implements Sink {
    /** What a test does before a batch is kept. */
    @FunctionalInterface
    interface Before {
        void write(List<Record> batch) throws RejectedRecords, IOException, InterruptedException;
    }

    final List<Record> written = new ArrayList<>();
    final List<Integer> sizes = new ArrayList<>();
    final AtomicInteger opens = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger afterClose = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    volatile Exception unopenable;
    volatile String resource;
    volatile boolean keyed;
    volatile Before before = batch -> {};

    @Override
    public SinkWriter open(OpenContext context) throws IOException, InterruptedException {
        if (resource != null) {
            context.resource(resource, Object.class);
        }
        if (unopenable instanceof IOException failure) {
            throw failure;
        }
        if (unopenable instanceof RuntimeException failure) {
            throw failure;
        }
        opens.incrementAndGet();
        open.incrementAndGet();
        return new Writer();
    }

    @Override
    public boolean hasKey() {
        return keyed;
    }

    List<Long> numbers() {
        synchronized (written) {
            return written.stream()
                    .map(record -> (Long) record.value().get("n"))
                    .toList();
        }
    }

    int count() {
        synchronized (written) {
            return written.size();
        }
    }

    private final class Writer implements SinkWriter {
        private volatile boolean closed;

        @Override
        public void write(List<Record> batch) throws RejectedRecords, IOException, InterruptedException {
            if (closed) {
                afterClose.incrementAndGet();
            }
            before.write(batch);
            synchronized (written) {
                written.addAll(batch);
                sizes.add(batch.size());
            }
        }

        @Override
        public void close() {
            closed = true;
            open.decrementAndGet();
        }
    }
}
