// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that throws; its class file is put into plugins. */
public final class FailingStart implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("this plugin never starts");
    }

    @Override
    public void stop(BundleContext context) {
        // It has never started.
    }
}
