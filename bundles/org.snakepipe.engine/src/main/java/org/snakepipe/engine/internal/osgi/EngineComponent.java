// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.util.tracker.ServiceTracker;
import org.snakepipe.control.House;
import org.snakepipe.control.Participant;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.Secrets;
import org.snakepipe.engine.internal.control.Engine;

/** The engine as a service: of those who ask, and of the rollout. */
@Component(
        immediate = true,
        service = {})
public final class EngineComponent {
    private final Engine engine;
    /** The rollout provides it; it may be replaced while pipelines run. */
    @Reference(name = "secrets", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Secrets secrets;

    private final ServiceTracker<Object, ServiceReference<Object>> tracker;
    private final List<ServiceRegistration<?>> registrations;

    /**
     * Begins to track definitions; nothing is opened before the first settle.
     *
     * @param context of this bundle
     */
    @Activate
    public EngineComponent(BundleContext context) {
        String data = context.getProperty(House.DATA);
        DefinitionTracker definitions = new DefinitionTracker(context);
        engine = new Engine(
                Path.of(data == null ? "data" : data).toAbsolutePath(),
                definitions,
                this::fill,
                context.getProperty(House.ONCE) != null);
        tracker = definitions.open(engine);
        registrations = List.of(
                context.registerService(Participant.class, engine, null),
                context.registerService(Pipelines.class, engine.desk(), null));
    }

    private String fill(String word) throws IOException {
        Secrets present = secrets;
        if (present == null) {
            throw new IOException("nobody is there who knows secrets");
        }
        return present.fill(word);
    }

    /** Lets everything arrive, and closes. */
    @Deactivate
    public void close() {
        registrations.forEach(ServiceRegistration::unregister);
        engine.close();
        tracker.close();
    }
}
