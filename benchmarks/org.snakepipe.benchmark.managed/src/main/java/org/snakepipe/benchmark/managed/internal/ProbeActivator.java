// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.managed.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ManagedService;

/**
 * The same as the probe sink, for runtimes that are only ConfigurationAdmin: the least that can hear of a configuration, so
 * that a rival is measured at its best.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class ProbeActivator implements BundleActivator, ManagedService {
    /** PID. */
    public static final String PID = "snakepipe.benchmark.probe";

    @Override
    public void start(BundleContext context) {
        context.registerService(ManagedService.class, this, new Hashtable<>(Map.of(Constants.SERVICE_PID, PID)));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the registration back.
    }

    @Override
    public void updated(Dictionary<String, ?> properties) {
        String out = System.getProperty("probe.out");
        if (properties == null || out == null) {
            return;
        }
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        try {
            Files.writeString(
                    Path.of(out),
                    "configured " + properties.get("text") + " " + micros + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
