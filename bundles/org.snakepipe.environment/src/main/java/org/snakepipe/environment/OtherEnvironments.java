// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;

/**
 * What the environments beside one write, for suggestions. They are resolved when somebody asks and not before, and no more
 * than {@value #MOST} of them. Thread-safe.
 */
public final class OtherEnvironments {
    private static final int MOST = 24;

    private final EnvironmentManager manager;
    private final ConfigFiles files;
    private final String own;
    private List<Resolution> others;

    /**
     * Those of a directory.
     *
     * @param manager resolves them
     * @param files   of the directory
     * @param own     the environment that is not asked
     */
    public OtherEnvironments(EnvironmentManager manager, ConfigFiles files, String own) {
        this.manager = manager;
        this.files = files;
        this.own = own;
    }

    /**
     * What they write for a key.
     *
     * @param id  of the configuration
     * @param key one of its keys
     * @return values as they are written, the most frequent first; empty when none of them has the key
     */
    public List<String> values(ConfigId id, String key) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Resolution other : others()) {
            other.written(id, key)
                    .filter(value -> value.raw() instanceof String)
                    .ifPresent(value -> counts.merge(value.raw().toString(), 1, Integer::sum));
        }
        List<String> values = new ArrayList<>(counts.keySet());
        values.sort(Comparator.comparing(counts::get, Comparator.reverseOrder()));
        return values;
    }

    private synchronized List<Resolution> others() {
        if (others == null) {
            others = manager.environments(files).list().stream()
                    .map(Environment::name)
                    .filter(name -> !name.equals(own))
                    .limit(MOST)
                    .map(name -> manager.resolve(files, name))
                    .toList();
        }
        return others;
    }
}
