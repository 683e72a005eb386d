// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.snakepipe.control.House;

/** The framework from its first property to its last bundle. */
final class Container {
    /** Start level of bundles that nobody gives one, such as those dropped into the deploy directory. */
    private static final int PLUGINS = 3;

    private static final long CONFIGURE_SECONDS = 30;
    private static final long LEVEL_SECONDS = 60;

    private final Framework framework;

    Container(Map<String, String> properties) {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no OSGi framework on the class path"))
                .newFramework(properties);
    }

    /**
     * Installs everything, waits for the first generation, and goes on to the last start level.
     *
     * @param installation where the distribution lies
     * @throws IOException          if a feature file cannot be read, or a bundle is missing, unresolved or not started
     * @throws InterruptedException if the start is interrupted
     */
    void start(Path installation) throws IOException, InterruptedException {
        try {
            framework.init();
            List<Bundle> bundles = install(installation);
            requireResolved(bundles);
            for (Bundle bundle : bundles) {
                if (!isFragment(bundle)) {
                    bundle.start(Bundle.START_ACTIVATION_POLICY);
                }
            }
            FrameworkStartLevel level = framework.adapt(FrameworkStartLevel.class);
            level.setInitialBundleStartLevel(PLUGINS);
            CountDownLatch configured = configured(framework.getBundleContext());
            framework.start();
            if (!configured.await(CONFIGURE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("no configuration came into force within " + CONFIGURE_SECONDS
                        + " s; the log in the data directory says what it waits for");
            }
            raise(level);
            requireStarted(bundles);
        } catch (BundleException e) {
            throw new IOException("the framework does not start: " + e.getMessage(), e);
        }
    }

    private List<Bundle> install(Path installation) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (Features.Entry entry : Features.read(installation.resolve("features"))) {
            Path jar = installation.resolve("bundles").resolve(entry.fileName());
            if (!Files.isRegularFile(jar)) {
                throw new IOException(jar + " is missing: the installation is incomplete, unpack it anew");
            }
            // By reference: the bundle is used where it lies instead of being copied into the cache at each start.
            Bundle bundle =
                    framework.getBundleContext().installBundle("reference:" + jar.toUri());
            bundle.adapt(BundleStartLevel.class).setStartLevel(entry.startLevel());
            bundles.add(bundle);
        }
        return bundles;
    }

    private void requireResolved(List<Bundle> bundles) throws IOException {
        if (framework.adapt(FrameworkWiring.class).resolveBundles(bundles)) {
            return;
        }
        StringBuilder text = new StringBuilder("these bundles of the installation do not resolve:");
        for (Bundle bundle : bundles) {
            if (bundle.getState() == Bundle.INSTALLED) {
                text.append("\n  ").append(bundle.getSymbolicName());
                try {
                    bundle.start(Bundle.START_TRANSIENT);
                } catch (BundleException e) {
                    text.append(": ").append(e.getMessage());
                }
            }
        }
        throw new IOException(text.toString());
    }

    /** Counts down when the Condition comes that says: the first generation is published. */
    private static CountDownLatch configured(BundleContext context) {
        CountDownLatch latch = new CountDownLatch(1);
        String filter = "(osgi.condition.id=" + House.CONFIG_READY + ")";
        ServiceListener listener = event -> latch.countDown();
        try {
            context.addServiceListener(listener, filter);
            if (context.getServiceReferences("org.osgi.service.condition.Condition", filter) != null) {
                latch.countDown();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(filter, e);
        }
        return latch;
    }

    private static void raise(FrameworkStartLevel level) throws InterruptedException, IOException {
        CountDownLatch there = new CountDownLatch(1);
        FrameworkListener listener = event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                there.countDown();
            }
        };
        level.setStartLevel(BootstrapProperties.RUNNING, listener);
        if (!there.await(LEVEL_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("start level " + BootstrapProperties.RUNNING + " is not reached within "
                    + LEVEL_SECONDS + " s; the log in the data directory says where it hangs");
        }
    }

    private static void requireStarted(List<Bundle> bundles) throws IOException {
        List<String> idle = bundles.stream()
                .filter(bundle -> !isFragment(bundle))
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING)
                .map(Bundle::getSymbolicName)
                .toList();
        if (!idle.isEmpty()) {
            throw new IOException("these bundles of the installation did not start: " + String.join(", ", idle)
                    + "; the log in the data directory says why");
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    /**
     * Stops everything in order, the highest start level first.
     *
     * @param seconds how long it may take
     * @return {@code true} when everything stopped in time
     * @throws InterruptedException if the caller is interrupted
     */
    boolean stop(long seconds) throws InterruptedException {
        try {
            framework.stop();
        } catch (BundleException e) {
            throw new IllegalStateException("the framework does not stop: " + e.getMessage(), e);
        }
        return framework.waitForStop(TimeUnit.SECONDS.toMillis(seconds)).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }

    /**
     * Waits until the framework has stopped, whoever stops it.
     *
     * @throws InterruptedException if the caller is interrupted
     */
    void waitForStop() throws InterruptedException {
        framework.waitForStop(0);
    }
}
