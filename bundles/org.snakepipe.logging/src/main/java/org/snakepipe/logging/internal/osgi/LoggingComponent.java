// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.logging.internal.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.House;
import org.snakepipe.control.Participant;
import org.snakepipe.logging.internal.Logging;

/** The log of pax-logging takes part. It takes another configuration only as a ManagedService: that is called, in settle. */
@Component(service = Participant.class)
public final class LoggingComponent implements Participant {
    private static final String INSTALLED = "org.ops4j.pax.logging.StaticLogbackFile";
    private static final String FILE = "org.ops4j.pax.logging.logback.config.file";

    private final Logging logging;

    /** With the properties of the service: they have the fingerprint. Made on the thread that asks first, which is settle. */
    @Reference(
            name = "configured",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Map.Entry<Map<String, Object>, ConfiguredLogging> configured;

    /**
     * With who writes the log.
     *
     * @param context gives where the files are
     * @param backend of pax-logging
     */
    @Activate
    public LoggingComponent(
            BundleContext context,
            @Reference(name = "backend", target = "(service.pid=org.ops4j.pax.logging)") ManagedService backend) {
        String installed = context.getProperty(INSTALLED);
        logging = new Logging(
                Path.of(installed == null ? "etc/logback.xml" : installed),
                Path.of(context.getProperty(House.DATA)),
                file -> read(backend, file),
                this::configured);
    }

    private static void read(ManagedService backend, Path file) throws IOException {
        Dictionary<String, Object> values = new Hashtable<>(Map.of(FILE, file.toString()));
        try {
            backend.updated(values);
        } catch (ConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Optional<Logging.Configured> configured() {
        Map.Entry<Map<String, Object>, ConfiguredLogging> now = configured;
        return Optional.ofNullable(now)
                .map(one -> new Logging.Configured(
                        String.valueOf(one.getKey().get(House.FINGERPRINT)),
                        one.getValue().settings()));
    }

    @Override
    public String name() {
        return logging.name();
    }

    @Override
    public void hold(long epoch) {
        logging.hold(epoch);
    }

    @Override
    public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
        return logging.settle(epoch, wanted, deadline);
    }

    @Override
    public void release(long epoch) {
        logging.release(epoch);
    }
}
