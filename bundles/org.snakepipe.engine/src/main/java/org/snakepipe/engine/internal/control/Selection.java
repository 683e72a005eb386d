// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

/** Which pipelines this process runs: all, or one alone, once somebody has said which. Thread-safe. */
final class Selection {
    private final boolean one;
    private volatile String chosen = "";

    private Selection(boolean one) {
        this.one = one;
    }

    static Selection all() {
        return new Selection(false);
    }

    /** One alone, to its end; nothing runs before {@link #choose}. */
    static Selection one() {
        return new Selection(true);
    }

    /** Whether what runs has to end by itself. */
    boolean isOne() {
        return one;
    }

    void choose(String pipeline) {
        chosen = pipeline;
    }

    boolean has(String pipeline) {
        return !one || chosen.equals(pipeline);
    }
}
