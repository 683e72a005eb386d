// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.events.internal.osgi;

import java.time.Duration;
import java.util.List;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventHandler;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.events.internal.Announcement;

/**
 * Tells everybody who subscribes. Events are posted, never sent: whoever is slow to handle one delays no rollout. Phases end in
 * the middle of a change, where posting wakes a thread each time, so nothing is posted of them while nobody handles events.
 */
@Component(service = ReloadListener.class)
public final class Announcer implements ReloadListener {
    private final EventAdmin events;

    @Reference(
            name = "handlers",
            service = EventHandler.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    private volatile List<ServiceReference<EventHandler>> handlers = List.of();

    /**
     * With who passes it on.
     *
     * @param events delivers on threads of its own
     */
    @Activate
    public Announcer(@Reference(name = "events") EventAdmin events) {
        this.events = events;
    }

    @Override
    public void ended(ReloadResult outcome) {
        post(Announcement.of(outcome));
    }

    @Override
    public void phaseEnded(String cause, String phase, Duration took) {
        if (!handlers.isEmpty()) {
            post(Announcement.of(cause, phase, took));
        }
    }

    private void post(Announcement announcement) {
        events.postEvent(new Event(announcement.topic(), announcement.properties()));
    }
}
