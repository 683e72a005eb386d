// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * Has one pipeline read on from elsewhere. Its {@link ManagedPipeline} first has the position checked on the thread of whoever asks
 * for the reset, and then begins it on the control thread.
 */
final class Resets {
    private static final Duration ASK = Duration.ofSeconds(5);

    private final PipelineContext context;
    private final CurrentRun run;
    private final Stopping stopping;
    private boolean removed;

    Resets(PipelineContext context, CurrentRun run, Stopping stopping) {
        this.context = context;
        this.run = run;
        this.stopping = stopping;
    }

    /**
     * Asks the source whether it could read on from there; that may take a while, so not on the control thread.
     *
     * @throws IllegalArgumentException if it could not; the message says what is allowed
     * @throws IllegalStateException    if it cannot be asked
     */
    void requireSense(Position position) throws InterruptedException {
        if (position.equals(Position.START)) {
            return;
        }
        PipelineSettings settings = context.settings().get();
        if (settings == null) {
            throw new IllegalStateException(
                    "pipeline '" + context.name() + "' has no source yet that could tell whether it can"
                            + " read on from there: wait for its definition, or reset it to its start");
        }
        List<String> mistakes;
        try {
            mistakes = context.opener().mistakes(settings.route().source(), position, ASK);
        } catch (OpenFailure e) {
            throw new IllegalStateException(
                    "whether the source can read on from there cannot be told: " + e.getMessage(), e);
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /**
     * It is to be stopped, and to read on from elsewhere. Does not wait.
     *
     * @return ends when that is so, or with an {@link IOException} when it cannot be written
     */
    CompletableFuture<Boolean> reset(Position to, Duration deadline) {
        return stopping.depart(deadline).then(() -> {
            if (removed) {
                throw new IllegalStateException(
                        "pipeline '" + context.name() + "' was removed meanwhile: it has not been reset");
            }
            run.reset(to);
        });
    }

    /** It is configured no more: what was asked for and has not been done is refused. On the control thread. */
    void refuse() {
        removed = true;
    }
}
