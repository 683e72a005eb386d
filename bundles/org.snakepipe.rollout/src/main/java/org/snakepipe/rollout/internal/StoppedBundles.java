// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Installer;

/**
 * Finds what does not come up because somebody has stopped its bundle: a look at components says nothing of it, as if there
 * were none. Used by one thread.
 */
final class StoppedBundles {
    private final Publisher publisher;
    private final Installer installer;

    StoppedBundles(Publisher publisher, Installer installer) {
        this.publisher = publisher;
        this.installer = installer;
    }

    /** Gives those of them, each with its error. */
    Map<ConfigId, Problem> among(Set<ConfigId> ids) {
        Map<ConfigId, Problem> problems = new TreeMap<>();
        Set<ConfigId> silent = publisher.silent(ids);
        // Nearly always all of them have a service, which is known more quickly.
        Map<String, String> stopped = silent.isEmpty() ? Map.of() : installer.stopped();
        for (ConfigId id : new TreeSet<>(silent)) {
            String bundle = stopped.get(id.pid());
            if (bundle != null) {
                problems.put(id, stopped(id, bundle));
            }
        }
        return problems;
    }

    private static Problem stopped(ConfigId id, String bundle) {
        return Problem.error(
                        "plugin.stopped",
                        id + " cannot come up, as somebody has stopped its bundle " + bundle
                                + ": start it in the shell with 'felix:start " + bundle + "', then 'snakepipe retry'")
                .id(id)
                .build();
    }
}
