// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal.osgi;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.SecretListener;
import org.snakepipe.control.SecretProvider;
import org.snakepipe.secrets.internal.Pace;
import org.snakepipe.secrets.internal.SecretDirectories;
import org.snakepipe.secrets.internal.SecretFiles;

/** Watches while somebody uses the service. */
@Component(service = SecretProvider.class, property = "service.ranking:Integer=100")
public final class SecretFilesComponent implements SecretProvider {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFilesComponent.class);

    private final BundleContext context;
    private final SecretFiles files;

    /** References, not services: who listens also asks, and services would be a circle while the two activate. */
    @Reference(
            name = "listeners",
            service = SecretListener.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    private volatile List<ServiceReference<SecretListener>> listeners = List.of();

    /** Does nothing before the first question. */
    @Activate
    public SecretFilesComponent(BundleContext context) {
        this(context, SecretDirectories.of(System.getenv(SecretDirectories.VARIABLE)), Pace.USUAL);
    }

    SecretFilesComponent(BundleContext context, SecretDirectories directories, Pace pace) {
        this.context = context;
        this.files = new SecretFiles(directories, pace, this::tell);
    }

    SecretFilesComponent listeners(List<ServiceReference<SecretListener>> all) {
        listeners = all;
        return this;
    }

    private void tell() {
        listeners.forEach(this::tell);
    }

    /** The listener is foreign code, and may be going: what is thrown must not end the watching. */
    private void tell(ServiceReference<SecretListener> reference) {
        try {
            SecretListener listener = context.getService(reference);
            if (listener != null) {
                listener.changed();
                context.ungetService(reference);
            }
        } catch (RuntimeException e) {
            LOG.error("A listener failed to take that secrets have changed", e);
        }
    }

    @Override
    public String name() {
        return files.name();
    }

    @Override
    public Optional<String> secret(String name) throws IOException {
        return files.secret(name);
    }

    @Override
    public Collection<String> names() {
        return files.names();
    }

    @Deactivate
    void close() {
        files.close();
    }
}
