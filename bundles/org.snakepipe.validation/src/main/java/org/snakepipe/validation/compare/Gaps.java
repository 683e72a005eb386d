// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.environment.Resolution;

/** What one environment has and another one has not. Without state. */
final class Gaps {
    private Gaps() {}

    /**
     * One thing that is missing.
     *
     * @param id    the configuration
     * @param key   the key; empty when the whole configuration is missing
     * @param place where it is written; empty for a configuration without keys
     * @param unset where the other environment takes it away; empty when it says nothing of it
     */
    record Gap(ConfigId id, Optional<String> key, Optional<Origin> place, Optional<Origin> unset) {
        @Override
        public String toString() {
            return id + key.map(name -> " " + name).orElse("");
        }
    }

    /** Sorted by id and key. What may be in a file that cannot be read is not missed. */
    static List<Gap> between(Directory directory, Resolution has, Resolution lacks) {
        List<Gap> gaps = new ArrayList<>();
        has.values().forEach((id, values) -> {
            Map<String, ConfigValue> others = lacks.values().get(id);
            if (values == others || directory.isUnsure(lacks, id)) {
                return;
            }
            if (others == null) {
                Optional<Origin> place = values.values().stream().findFirst().map(ConfigValue::origin);
                gaps.add(new Gap(id, Optional.empty(), place, Optional.empty()));
                return;
            }
            values.forEach((key, value) -> {
                if (!others.containsKey(key)) {
                    Optional<Origin> unset = lacks.written(id, key).map(ConfigValue::origin);
                    gaps.add(new Gap(id, Optional.of(key), Optional.of(value.origin()), unset));
                }
            });
        });
        return gaps;
    }
}
