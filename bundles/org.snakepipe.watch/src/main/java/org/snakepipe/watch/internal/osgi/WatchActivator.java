// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;
import org.snakepipe.control.ChangeListener;
import org.snakepipe.control.House;
import org.snakepipe.control.WatchSource;
import org.snakepipe.watch.internal.RootWatch;
import org.snakepipe.watch.internal.RootWatches;

/**
 * Starts and ends the watching. An activator and not a component: the claim must exist before FileInstall and before SCR, and
 * must outlive FileInstall's directories, while a component's service is unregistered before the component is deactivated.
 * This bundle is never updated in a running framework, for the same reason.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class WatchActivator implements BundleActivator {
    /** Not asked of the tracker: that knows a service only after the ring that its coming is. The highest ranking is last. */
    private final NavigableMap<ServiceReference<ChangeListener>, ChangeListener> present =
            new ConcurrentSkipListMap<>();

    private RootWatches watches;
    private FileInstallBell bell;
    private ServiceRegistration<ArtifactInstaller> claim;
    private ServiceTracker<ChangeListener, ChangeListener> listeners;
    private ServiceTracker<ConfigurationAdmin, FileInstallDirectories> directories;

    @Override
    public void start(BundleContext context) throws IOException {
        // Not made when it is missing: it may be a volume that is not mounted, and must not seem to be there and empty.
        Path config = Path.of(property(context, House.CONFIG)).toAbsolutePath();
        Path deploy = directory(context, House.DEPLOY);
        Path data = directory(context, House.DATA);
        Path overrides = Files.createDirectories(data.resolve("overrides"));
        Path temporary = Files.createDirectories(data.resolve("fileinstall-tmp"));
        Files.createDirectories(data.resolve("idle"));

        listeners = new ServiceTracker<>(context, ChangeListener.class, null) {
            @Override
            public ChangeListener addingService(ServiceReference<ChangeListener> reference) {
                ChangeListener listener = super.addingService(reference);
                present.put(reference, listener);
                watches.ring();
                return listener;
            }

            @Override
            public void removedService(ServiceReference<ChangeListener> reference, ChangeListener listener) {
                present.remove(reference);
                super.removedService(reference, listener);
            }
        };
        watches = RootWatches.of(config, deploy, overrides, this::listener);
        bell = new FileInstallBell(List.of(temporary));
        claim = context.registerService(
                ArtifactInstaller.class, bell, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, Integer.MAX_VALUE)));
        context.registerService(WatchSource.class, watches, null);
        listeners.open();
        watches.start();
        directories = new ServiceTracker<>(context, ConfigurationAdmin.class, null) {
            @Override
            public FileInstallDirectories addingService(ServiceReference<ConfigurationAdmin> reference) {
                FileInstallDirectories made =
                        new FileInstallDirectories(context, context.getService(reference), temporary);
                watches.onChange(() -> watchWith(made));
                return made;
            }

            @Override
            public void removedService(ServiceReference<ConfigurationAdmin> reference, FileInstallDirectories made) {
                watches.onChange(() -> {});
                made.goodbye();
                context.ungetService(reference);
            }
        };
        directories.open();
    }

    private ChangeListener listener() {
        Map.Entry<ServiceReference<ChangeListener>, ChangeListener> highest = present.lastEntry();
        return highest == null ? null : highest.getValue();
    }

    private static Path directory(BundleContext context, String property) throws IOException {
        return Files.createDirectories(Path.of(property(context, property))).toRealPath();
    }

    private static String property(BundleContext context, String property) throws IOException {
        String path = context.getProperty(property);
        if (path == null) {
            throw new IOException("the framework property " + property + " is not set: the launcher sets it");
        }
        return path;
    }

    private void watchWith(FileInstallDirectories made) {
        watches.each((root, watch) -> {
            // A link may lead elsewhere than before.
            Path directory = root.path().toRealPath();
            bell.claim(directory, watch::ring);
            made.watch(
                    root.kind().name().toLowerCase(java.util.Locale.ROOT),
                    directory,
                    root.recursive(),
                    (int) poll(watch).toMillis(),
                    identity(directory));
        });
    }

    /** FileInstall is the second bell; where ours is not heard, it must not be slow, nor so fast that it storms. */
    private static Duration poll(RootWatch watch) {
        return watch.isHardOfHearing() ? Duration.ofSeconds(5) : Duration.ofSeconds(1);
    }

    private static String identity(Path path) throws IOException {
        return Files.readAttributes(path, "unix:dev,ino").toString();
    }

    @Override
    public void stop(BundleContext context) {
        directories.close();
        claim.unregister();
        listeners.close();
        watches.close();
    }
}
