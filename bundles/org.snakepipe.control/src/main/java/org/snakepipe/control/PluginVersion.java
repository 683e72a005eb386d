// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.snakepipe.api.config.ConfigMigration;

/**
 * Which version of a plugin is there, and what it makes of configurations of older ones.
 *
 * @param pid        the PID whose configurations it is for
 * @param version    of its bundle
 * @param migrations make them, each time anew; from any thread. Run code of the plugin
 */
public record PluginVersion(String pid, String version, List<Callable<ConfigMigration>> migrations) {
    /** Checks that nothing is missing. */
    public PluginVersion {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(version, "version");
        migrations = List.copyOf(migrations);
    }
}
