// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;

/** All listeners as one. They are foreign code: what one throws concerns nobody else. */
public final class Listeners implements ReloadListener {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final Supplier<List<ReloadListener>> present;

    /**
     * For those who are there when there is something to hear.
     *
     * @param present gives them
     */
    public Listeners(Supplier<List<ReloadListener>> present) {
        this.present = present;
    }

    /**
     * The same, and one that is always there.
     *
     * @param other hears last
     * @return all of them as one
     */
    public Listeners beside(ReloadListener other) {
        return new Listeners(
                () -> Stream.concat(present.get().stream(), Stream.of(other)).toList());
    }

    @Override
    public void phaseEnded(String cause, String phase, Duration took) {
        tell(phase, listener -> listener.phaseEnded(cause, phase, took));
    }

    @Override
    public void ended(ReloadResult outcome) {
        tell(outcome.status(), listener -> listener.ended(outcome));
    }

    private void tell(Object what, Consumer<ReloadListener> telling) {
        for (ReloadListener listener : present.get()) {
            try {
                telling.accept(listener);
            } catch (RuntimeException | Error e) {
                // An error too: of a bundle that is being replaced, classes may be gone.
                LOG.warn("A listener failed for {}", what, e);
            }
        }
    }
}
