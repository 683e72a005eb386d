// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.testing;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** What bundles and tests share: the framework exports this package to bundles. */
public final class Probe {
    /** What bundles say, in order. */
    public static final BlockingQueue<String> SAID = new LinkedBlockingQueue<>();

    /** What hanging bundles wait for; made anew by each test that needs it. */
    public static volatile CountDownLatch gate = new CountDownLatch(0);

    private Probe() {}

    /** Waits whatever happens, as a badly written activator does. */
    public static void hang() {
        boolean open = false;
        while (!open) {
            try {
                gate.await();
                open = true;
            } catch (InterruptedException e) {
                SAID.add("interrupted");
            }
        }
    }
}
