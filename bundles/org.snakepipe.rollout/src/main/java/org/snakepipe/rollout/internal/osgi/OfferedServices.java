// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.House;
import org.snakepipe.rollout.internal.ServicePids;

/**
 * What is in the service registry that was made from configurations of ours. SCR knows more, but describes every component of a
 * family when it is asked for one, and the registry looks through all services: with a thousand sinks that took half of the time
 * of a change. So it is kept in mind who comes and goes. From any thread.
 */
final class OfferedServices implements ServiceTrackerCustomizer<Object, Collection<String>> {
    private static final String OURS = "(" + House.FINGERPRINT + "=*)";

    private final Map<String, Set<ServiceReference<?>>> byPid = new ConcurrentHashMap<>();
    private final ServiceTracker<Object, Collection<String>> tracker;

    private OfferedServices(BundleContext context) throws InvalidSyntaxException {
        tracker = new ServiceTracker<>(context, context.createFilter(OURS), this);
    }

    /** Begins to look. */
    static OfferedServices in(BundleContext context) {
        try {
            OfferedServices it = new OfferedServices(context);
            // Of classes too that this bundle cannot load.
            it.tracker.open(true);
            return it;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(OURS, e);
        }
    }

    /** Those of the wanted configurations whose service has the fingerprint of their values. */
    Set<ConfigId> among(Map<ConfigId, Map<String, Object>> wanted) {
        Set<ConfigId> offered = new HashSet<>();
        wanted.forEach((id, values) -> {
            if (byPid.getOrDefault(id.toString(), Set.of()).stream().anyMatch(one -> isMadeFrom(one, values))) {
                offered.add(id);
            }
        });
        return offered;
    }

    /** Those of the ids of which there is no service, whatever its values. */
    Set<ConfigId> without(Set<ConfigId> ids) {
        Set<ConfigId> without = new HashSet<>(ids);
        without.removeIf(id -> byPid.containsKey(id.toString()));
        return without;
    }

    private static boolean isMadeFrom(ServiceReference<?> reference, Map<String, Object> values) {
        Object fingerprint = values.get(House.FINGERPRINT);
        return fingerprint != null && fingerprint.equals(reference.getProperty(House.FINGERPRINT));
    }

    @Override
    public Collection<String> addingService(ServiceReference<Object> reference) {
        Collection<String> pids = ServicePids.of(reference.getProperty(Constants.SERVICE_PID));
        pids.forEach(pid -> byPid.compute(pid, (same, present) -> {
            Set<ServiceReference<?>> all = present == null ? ConcurrentHashMap.newKeySet(1) : present;
            all.add(reference);
            return all;
        }));
        return pids;
    }

    /** Its fingerprint is read when it is asked for, and the PIDs of ours stay the same. */
    @Override
    public void modifiedService(ServiceReference<Object> reference, Collection<String> pids) {}

    @Override
    public void removedService(ServiceReference<Object> reference, Collection<String> pids) {
        pids.forEach(pid -> byPid.computeIfPresent(pid, (same, present) -> {
            present.remove(reference);
            return present.isEmpty() ? null : present;
        }));
    }

    /** Looks no longer. */
    void close() {
        tracker.close();
    }
}
