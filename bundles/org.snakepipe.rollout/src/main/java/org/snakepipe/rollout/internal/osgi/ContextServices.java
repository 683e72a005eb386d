// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.snakepipe.rollout.internal.ServiceSource;

/** Services of the framework, whoever knows their class. They are not given back before the bundle stops. */
final class ContextServices implements ServiceSource {
    private final BundleContext context;

    ContextServices(BundleContext context) {
        this.context = context;
    }

    @Override
    public <T> List<T> services(Class<T> type) {
        List<T> services = new ArrayList<>();
        try {
            // All, for this room may not be wired to the package of the type: the class itself tells.
            ServiceReference<?>[] references = context.getAllServiceReferences(type.getName(), null);
            for (ServiceReference<?> reference : references == null ? new ServiceReference<?>[0] : references) {
                Object service = context.getService(reference);
                if (type.isInstance(service)) {
                    services.add(type.cast(service));
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter, no syntax", e);
        }
        return services;
    }
}
