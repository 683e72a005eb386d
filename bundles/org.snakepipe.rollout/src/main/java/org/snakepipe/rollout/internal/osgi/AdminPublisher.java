// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.coordinator.Coordination;
import org.osgi.service.coordinator.Coordinator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.House;
import org.snakepipe.rollout.internal.PublishException;
import org.snakepipe.rollout.internal.Publisher;

/**
 * Writes to ConfigurationAdmin. All PIDs of a change and the barrier go in one Coordination: it does not make the change
 * atomic, nothing does, but it delivers in one go, on one thread. It is never failed: it would deliver all the same.
 */
final class AdminPublisher implements Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(AdminPublisher.class);
    /** What ConfigurationAdmin adds. */
    private static final Set<String> ADDED = Set.of(Constants.SERVICE_PID, ConfigurationAdmin.SERVICE_FACTORYPID);

    private static final long PER_PID_MILLIS = 20;

    private final ConfigurationAdmin admin;
    private final Coordinator coordinator;
    private final ComponentLook components;
    private final OfferedServices services;
    private final Barrier barrier;
    private final DriftBell bell;
    private final long patience;

    /** @param patience how long it may take until everybody has been told, in milliseconds; more for each PID */
    AdminPublisher(
            ConfigurationAdmin admin,
            Coordinator coordinator,
            ComponentLook components,
            OfferedServices services,
            Barrier barrier,
            DriftBell bell,
            long patience) {
        this.admin = admin;
        this.coordinator = coordinator;
        this.components = components;
        this.services = services;
        this.barrier = barrier;
        this.bell = bell;
        this.patience = patience;
    }

    @Override
    public void publish(Map<ConfigId, Map<String, Object>> puts, Set<ConfigId> removals)
            throws PublishException, InterruptedException {
        Set<String> own = new TreeSet<>();
        puts.keySet().forEach(id -> own.add(id.toString()));
        removals.forEach(id -> own.add(id.toString()));
        bell.writing(own);
        try {
            write(puts, removals);
            barrier.await(patience + PER_PID_MILLIS * (puts.size() + removals.size()));
        } finally {
            bell.ended();
        }
    }

    private void write(Map<ConfigId, Map<String, Object>> puts, Set<ConfigId> removals) throws PublishException {
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
    }

    @Override
    public Map<String, Optional<Map<String, Object>>> foreign() {
        return now(bell.drain());
    }

    @Override
    public Map<String, Optional<Map<String, Object>>> now(Set<String> pids) {
        Map<String, Optional<Map<String, Object>>> now = new TreeMap<>();
        for (String pid : pids) {
            Dictionary<String, Object> properties =
                    find(pid).map(Configuration::getProperties).orElse(null);
            if (properties == null) {
                now.put(pid, Optional.empty());
                continue;
            }
            Map<String, Object> values = new TreeMap<>();
            Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
            values.keySet().removeAll(ADDED);
            now.put(pid, Optional.of(values));
        }
        return now;
    }

    @Override
    public Set<ConfigId> left(Known thirds) throws InterruptedException {
        Set<ConfigId> left = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        for (Configuration configuration : list(null)) {
            String pid = configuration.getPid();
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties != null && properties.get(House.FINGERPRINT) != null) {
                left.add(ConfigId.parse(pid));
            } else if (!pid.equals(Barrier.PID)) {
                others.add(pid);
            }
        }
        if (!others.isEmpty()) {
            thirds.ids().stream().filter(id -> others.contains(id.toString())).forEach(left::add);
        }
        return left;
    }

    private Optional<Configuration> find(String pid) {
        return list("(" + Constants.SERVICE_PID + "=" + escaped(pid) + ")").stream()
                .findFirst();
    }

    /** Those that match; {@code null} for all. */
    private List<Configuration> list(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("{} cannot be looked at", filter == null ? "what is configured" : filter, e);
            return List.of();
        }
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\*()])", "\\\\$1");
    }

    @Override
    public void delete(Set<String> pids) throws PublishException {
        bell.writing(pids);
        try {
            for (String pid : pids) {
                Optional<Configuration> found = find(pid);
                if (found.isPresent()) {
                    found.get().delete();
                }
            }
            barrier();
        } catch (IOException | IllegalStateException e) {
            throw new PublishException("configuration cannot be deleted: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            bell.ended();
        }
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
        barrier.await(patience);
    }

    @Override
    public Set<ConfigId> offered(Map<ConfigId, Map<String, Object>> wanted) {
        return services.among(wanted);
    }

    @Override
    public Set<ConfigId> silent(Set<ConfigId> ids) {
        return services.without(ids);
    }

    @Override
    public Map<ConfigId, String> look(Map<ConfigId, Map<String, Object>> wanted) {
        return components.look(wanted);
    }
}
