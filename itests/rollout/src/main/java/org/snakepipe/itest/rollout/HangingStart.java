// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that waits for what never comes; its class file is put into plugins. */
public final class HangingStart implements BundleActivator {
    @Override
    public void start(BundleContext context) throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void stop(BundleContext context) {
        // It has never started.
    }
}
