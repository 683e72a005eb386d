// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.state.States;

/** Writes how far a run has come: now and then, only when something moved, until it works. Used by the source thread. */
final class CheckpointKeeper {
    private static final long DUE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final CheckpointFile file;
    private final AckWindow window;
    private final RunState state;
    private final Outlets outlets;
    private final States states;
    private Checkpoint saved;
    private long last = System.nanoTime();
    private boolean failing;
    private volatile long savedAt;

    CheckpointKeeper(AckWindow window, Checkpoint saved, RunState state, PipelineRun.Services services) {
        this.file = services.file();
        this.window = window;
        this.saved = saved;
        this.state = state;
        this.outlets = services.outlets();
        this.states = services.states();
    }

    /** Saves, if it is time; {@code false} when the last attempt failed. */
    boolean saveWhenDue() {
        if (System.nanoTime() - last < DUE_NANOS) {
            return !failing;
        }
        last = System.nanoTime();
        return save();
    }

    /** When this run last wrote one: milliseconds since 1970, 0 for never. */
    long savedAt() {
        return savedAt;
    }

    /** A run that was left behind, and is about to write, must not write over what its successor has written. */
    private boolean write(Checkpoint now) throws IOException {
        synchronized (file) {
            if (state.isAbandoned()) {
                return false;
            }
            states.write(now.state());
            file.write(now);
            states.saved(now.state());
            return true;
        }
    }

    /** Saves what has moved; {@code false} when it cannot be written. */
    boolean save() {
        if (state.isAbandoned()) {
            // Another run, or a reset, has written since.
            return false;
        }
        Checkpoint now = window.checkpoint();
        if (!failing && now.equals(saved)) {
            return true;
        }
        outlets.secure();
        try {
            if (!write(now)) {
                return false;
            }
        } catch (IOException e) {
            failing = true;
            state.trouble(
                    this, e.getMessage() + ": nothing more is read until it can; make room in the data directory");
            return false;
        }
        saved = now;
        savedAt = System.currentTimeMillis();
        if (failing) {
            failing = false;
            state.troubleEnded(this);
        }
        return true;
    }
}
