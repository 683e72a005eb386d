// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

/** Which line batches pass now. Thread-safe. */
final class LineSwitch {
    private Line line;

    LineSwitch(Line line) {
        this.line = line;
    }

    synchronized Line now() {
        return line;
    }

    /** Batches pass the next line from now on; those that are under way end in the old one. */
    void swap(Line next) {
        Line old;
        synchronized (this) {
            old = line;
            line = next;
        }
        old.retire();
    }

    /** Enters the line of this moment. */
    Line enter() {
        while (true) {
            Line now = now();
            if (now.enter()) {
                return now;
            }
            Thread.onSpinWait();
        }
    }
}
