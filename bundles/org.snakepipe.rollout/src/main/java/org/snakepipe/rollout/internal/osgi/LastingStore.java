// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.cm.PersistenceManager;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Offers the store in the system bundle's name, once in a process: what is configured stays so while this bundle restarts. Were
 * the store to go, ConfigurationAdmin would go with it and come back empty, and nobody could take away any more what SCR and
 * others go on with.
 */
@Component(
        immediate = true,
        service = {})
public final class LastingStore {
    private static final String FILTER = "(" + PersistenceManager.PROPERTY_NAME + "=" + MemoryStore.NAME + ")";

    /**
     * Offers it, unless it is there from before.
     *
     * @param context of this bundle
     */
    @Activate
    public LastingStore(BundleContext context) {
        BundleContext system =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        try {
            if (system.getServiceReferences(PersistenceManager.class, FILTER).isEmpty()) {
                Dictionary<String, Object> properties =
                        new Hashtable<>(Map.of(PersistenceManager.PROPERTY_NAME, MemoryStore.NAME));
                system.registerService(PersistenceManager.class, new MemoryStore(), properties);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(FILTER, e);
        }
    }
}
