// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

/** Which line batches pass now, until the run is over. Thread-safe. */
final class LineSwitch {
    private Line line;
    private boolean over;

    LineSwitch(Line line) {
        this.line = line;
    }

    synchronized Line now() {
        return line;
    }

    /**
     * Batches pass the next line from now on; those that are under way end in the old one. When the run is over nobody will
     * pass the next one: then it is given back.
     */
    void swap(Line next) {
        Line leaving;
        synchronized (this) {
            leaving = over ? next : line;
            line = over ? line : next;
        }
        leaving.retire();
    }

    /** The run is over: no batch comes any more. */
    void end() {
        Line leaving;
        synchronized (this) {
            over = true;
            leaving = line;
        }
        leaving.retire();
    }

    /**
     * Enters the line of this moment.
     *
     * @throws InterruptedException if the run is over
     */
    Line enter() throws InterruptedException {
        while (true) {
            Line now = now();
            if (now.enter()) {
                return now;
            }
            if (isOver()) {
                throw new InterruptedException("the run is over");
            }
            Thread.onSpinWait();
        }
    }

    private synchronized boolean isOver() {
        return over;
    }
}
