// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.service.condition.Condition;
import org.snakepipe.control.House;

/**
 * Opens a latch when the bundles that the runtime begins with have been started: before, components that nothing is wrong with
 * may not be enabled yet.
 *
 * <p>The start level does not tell: Felix shows a level as the active one from its first bundle on, and its events come late.
 */
final class BundlesStarted {
    private static final String FILTER = "(&(" + Constants.OBJECTCLASS + "=" + Condition.class.getName() + ")("
            + Condition.CONDITION_ID + "=" + House.BUNDLES_STARTED + "))";

    private final CountDownLatch latch = new CountDownLatch(1);
    private final BundleContext context;
    private final ServiceListener said = event -> look();
    private final FrameworkListener started = event -> look();

    private BundlesStarted(BundleContext context) {
        this.context = context;
    }

    static BundlesStarted in(BundleContext context) {
        BundlesStarted it = new BundlesStarted(context);
        try {
            context.addServiceListener(it.said, FILTER);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(FILTER, e);
        }
        context.addFrameworkListener(it.started);
        it.look();
        return it;
    }

    CountDownLatch latch() {
        return latch;
    }

    private void look() {
        if (Boolean.parseBoolean(context.getProperty(House.LAUNCHER)) ? isSaid() : isActive()) {
            latch.countDown();
        }
    }

    private boolean isSaid() {
        try {
            return !context.getServiceReferences(Condition.class, FILTER).isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(FILTER, e);
        }
    }

    private boolean isActive() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE;
    }

    void close() {
        context.removeServiceListener(said);
        context.removeFrameworkListener(started);
    }
}
