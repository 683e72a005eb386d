// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;
import org.snakepipe.control.House;
import org.snakepipe.control.OfflinePlatform;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginManager;

/** The bundles of the features in a framework of their own, for one question. */
public final class InstalledPlatform implements OfflinePlatform {
    /** The command line and the room of plugins have to mean the same classes by these. */
    private static final List<String> SHARED = List.of("org.snakepipe.api", "org.snakepipe.control");

    /** The first one that it says less than everything on standard output. */
    private static final List<String> STARTED =
            List.of("org.ops4j.pax.logging.pax-logging-api", "org.apache.felix.scr", "org.snakepipe.plugins");

    private static final long PATIENCE_MILLIS = 5_000;

    @Override
    public <T> T ask(Path installation, Path deploy, Question<T> question) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("snakepipe-offline");
        try {
            Framework framework = framework(installation, deploy, directory);
            try {
                return question.of(plugins(framework, installation, deploy));
            } finally {
                framework.stop();
                framework.waitForStop(PATIENCE_MILLIS);
            }
        } catch (BundleException e) {
            throw new IOException("the bundles of " + installation + " do not start: " + BootCheck.reason(e), e);
        } finally {
            delete(directory);
        }
    }

    private static Framework framework(Path installation, Path deploy, Path directory)
            throws IOException, BundleException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class, InstalledPlatform.class.getClassLoader())
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        directory.resolve("framework").toString(),
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        shared(installation),
                        House.DATA,
                        directory.resolve("data").toString(),
                        House.DEPLOY,
                        deploy.toString(),
                        "felix.log.level",
                        "0",
                        "org.ops4j.pax.logging.DefaultServiceLog.level",
                        "ERROR"));
        framework.start();
        return framework;
    }

    /** What the shared bundles export, said as they say it. */
    private static String shared(Path installation) throws IOException {
        StringBuilder packages = new StringBuilder();
        for (FeatureBundle bundle : Features.read(installation.resolve("features"))) {
            Path jar = installation.resolve("bundles").resolve(bundle.fileName());
            if (SHARED.stream().anyMatch(name -> bundle.fileName().startsWith(name + "-"))) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    packages.append(packages.isEmpty() ? "" : ",")
                            .append(file.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE));
                }
            }
        }
        return packages.toString();
    }

    private static PluginManager plugins(Framework framework, Path installation, Path deploy)
            throws IOException, BundleException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        for (FeatureBundle bundle : Features.read(installation.resolve("features"))) {
            Path jar = installation.resolve("bundles").resolve(bundle.fileName());
            if (!Files.isRegularFile(jar)) {
                throw new IOException(bundle.origin() + " lists " + jar + ", which is not there");
            }
            context.installBundle(jar.toUri().toString());
        }
        framework.adapt(FrameworkWiring.class).resolveBundles(null);
        for (String name : STARTED) {
            for (Bundle bundle : context.getBundles()) {
                if (name.equals(bundle.getSymbolicName())) {
                    bundle.start();
                }
            }
        }
        ServiceReference<PluginManager> reference = context.getServiceReference(PluginManager.class);
        if (reference == null) {
            throw new IOException("the bundles of " + installation + " offer no room of plugins");
        }
        PluginManager plugins = context.getService(reference);
        if (Files.isDirectory(deploy)) {
            install(context, await(plugins.discover(List.of(deploy))));
            framework.adapt(FrameworkWiring.class).resolveBundles(null);
        }
        return plugins;
    }

    /** Those that would be in use: what another one makes superfluous has a reason. */
    private static void install(BundleContext context, List<PluginInfo> dropped) throws IOException {
        for (PluginInfo jar : dropped) {
            if (jar.kind() != Kind.REJECTED && jar.reason().isEmpty()) {
                try (InputStream in = Files.newInputStream(Path.of(jar.file()))) {
                    context.installBundle(House.PLUGIN_LOCATION + jar.digest(), in);
                } catch (BundleException e) {
                    // It would be rejected in the product too, and the others would be there.
                }
            }
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause().getMessage()), e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
