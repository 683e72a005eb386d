// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.internal.JarStore;

/**
 * Bundles that have been resolved beside those they replace. Never are two copies of a plugin started at once. A jar that is
 * only wired anew, since a library that it imports from is replaced, both arrives and leaves.
 */
final class BundleChange implements PluginChange {
    private static final Logger LOG = LoggerFactory.getLogger(BundleChange.class);
    private static final int TRANSIENT = Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY;

    private final Preparation.Prepared prepared;
    private final PluginBundles bundles;
    private final JarStore jars;
    private final Duration patience;

    /** What ran and was stopped, in the order of stopping. */
    private final List<PluginBundle> stopped = new ArrayList<>();

    /**
     * A change.
     *
     * @param patience how long one bundle may take to stop, or a stopped one to start again, before it is left alone
     */
    BundleChange(Preparation.Prepared prepared, PluginBundles bundles, JarStore jars, Duration patience) {
        this.prepared = prepared;
        this.bundles = bundles;
        this.jars = jars;
        this.patience = patience;
    }

    @Override
    public boolean isEmpty() {
        return prepared.arriving().isEmpty() && prepared.leaving().isEmpty();
    }

    @Override
    public Set<String> arriving() {
        return digests(prepared.arriving());
    }

    @Override
    public Set<String> leaving() {
        return digests(prepared.leaving());
    }

    private static Set<String> digests(Collection<PluginBundle> plugins) {
        return plugins.stream().map(PluginBundle::digest).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void stopLeaving() {
        for (PluginBundle plugin : PluginBundles.importersFirst(prepared.leaving())) {
            int state = plugin.bundle().getState();
            if (state == Bundle.ACTIVE || state == Bundle.STARTING) {
                stopped.add(plugin);
                regardless("stop", plugin, () -> {
                    plugin.bundle().stop(Bundle.STOP_TRANSIENT);
                    return null;
                });
            }
        }
    }

    @Override
    public void startArriving(Duration deadline) throws PluginRejected, InterruptedException {
        List<PluginBundle> order = PluginBundles.importersFirst(prepared.arriving());
        Collections.reverse(order);
        long end = System.nanoTime() + deadline.toNanos();
        for (PluginBundle plugin : order) {
            start(plugin, Duration.ofNanos(Math.max(0, end - System.nanoTime())), deadline);
        }
        force(order);
    }

    private void force(List<PluginBundle> order) throws PluginRejected {
        if (order.isEmpty()) {
            return;
        }
        try {
            jars.force();
        } catch (IOException e) {
            throw order.get(0)
                    .file()
                    .rejected(
                            "plugin.disk",
                            "cannot be kept in " + jars.directory() + " (" + e.getMessage()
                                    + "): the disk has to be looked at",
                            e);
        }
    }

    private void forceWaiting() {
        try {
            jars.force();
        } catch (IOException e) {
            LOG.warn("Jars that wait could not be kept in {}; tried again with the next change", jars.directory(), e);
        }
    }

    private static void start(PluginBundle plugin, Duration rest, Duration deadline)
            throws PluginRejected, InterruptedException {
        ForeignCall call =
                ForeignCall.begin("snakepipe start " + plugin.bundle().getSymbolicName(), () -> {
                    plugin.bundle().start(TRANSIENT);
                    return null;
                });
        try {
            if (call.finishes(rest)) {
                return;
            }
        } catch (ExecutionException e) {
            throw plugin.file().rejected("plugin.start", "does not start: " + deepest(e), e.getCause());
        } catch (InterruptedException e) {
            call.interrupt();
            throw e;
        }
        String where = call.whereabouts();
        call.interrupt();
        throw plugin.file()
                .rejected(
                        "plugin.start",
                        "does not start within " + deadline.toMillis() + " ms: " + where
                                + "; activators and constructors must not wait",
                        null);
    }

    /** What went wrong in the first place: the framework wraps it more than once. */
    private static Throwable deepest(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    @Override
    public void commit() {
        // Those that wait are of the generation too.
        forceWaiting();
        uninstall(prepared.leaving());
        Collection<Bundle> pending = bundles.wiring().getRemovalPendingBundles();
        if (!pending.isEmpty()) {
            LOG.warn("Bundles were uninstalled and are still used: {}; restart to be rid of them", pending);
        }
        jars.use(prepared.selection());
        prepared.leaving().forEach(plugin -> LOG.info("Removed {}", plugin));
        prepared.arriving().forEach(plugin -> LOG.info("Installed {}", plugin));
    }

    @Override
    public void undo() {
        uninstall(prepared.arriving());
        Collections.reverse(stopped);
        for (PluginBundle plugin : stopped) {
            regardless("start again", plugin, () -> {
                plugin.bundle().start(TRANSIENT);
                return null;
            });
        }
    }

    private void uninstall(List<PluginBundle> plugins) {
        for (PluginBundle plugin : PluginBundles.importersFirst(plugins)) {
            boolean gone = regardless("uninstall", plugin, () -> {
                plugin.bundle().uninstall();
                return null;
            });
            if (!gone) {
                bundles.giveUp(plugin.bundle());
            }
        }
    }

    /**
     * What has to be done, whatever the bundle does. A bundle that hangs is waited for on its own thread: as soon as it ends,
     * what was asked of it is done.
     *
     * @return {@code false} when it was not done, or not yet
     */
    private boolean regardless(String what, PluginBundle plugin, Callable<Void> work) {
        ForeignCall call =
                ForeignCall.begin("snakepipe " + what + " " + plugin.bundle().getSymbolicName(), work);
        try {
            if (call.finishesRegardless(patience)) {
                return true;
            }
            LOG.warn(
                    "{} does not {} within {} ms: {}; going on without it, restart to be rid of it",
                    plugin,
                    what,
                    patience.toMillis(),
                    call.whereabouts());
        } catch (ExecutionException e) {
            LOG.warn("{} did not {} as it should; going on without it", plugin, what, e.getCause());
        }
        return false;
    }
}
