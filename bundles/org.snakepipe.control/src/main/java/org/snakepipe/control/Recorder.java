// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes down what the rollout does, besides its own journal: an audit log, a history. A service; only the rollout calls it, one
 * call after the other, each on another thread: {@link #intended} before anything is touched, then {@link #ended} once for the
 * same epoch, whatever happened. When the process ends in between, {@code ended} does not come.
 *
 * <p>Each call has ten seconds. The thread of one that takes longer is interrupted and given up, and counts as one that could not
 * write; nothing more is asked before it has come to its end. Comes {@code intended} to a good end after all, {@code ended}
 * follows, and says that the change was refused.
 */
@ConsumerType
public interface Recorder {
    /**
     * What the recorder is called in problems.
     *
     * @return a word
     */
    String name();

    /**
     * Takes down what is about to be done. When this returns it must be safe: what it throws refuses the change.
     *
     * @param epoch   the attempt; higher than all before in this process
     * @param author  who asked for it; empty when nobody did but the files themselves
     * @param cause   what asked for it
     * @param changes what will change, a line each, secrets masked
     * @throws IOException if it cannot be written; then nothing is touched, and the change is tried again by itself
     */
    void intended(long epoch, String author, String cause, List<String> changes) throws IOException;

    /**
     * Takes down what came of it. What is in force stays in force when this fails; that it failed is a warning.
     *
     * @param epoch  the attempt
     * @param result the receipt, with problems but without what could not be written
     * @throws IOException if it cannot be written
     */
    void ended(long epoch, ReloadResult result) throws IOException;
}
