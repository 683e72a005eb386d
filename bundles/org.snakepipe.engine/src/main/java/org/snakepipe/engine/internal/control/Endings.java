// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * Why one pipeline does not run although it may: it ended by itself for good, or something cannot be reached. A
 * {@link ManagedPipeline} and its {@link Stopping} use it on the control thread; the thread that stops a bundle and those that
 * close the engine may {@link #clear} it and {@link #forget} what was made of that bundle.
 */
final class Endings {
    private volatile Ending ending;
    private Ending unreachable;

    /** It ended by itself for good. */
    void ended(PipelineSettings settings, Map<ConfigId, String> uses) {
        ending = new Ending(settings, uses);
    }

    /** Whether it ended by itself for good, and would end the same way again. */
    boolean isEndedStill(PipelineSettings now, Map<ConfigId, String> wanted) {
        return ending != null && ending.isStill(now, wanted);
    }

    /** Another attempt is wanted, however the last one ended. */
    void clear() {
        ending = null;
    }

    /** A part is about to go: an ending with it says nothing about the next one. */
    void forget(ConfigId part) {
        Ending last = ending;
        if (last != null && last.uses().containsKey(part)) {
            ending = null;
        }
    }

    /** Something it needs cannot be reached now. */
    void unreachable(PipelineSettings settings, OpenFailure failure) {
        unreachable = new Ending(settings, failure.uses());
    }

    /** It is tried again. */
    void trying() {
        unreachable = null;
    }

    /** Whether nothing has changed that would make another try worth while before its time. */
    boolean isUnreachableStill(PipelineSettings now, Map<ConfigId, String> wanted) {
        return unreachable != null && !unreachable.uses().isEmpty() && unreachable.isStill(now, wanted);
    }
}
