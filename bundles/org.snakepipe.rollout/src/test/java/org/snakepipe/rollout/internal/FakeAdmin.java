// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.House;

/** ConfigurationAdmin and components as the rollout sees them. A component whose {@code mood} is "bad" does not come up. */
final class FakeAdmin implements Publisher {
    final Map<ConfigId, Map<String, Object>> published = new ConcurrentSkipListMap<>();
    volatile int refusals;

    /** Hears of each step before it is taken, and may throw. */
    volatile Consumer<String> step = name -> {};

    /** A PID none of which comes up with values that it has not come up with before. */
    volatile String broken = "";

    /** A PID none of which comes up any more. */
    volatile String dead = "";

    private final Map<ConfigId, Set<Map<String, Object>>> well = new TreeMap<>();

    @Override
    public void publish(Map<ConfigId, Map<String, Object>> puts, Set<ConfigId> removals) throws PublishException {
        step.accept("publish");
        if (refusals > 0) {
            refusals--;
            throw new PublishException("the dispatcher hangs", null);
        }
        removals.forEach(published::remove);
        published.putAll(puts);
    }

    @Override
    public void barrier() {
        step.accept("barrier");
    }

    @Override
    public Set<ConfigId> silent(Set<ConfigId> ids) {
        step.accept("silent");
        return ids;
    }

    /** Nothing here is a service: all of it has to be looked at. */
    @Override
    public Set<ConfigId> offered(Map<ConfigId, Map<String, Object>> wanted) {
        return Set.of();
    }

    @Override
    public Map<ConfigId, String> look(Map<ConfigId, Map<String, Object>> wanted) {
        step.accept("look");
        Map<ConfigId, String> wrong = new TreeMap<>();
        wanted.forEach((id, values) -> {
            Set<Map<String, Object>> before = well.computeIfAbsent(id, key -> new HashSet<>());
            boolean known = before.contains(values) || !id.pid().equals(broken);
            if ("bad".equals(values.get("mood")) || !known || id.pid().equals(dead)) {
                wrong.put(id, "in no mood to start");
            } else {
                before.add(values);
            }
        });
        return wrong;
    }

    /** What somebody else has written, and nobody has looked at yet. */
    final Set<String> touched = ConcurrentHashMap.newKeySet();

    @Override
    public Map<String, Optional<Map<String, Object>>> foreign() {
        Map<String, Optional<Map<String, Object>>> foreign = new TreeMap<>();
        List.copyOf(touched).forEach(pid -> {
            touched.remove(pid);
            foreign.put(pid, Optional.ofNullable(published.get(ConfigId.parse(pid))));
        });
        return foreign;
    }

    @Override
    public Map<String, Optional<Map<String, Object>>> now(Set<String> pids) {
        Map<String, Optional<Map<String, Object>>> now = new TreeMap<>();
        pids.forEach(pid -> now.put(pid, Optional.ofNullable(published.get(ConfigId.parse(pid)))));
        return now;
    }

    /** Those of ours are known by their fingerprint. */
    @Override
    public Set<ConfigId> left(Known thirds) throws InterruptedException {
        Set<ConfigId> left = new TreeSet<>(thirds.ids());
        left.retainAll(published.keySet());
        published.forEach((id, values) -> {
            if (values.containsKey(House.FINGERPRINT)) {
                left.add(id);
            }
        });
        return left;
    }

    @Override
    public void delete(Set<String> pids) {
        pids.forEach(pid -> published.remove(ConfigId.parse(pid)));
    }

    /** Somebody else writes. */
    void write(String pid, Map<String, Object> values) {
        published.put(ConfigId.parse(pid), values);
        touched.add(pid);
    }

    /** Somebody else deletes. */
    void erase(String pid) {
        published.remove(ConfigId.parse(pid));
        touched.add(pid);
    }
}
