// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.House;
import org.snakepipe.rollout.internal.ServicePids;

/**
 * Finds in the service registry what was made from configurations of ours. SCR knows more, but describes every component of a
 * family when it is asked for one: with a thousand sinks that took half of the time of a change.
 */
final class OfferedServices {
    private static final String OURS = "(" + House.FINGERPRINT + "=*)";

    private final BundleContext context;

    OfferedServices(BundleContext context) {
        this.context = context;
    }

    /** Those of the wanted configurations whose service has the fingerprint of their values. */
    Set<ConfigId> among(Map<ConfigId, Map<String, Object>> wanted) {
        Map<String, ConfigId> ids = new HashMap<>();
        wanted.keySet().forEach(id -> ids.put(id.toString(), id));
        Set<ConfigId> offered = new HashSet<>();
        for (ServiceReference<?> reference : references()) {
            for (String pid : ServicePids.of(reference.getProperty(Constants.SERVICE_PID))) {
                ConfigId id = ids.get(pid);
                if (id != null && isMadeFrom(reference, wanted.get(id))) {
                    offered.add(id);
                }
            }
        }
        return offered;
    }

    private static boolean isMadeFrom(ServiceReference<?> reference, Map<String, Object> values) {
        Object fingerprint = values.get(House.FINGERPRINT);
        return fingerprint != null && fingerprint.equals(reference.getProperty(House.FINGERPRINT));
    }

    private ServiceReference<?>[] references() {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, OURS);
            return found == null ? new ServiceReference<?>[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(OURS, e);
        }
    }
}
