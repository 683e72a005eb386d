// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/**
 * Something that lives from configuration and must not act on half a change. A service; only the rollout calls it, one
 * call after the other: {@code hold}, then {@code settle} once or more, each with a higher epoch, then {@code release}, whatever
 * happened. Those who take part are asked at the same time: nobody can rely on another one having settled before.
 *
 * <p>A participant that starts is held, by itself, until its first settle: nobody could tell it sooner than it acts. The rollout
 * then brings it to what is in force. One that comes or goes during a change refuses the change, which is tried again.
 */
@ConsumerType
public interface Participant {
    /** Code of a problem of a configuration whose component failed, for a reason that only the component runtime knows. */
    String UNEXPLAINED = "definition.unexplained";

    /**
     * What the participant is called in receipts.
     *
     * @return a word
     */
    String name();

    /**
     * From now on only records what comes and goes. When this returns, nothing that was begun before is still running.
     *
     * @param epoch the attempt
     * @throws InterruptedException if the rollout is stopping
     */
    void hold(long epoch) throws InterruptedException;

    /**
     * Brings what lives to what is wanted: constructs, opens, swaps, closes. What cannot be opened leaves the old one in
     * place.
     *
     * @param epoch    the attempt; answers and openings of lower ones are discarded
     * @param wanted   id to fingerprint of every published configuration of ours; what is not in it is to be closed
     * @param deadline how long it may take
     * @return why it could not be applied; empty when it is in force. Warnings alone are in force too
     * @throws InterruptedException if the rollout is stopping
     */
    List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) throws InterruptedException;

    /**
     * What a change would mean for pipelines. Nothing is touched; called while nothing is held, and returns at once.
     *
     * @param changes what would change
     * @return a line for each pipeline concerned; empty when the participant has none, or cannot tell
     */
    default List<PipelineEffect> effects(List<Plan.Change> changes) {
        return List.of();
    }

    /**
     * Acts by itself again.
     *
     * @param epoch the last attempt
     */
    void release(long epoch);
}
