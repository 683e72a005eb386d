// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal.osgi;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.snakepipe.control.SecretListener;

/** As much of a framework as the component needs. */
final class Registry {
    private final Map<ServiceReference<SecretListener>, SecretListener> services = new LinkedHashMap<>();

    @SuppressWarnings("unchecked")
    Registry with(SecretListener listener) {
        services.put(proxy(ServiceReference.class, null), listener);
        return this;
    }

    List<ServiceReference<SecretListener>> references() {
        return List.copyOf(services.keySet());
    }

    BundleContext context() {
        return proxy(BundleContext.class, services);
    }

    private static <T> T proxy(Class<T> type, Map<?, ?> services) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            switch (method.getName()) {
                case "getService":
                    return services.get(args[0]);
                case "ungetService":
                    return true;
                case "hashCode":
                    return System.identityHashCode(self);
                case "equals":
                    return self == args[0];
                default:
                    throw new UnsupportedOperationException(method.getName());
            }
        }));
    }
}
