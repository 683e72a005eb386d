// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.osgi;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Resource;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.control.House;
import org.snakepipe.engine.internal.control.Engine;
import org.snakepipe.engine.internal.part.ConstructorException;
import org.snakepipe.engine.internal.part.Part;
import org.snakepipe.engine.internal.part.Parts;
import org.snakepipe.engine.internal.settings.PipelineDefinition;

/**
 * All definitions that are registered, by {@code service.pid}. Keeps references only: SCR registers a service before it
 * constructs it, on the thread that delivers configuration, and no code of a plugin may run there. A tracker and not a
 * component's reference: after a failed constructor SCR unbinds what it never bound.
 */
final class DefinitionTracker implements Parts, ServiceTrackerCustomizer<Object, ServiceReference<Object>> {
    private final BundleContext context;
    private final Map<ConfigId, ServiceReference<Object>> references = new ConcurrentHashMap<>();
    private volatile Engine engine;

    DefinitionTracker(BundleContext context) {
        this.context = context;
    }

    /** Begins to track for an engine. */
    ServiceTracker<Object, ServiceReference<Object>> open(Engine target) {
        engine = target;
        ServiceTracker<Object, ServiceReference<Object>> tracker = new ServiceTracker<>(context, filter(), this);
        tracker.open();
        return tracker;
    }

    private static Filter filter() {
        StringBuilder filter = new StringBuilder("(|");
        for (Class<?> type :
                new Class<?>[] {Source.class, Transform.class, Sink.class, Resource.class, PipelineDefinition.class}) {
            filter.append("(objectClass=").append(type.getName()).append(')');
        }
        try {
            return FrameworkUtil.createFilter(filter.append(')').toString());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<Part> find(ConfigId id) {
        // What is about to go is not there: SCR constructs nothing for a bundle that stops.
        return Optional.ofNullable(references.get(id))
                .filter(reference -> !isLeaving(context.getBundle()) && !isLeaving(reference.getBundle()))
                .map(reference -> new Part(id, fingerprint(reference), reference, () -> construct(id, reference)));
    }

    private Object construct(ConfigId id, ServiceReference<Object> reference) {
        Object definition = context.getService(reference);
        if (definition == null) {
            throw new ConstructorException();
        }
        return definition;
    }

    private static String fingerprint(ServiceReference<?> reference) {
        return String.valueOf(reference.getProperty(House.FINGERPRINT));
    }

    @Override
    public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
        Optional<ConfigId> id = id(reference);
        if (id.isEmpty()) {
            return null;
        }
        references.put(id.get(), reference);
        engine.partsChanged();
        return reference;
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, ServiceReference<Object> tracked) {
        engine.partsChanged();
    }

    @Override
    public void removedService(ServiceReference<Object> reference, ServiceReference<Object> tracked) {
        id(reference).ifPresent(id -> {
            references.remove(id, tracked);
            if (isLeaving(context.getBundle())) {
                // The engine itself stops: it closes all its pipelines, and begins nothing new.
                return;
            }
            if (isLeaving(reference.getBundle())) {
                engine.partLeaving(id);
            } else {
                engine.partsChanged();
            }
        });
    }

    /** SCR takes a service of a bundle that stays only to replace it, or because its configuration has gone. */
    private static boolean isLeaving(Bundle bundle) {
        return bundle == null || (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0;
    }

    private static Optional<ConfigId> id(ServiceReference<?> reference) {
        Object pid = reference.getProperty("service.pid");
        Object first = pid instanceof Collection<?> all && !all.isEmpty()
                ? all.iterator().next()
                : pid;
        if (first instanceof String[] array && array.length > 0) {
            first = array[0];
        }
        try {
            return first instanceof String text ? Optional.of(ConfigId.parse(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
