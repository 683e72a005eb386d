// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.coordinator.Coordination;
import org.osgi.service.coordinator.Coordinator;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.rollout.internal.PublishException;
import org.snakepipe.rollout.internal.Publisher;

/**
 * Writes to ConfigurationAdmin. All PIDs of a change and the barrier go in one Coordination: it does not make the change
 * atomic, nothing does, but it delivers in one go, on one thread. It is never failed: it would deliver all the same.
 */
final class AdminPublisher implements Publisher {
    private static final long BASE_MILLIS = 10_000;
    private static final long PER_PID_MILLIS = 20;

    private final ConfigurationAdmin admin;
    private final Coordinator coordinator;
    private final ComponentLook components;
    private final Barrier barrier;

    AdminPublisher(ConfigurationAdmin admin, Coordinator coordinator, ComponentLook components, Barrier barrier) {
        this.admin = admin;
        this.coordinator = coordinator;
        this.components = components;
        this.barrier = barrier;
    }

    @Override
    public void publish(Map<ConfigId, Map<String, Object>> puts, Set<ConfigId> removals)
            throws PublishException, InterruptedException {
        Coordination coordination = coordinator.begin("snakepipe.rollout", 0);
        try {
            for (ConfigId id : removals) {
                configuration(id).delete();
            }
            for (Map.Entry<ConfigId, Map<String, Object>> entry : puts.entrySet()) {
                configuration(entry.getKey()).updateIfDifferent(new Hashtable<>(entry.getValue()));
            }
            barrier.ring(admin);
        } catch (IOException | IllegalStateException e) {
            throw new PublishException("configuration cannot be written: " + e.getMessage(), e);
        } finally {
            coordination.end();
        }
        barrier.await(BASE_MILLIS + PER_PID_MILLIS * (puts.size() + removals.size()));
    }

    private Configuration configuration(ConfigId id) throws IOException {
        return id.isFactory()
                ? admin.getFactoryConfiguration(id.pid(), id.name(), "?")
                : admin.getConfiguration(id.pid(), "?");
    }

    @Override
    public void barrier() throws PublishException, InterruptedException {
        try {
            barrier.ring(admin);
        } catch (IOException e) {
            throw new PublishException("configuration cannot be written: " + e.getMessage(), e);
        }
        barrier.await(BASE_MILLIS);
    }

    @Override
    public Map<ConfigId, String> look(Map<ConfigId, Map<String, Object>> wanted) {
        return components.look(wanted);
    }
}
