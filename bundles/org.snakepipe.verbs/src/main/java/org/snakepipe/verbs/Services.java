// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.Optional;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.WatchSource;

/** What verbs ask. Each may be away for a moment; from any thread. */
public interface Services {
    /**
     * Configuration.
     *
     * @return the service, if it is there
     */
    Optional<ConfigManager> config();

    /**
     * Pipelines.
     *
     * @return the service, if it is there
     */
    Optional<Pipelines> pipelines();

    /**
     * Plugins.
     *
     * @return the service, if it is there
     */
    Optional<PluginManager> plugins();

    /**
     * The watched directories.
     *
     * @return the service, if it is there
     */
    Optional<WatchSource> watch();

    /**
     * The configuration directory as it is now, with what the plugins know that are there.
     *
     * @return read anew each time
     * @throws IllegalStateException if it cannot be read
     */
    Workspace workspace();

    /**
     * A property of the framework.
     *
     * @param name its name
     * @return its value; empty when it is not set
     */
    String property(String name);
}
