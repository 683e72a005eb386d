// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/** What configuration is in force, and why. A service of the rollout room; from any thread; what it returns is a snapshot. */
@ProviderType
public interface ConfigManager {
    /**
     * The number of the generation in force.
     *
     * @return 0 before the first one, then growing, also over restarts
     */
    long generation();

    /**
     * The environment of this runtime.
     *
     * @return its name
     */
    String environment();

    /**
     * The receipt of the last rollout that was not {@link Outcome.Status#UNCHANGED}.
     *
     * @return the receipt; empty while the first one is on its way
     */
    Optional<Outcome> lastOutcome();

    /**
     * Everything that is wrong with the files as they lie on the disk now: what is rejected, held or left out.
     *
     * @return problems, sorted by place; empty when the disk is what runs
     */
    List<Problem> problems();

    /**
     * All configurations of the generation in force, published or not.
     *
     * @return sorted by id
     */
    List<ConfigState> list();

    /**
     * One configuration.
     *
     * @param id its id
     * @return its state; empty when nothing configures it
     */
    Optional<ConfigState> get(ConfigId id);

    /**
     * What says something of a configuration, also without setting a key.
     *
     * @param id its id
     * @return paths of files, relative to the configuration directory, the lowest layer first; empty when nothing configures it
     */
    List<String> sources(ConfigId id);

    /**
     * All environments that the configuration directory knows.
     *
     * @return sorted by name
     */
    List<EnvironmentInfo> environments();
}
