// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginChange;

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

    /**
     * What a change is for.
     *
     * @param ids     those whose components have to come up with it
     * @param stopped those of them that could not before it, and that is nothing the change has done
     */
    record Affected(Set<ConfigId> ids, Set<ConfigId> stopped) {}

    /** Those that a change would give other values, and that cannot come up, each with its error. */
    Collection<Problem> before(Set<ConfigId> changed, PluginChange bundles) {
        Set<ConfigId> ids = new TreeSet<>(changed);
        // What comes up with a bundle that arrives is found out then.
        ids.removeIf(arrives(bundles));
        return among(ids).values();
    }

    /** To be asked before anything is touched. */
    Affected affected(Set<ConfigId> changed, Set<ConfigId> configured, PluginChange bundles) {
        Predicate<ConfigId> arrives = arrives(bundles);
        Set<ConfigId> stopped = new TreeSet<>(among(changed).keySet());
        stopped.removeIf(arrives);
        Set<ConfigId> ids = new TreeSet<>(changed);
        configured.stream().filter(arrives).forEach(ids::add);
        return new Affected(ids, stopped);
    }

    /** Those that cannot come up since, each with its error. */
    Collection<Problem> since(Affected affected) {
        Map<ConfigId, Problem> now = among(affected.ids);
        now.keySet().removeAll(affected.stopped);
        return now.values();
    }

    /** Whether the plugin of a configuration arrives. */
    private Predicate<ConfigId> arrives(PluginChange bundles) {
        if (bundles.arriving().isEmpty()) {
            return id -> false;
        }
        Set<String> pids = new HashSet<>();
        installer.versions(bundles.arriving()).forEach(version -> pids.add(version.pid()));
        installer.versions(Set.of()).forEach(shipped -> pids.remove(shipped.pid()));
        return id -> pids.contains(id.pid());
    }

    private Map<ConfigId, Problem> among(Set<ConfigId> ids) {
        Map<ConfigId, Problem> problems = new TreeMap<>();
        Set<ConfigId> silent = publisher.silent(ids);
        // Nearly always all of them have a service, which is known more quickly.
        Map<String, String> stopped = silent.isEmpty() ? Map.of() : installer.stopped();
        for (ConfigId id : silent) {
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
                                + ": start it in the shell with 'felix:start " + bundle
                                + "', then 'snakepipe retry', or the same command, once more")
                .id(id)
                .build();
    }
}
