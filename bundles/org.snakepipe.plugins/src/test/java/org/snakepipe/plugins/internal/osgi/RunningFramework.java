// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.resolver.Resolver;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.House;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.testing.JarBuilder;
import org.snakepipe.plugins.testing.Probe;

/** A real framework in this JVM, and the services of this room in it. */
final class RunningFramework {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    final Framework framework;
    final PluginStore store;
    final PluginInstaller installer;
    final PluginList list;
    final PluginService service;
    final BundleSchemas schemas;
    private final Map<String, String> deployed = new TreeMap<>();

    RunningFramework(Path directory) throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        directory.resolve("cache").toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        Probe.class.getPackageName() + "," + ConfigId.class.getPackageName(),
                        House.DATA,
                        directory.resolve("data").toString(),
                        House.DEPLOY,
                        directory.resolve("deploy").toString()));
        framework.start();
        store = new PluginStore(context());
        installer = new PluginInstaller(store, context(), PATIENCE);
        list = new PluginList(store, store.deploy());
        service = new PluginService(store, context().getService(context().getServiceReference(Resolver.class)));
        schemas = new BundleSchemas(store);
        Probe.SAID.clear();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Stages a file; from now on it is among what is wanted. */
    void stage(String file, FileContent content) throws PluginRejected {
        installer.stage(file, content);
        deployed.values().removeIf(file::equals);
        deployed.put(content.digest(), file);
    }

    /** Takes a file out of what is wanted. */
    void remove(String file) {
        deployed.values().removeIf(file::equals);
        installer.retain(Set.copyOf(deployed.values()));
    }

    PluginChange prepare() throws PluginRejected {
        return installer.prepare(deployed);
    }

    /** What the rollout does when all goes well. */
    void apply() throws Exception {
        PluginChange change = prepare();
        start(change);
        change.commit();
    }

    static void start(PluginChange change) throws Exception {
        change.stopLeaving();
        change.startArriving(DEADLINE);
    }

    /** A bundle that comes with the product. */
    Bundle ship(String location, FileContent content) throws Exception {
        return context().installBundle(location, new ByteArrayInputStream(content.bytes()));
    }

    /** One called ours, which runs and imports a package. */
    void shipImporter(String imported) throws Exception {
        ship(
                        "file:/ours.jar",
                        JarBuilder.bundle("ours", "1")
                                .header("Import-Package", imported)
                                .content())
                .start();
    }

    List<Bundle> plugins() {
        return Stream.of(context().getBundles()).filter(PluginBundles::isPlugin).toList();
    }

    Bundle only() {
        List<Bundle> plugins = plugins();
        if (plugins.size() != 1) {
            throw new AssertionError("one plugin expected: " + plugins);
        }
        return plugins.get(0);
    }

    Collection<Bundle> removalPending() {
        return framework.adapt(FrameworkWiring.class).getRemovalPendingBundles();
    }

    static String said() throws InterruptedException {
        return Probe.SAID.poll(10, TimeUnit.SECONDS);
    }

    /** What hangs is let go first, and waited for: it still works on the framework. */
    void close() throws Exception {
        service.close();
        Probe.gate.countDown();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("snakepipe ")) {
                thread.join(10_000);
            }
        }
        framework.stop();
        framework.waitForStop(10_000);
    }
}
