// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.plugin.Plugin;
import org.snakepipe.control.House;

/**
 * The plugins whose bundles are there and do not run, as when somebody has stopped one by hand: SCR says nothing of them, as if
 * they had no components.
 */
final class StoppedPlugins {
    private static final String RESOURCE = Plugin.Kind.resource.name();

    private final BundleContext context;

    StoppedPlugins(BundleContext context) {
        this.context = context;
    }

    /** Those whose plugin is stopped, with the symbolic name of its bundle. */
    Map<ConfigId, String> among(Set<ConfigId> ids) {
        Map<String, String> stopped = byPid();
        Map<ConfigId, String> among = new TreeMap<>();
        ids.stream().filter(id -> stopped.containsKey(id.pid())).forEach(id -> among.put(id, stopped.get(id.pid())));
        return among;
    }

    /** PID of a family to the symbolic name of its bundle; without what another version that runs has too. */
    private Map<String, String> byPid() {
        Map<String, String> stopped = new TreeMap<>();
        Set<String> running = new HashSet<>();
        for (Bundle bundle : context.getBundles()) {
            for (String pid : pids(bundle)) {
                if (isStopped(bundle)) {
                    stopped.put(pid, bundle.getSymbolicName());
                } else {
                    running.add(pid);
                }
            }
        }
        stopped.keySet().removeAll(running);
        return stopped;
    }

    private static List<String> pids(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? List.of()
                : revision.getDeclaredCapabilities(Plugin.NAMESPACE).stream()
                        .map(StoppedPlugins::pid)
                        .toList();
    }

    private static boolean isStopped(Bundle bundle) {
        return (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STOPPING)) != 0;
    }

    /** A resource stands by its name alone. */
    private static String pid(BundleCapability plugin) {
        Object kind = plugin.getAttributes().get("kind");
        Object name = plugin.getAttributes().get("name");
        return House.PID_PREFIX + (RESOURCE.equals(kind) ? "" : kind + ".") + name;
    }
}
