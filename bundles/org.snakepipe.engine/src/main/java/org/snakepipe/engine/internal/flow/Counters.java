// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.concurrent.atomic.LongAdder;

/** What a pipeline counts since the process started. Thread-safe. */
public final class Counters {
    private final LongAdder written = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final RateMeter meter = new RateMeter(System::nanoTime);
    private volatile String lastError = "";

    void wrote(int records) {
        written.add(records);
    }

    void arrived(long size) {
        bytes.add(size);
    }

    void rejected(int records) {
        rejected.add(records);
    }

    /**
     * Remembers what went wrong last.
     *
     * @param message for people
     */
    public void error(String message) {
        lastError = message;
    }

    /**
     * Records written to sinks.
     *
     * @return the count
     */
    public long written() {
        return written.sum();
    }

    /**
     * Records rejected.
     *
     * @return the count
     */
    public long rejected() {
        return rejected.sum();
    }

    /**
     * Bytes of the records that arrived.
     *
     * @return the sum, about
     */
    public long bytes() {
        return bytes.sum();
    }

    /**
     * What went wrong last.
     *
     * @return a sentence; empty when nothing did
     */
    public String lastError() {
        return lastError;
    }

    /**
     * The rate of the last seconds.
     *
     * @param total records that arrived so far
     * @return records a second
     */
    public double perSecond(long total) {
        return meter.perSecond(total);
    }
}
