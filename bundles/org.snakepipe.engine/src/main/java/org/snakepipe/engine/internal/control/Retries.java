// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.snakepipe.engine.internal.flow.Backoff;

/** When pipelines that cannot run now are tried again; for each there is one time at most. Used by the control thread. */
final class Retries {
    private static final long MOST_SECONDS = 5;

    private final ControlThread control;
    private final Consumer<String> retry;
    private final Map<String, Backoff> backoffs = new HashMap<>();
    private final Map<String, Long> pending = new HashMap<>();

    /** @param retry is given the name of a pipeline whose time has come */
    Retries(ControlThread control, Consumer<String> retry) {
        this.control = control;
        this.retry = retry;
    }

    /** The waits begin short again: something has changed. */
    void clear() {
        backoffs.clear();
    }

    /** @return when it will be: milliseconds since 1970 */
    long later(String name) {
        if (!pending.containsKey(name)) {
            long wait = backoffs.computeIfAbsent(name, key -> new Backoff(MOST_SECONDS))
                    .next();
            control.later(
                    () -> {
                        pending.remove(name);
                        retry.accept(name);
                    },
                    wait);
            pending.put(name, System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(wait));
        }
        return pending.get(name);
    }
}
