// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.snakepipe.control.House;

/** Opens a latch when the framework has reached the start level at which the engine and the plugins are there. */
final class RunningLevel implements FrameworkListener {
    private final CountDownLatch latch = new CountDownLatch(1);
    private final BundleContext context;
    private final int wanted;

    private RunningLevel(BundleContext context, int wanted) {
        this.context = context;
        this.wanted = wanted;
    }

    static RunningLevel of(BundleContext context) {
        String level = context.getProperty(House.RUNNING_LEVEL);
        if (level == null) {
            level = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
        }
        RunningLevel running = new RunningLevel(context, level == null ? 1 : Integer.parseInt(level));
        context.addFrameworkListener(running);
        running.look();
        return running;
    }

    CountDownLatch latch() {
        return latch;
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED || event.getType() == FrameworkEvent.STARTED) {
            look();
        }
    }

    private void look() {
        int now = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkStartLevel.class)
                .getStartLevel();
        if (now >= wanted) {
            latch.countDown();
        }
    }

    void close() {
        context.removeFrameworkListener(this);
    }
}
