// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says whether something that was asked for is still wanted. From any thread. */
interface Permit {
    /** Nobody takes it back. */
    Permit GRANTED = new Permit() {
        @Override
        public boolean begin() {
            return true;
        }

        @Override
        public CompletionStage<?> withdrawn() {
            return new CompletableFuture<>();
        }
    };

    /** The last moment to withdraw has come. Gives whether to go on; from then on nobody can withdraw. */
    boolean begin();

    /** Ends when nobody wants it any more. */
    CompletionStage<?> withdrawn();
}
