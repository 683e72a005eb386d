// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.snakepipe.api.config.ConfigCheck;

/**
 * A check that a plugin names.
 *
 * @param pid       the PID whose configurations it is for
 * @param plugin    what to call the plugin in messages
 * @param digest    SHA-256 of its jar; empty for a shipped one
 * @param construct makes it, each time anew; from any thread. Runs code of the plugin
 */
public record PluginCheck(String pid, String plugin, String digest, Callable<ConfigCheck> construct) {
    /** Checks that nothing is missing. */
    public PluginCheck {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(construct, "construct");
    }
}
