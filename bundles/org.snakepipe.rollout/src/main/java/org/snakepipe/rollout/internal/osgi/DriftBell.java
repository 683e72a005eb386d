// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/** Hears of configurations that are written, and remembers those that we did not write just then. From any thread. */
final class DriftBell implements ConfigurationListener {
    private final Set<String> touched = new TreeSet<>();
    private Set<String> own = Set.of();
    private Runnable ring = () -> {};

    /** @param ringer is called when there is something to look at; returns at once */
    synchronized void ring(Runnable ringer) {
        ring = ringer;
    }

    /** From now on events of these are our own, until {@link #ended}. */
    synchronized void writing(Set<String> pids) {
        own = Set.copyOf(pids);
    }

    synchronized void ended() {
        own = Set.of();
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        Runnable ringing;
        synchronized (this) {
            String pid = event.getPid();
            if (own.contains(pid)
                    || pid.equals(Barrier.PID)
                    || event.getType() == ConfigurationEvent.CM_LOCATION_CHANGED) {
                return;
            }
            touched.add(pid);
            ringing = ring;
        }
        ringing.run();
    }

    /** What was written by others since the last time. */
    synchronized Set<String> drain() {
        Set<String> drained = new TreeSet<>(touched);
        touched.clear();
        return drained;
    }
}
