// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.Environment;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.Resolution;
import org.snakepipe.schema.Siblings;

/**
 * What the environments beside this one write, for suggestions. They are resolved when something is wrong and not before, and
 * no more than a few. Used by one thread, for one draft.
 */
final class OtherEnvironments implements Siblings {
    private static final int MOST = 24;

    private final EnvironmentManager manager;
    private final ConfigFiles files;
    private final String own;
    private List<Resolution> others;

    /**
     * Those of a directory.
     *
     * @param own the environment that is not asked
     */
    OtherEnvironments(EnvironmentManager manager, ConfigFiles files, String own) {
        this.manager = manager;
        this.files = files;
        this.own = own;
    }

    @Override
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

    private List<Resolution> others() {
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
