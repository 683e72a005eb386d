// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** The process of {@link FileInstall}: starts the framework and its bundles, and waits for its end. */
public final class BareFramework {
    private static final List<String> BUNDLES = List.of(
            "org.osgi.util.function.jar",
            "org.apache.felix.configadmin.jar",
            "org.apache.felix.fileinstall.jar",
            "org.snakepipe.benchmark.managed.jar");

    private BareFramework() {}

    /**
     * Starts it.
     *
     * @param arguments home, and directory of the bundles
     * @throws BundleException      if a bundle does not start
     * @throws InterruptedException if the process is to end
     */
    public static void main(String[] arguments) throws BundleException, InterruptedException {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                                Path.of(arguments[0], "cache").toString(),
                        "org.osgi.framework.storage.clean", "onFirstInit",
                        "felix.fileinstall.dir", System.getProperty("felix.fileinstall.dir")));
        framework.start();
        for (String bundle : BUNDLES) {
            framework
                    .getBundleContext()
                    .installBundle(Path.of(arguments[1], bundle).toUri().toString())
                    .start();
        }
        framework.waitForStop(0);
    }
}
