// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.util.Map;
import org.snakepipe.api.config.ConfigId;

/** Hears that a run has ended by itself. Called on the source thread. */
@FunctionalInterface
public interface End {
    /**
     * Why a run ended, and with what.
     *
     * @param failure why; empty when a finite source was read to its end
     * @param again   whether trying again later may help
     * @param uses    the parts and what they borrowed, id to fingerprint: another run with the same ends the same way
     */
    record Reason(String failure, boolean again, Map<ConfigId, String> uses) {
        /** Copies the map. */
        public Reason {
            uses = Map.copyOf(uses);
        }
    }

    /**
     * It ended.
     *
     * @param reason why
     */
    void ended(Reason reason);
}
