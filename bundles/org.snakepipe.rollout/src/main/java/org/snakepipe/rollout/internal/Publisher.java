// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;

/** Writes configurations, and sees what came of them. Used by one thread. */
public interface Publisher {
    /**
     * Writes, removals first, and waits until everybody has been told.
     *
     * @param puts     id to all values
     * @param removals ids that go
     * @throws PublishException if it cannot be written, or the barrier does not come
     * @throws InterruptedException if the runtime is stopping
     */
    void publish(Map<ConfigId, Map<String, Object>> puts, Set<ConfigId> removals)
            throws PublishException, InterruptedException;

    /**
     * Waits until everything that was written, or started, before has been seen by everybody.
     *
     * @throws PublishException if the barrier does not come
     * @throws InterruptedException if the runtime is stopping
     */
    void barrier() throws PublishException, InterruptedException;

    /**
     * What is wrong with the components that the configurations are for.
     *
     * @param wanted id to the values it was given
     * @return id to one sentence; without those that are well or have no component
     */
    Map<ConfigId, String> look(Map<ConfigId, Map<String, Object>> wanted);

    /**
     * Finds those of which there is no service, whatever its values: also those that have none because they need none. Quick.
     *
     * @param ids of configurations
     * @return some of them
     */
    Set<ConfigId> silent(Set<ConfigId> ids);

    /**
     * Finds those that offer a service with exactly these values, so that nothing else has to be asked whether they are there.
     * Quick, also beside thousands of others; does not tell whether a service can be constructed.
     *
     * @param wanted id to the values it was given
     * @return their ids; those without a service, or with values that nobody can compare, are not among them
     */
    Set<ConfigId> offered(Map<ConfigId, Map<String, Object>> wanted);

    /**
     * What others have written since this was asked the last time.
     *
     * @return PID to its values now, without those that ConfigurationAdmin adds; empty when it was deleted
     */
    Map<String, Optional<Map<String, Object>>> foreign();

    /**
     * What configurations are now, whoever has written them.
     *
     * @param pids of the configurations
     * @return PID to its values, without those that ConfigurationAdmin adds; empty when it is not there
     */
    Map<String, Optional<Map<String, Object>>> now(Set<String> pids);

    /**
     * What a rollout before this one has published in this process, as when only its bundle was started anew.
     *
     * @param thirds gives the ids of third parties that it may have published: they bear no mark of ours. Only asked when there
     *               is something
     * @return ids of configurations that are there
     * @throws InterruptedException if the runtime is stopping
     */
    Set<ConfigId> left(Known thirds) throws InterruptedException;

    /** Gives ids. */
    interface Known {
        /**
         * Finds them.
         *
         * @return the ids
         * @throws InterruptedException if the runtime is stopping
         */
        Set<ConfigId> ids() throws InterruptedException;
    }

    /**
     * Deletes what others have made.
     *
     * @param pids of the configurations
     * @throws PublishException if they cannot be deleted
     */
    void delete(Set<String> pids) throws PublishException;
}
