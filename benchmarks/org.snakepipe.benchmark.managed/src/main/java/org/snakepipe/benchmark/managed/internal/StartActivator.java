// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.managed.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Tells that its bundle has started. The benchmark puts its class file into the jars that it drops. */
public final class StartActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) throws IOException {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        Files.writeString(
                Path.of(System.getProperty("probe.out")),
                "configured " + context.getBundle().getSymbolicName() + "_"
                        + context.getBundle().getVersion() + " " + micros + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing is open.
    }
}
