// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.cm.PersistenceManager;

/**
 * Where ConfigurationAdmin keeps configurations: nowhere that outlasts the process, as the files are the truth. Thread-safe.
 *
 * <p>Felix has such a store of its own, {@code memory}, but keeps no cache over that one and copies every configuration whenever
 * somebody asks for one of them. SCR asks with every change, so that the time to deliver a thousand grew with their square.
 */
final class MemoryStore implements PersistenceManager {
    /** What the framework property {@code felix.cm.pm} says. */
    static final String NAME = "snakepipe";

    private final Map<String, Dictionary<String, Object>> stored = new ConcurrentHashMap<>();

    @Override
    public boolean exists(String pid) {
        return stored.containsKey(pid);
    }

    @Override
    public Dictionary<String, Object> load(String pid) throws IOException {
        Dictionary<String, Object> properties = stored.get(pid);
        if (properties == null) {
            throw new IOException("no configuration is stored for " + pid);
        }
        return copy(properties);
    }

    @Override
    public Enumeration<Dictionary<String, Object>> getDictionaries() {
        return Collections.enumeration(
                stored.values().stream().map(MemoryStore::copy).toList());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public void store(String pid, Dictionary properties) {
        stored.put(pid, copy((Dictionary<String, Object>) properties));
    }

    @Override
    public void delete(String pid) {
        stored.remove(pid);
    }

    private static Dictionary<String, Object> copy(Dictionary<String, Object> properties) {
        Dictionary<String, Object> copy = new Hashtable<>();
        Collections.list(properties.keys()).forEach(key -> copy.put(key, properties.get(key)));
        return copy;
    }
}
