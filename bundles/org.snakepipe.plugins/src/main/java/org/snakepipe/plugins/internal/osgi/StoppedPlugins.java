// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/**
 * The plugins whose bundles are there and do not run, as when somebody has stopped one by hand: SCR says nothing of them, as if
 * they had no components. Without state.
 */
final class StoppedPlugins {
    private StoppedPlugins() {}

    /** PID of a family to the symbolic name of its bundle; without what another version that runs has too. */
    static Map<String, String> among(Bundle... bundles) {
        Map<String, String> stopped = new TreeMap<>();
        Set<String> running = new HashSet<>();
        for (Bundle bundle : bundles) {
            for (String pid : BundleChecks.pids(bundle)) {
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

    private static boolean isStopped(Bundle bundle) {
        return (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STOPPING)) != 0;
    }
}
