// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.Resolution;

/**
 * All configurations of one environment, checked. Immutable.
 *
 * @param resolution     where the values come from
 * @param configurations what became of each, sorted by id; one that has an error and no schema could take is not among them
 * @param problems       everything that is wrong, with files and with configurations
 */
public record ValidatedConfig(Resolution resolution, Map<ConfigId, Checked> configurations, List<Problem> problems) {
    /** Copies. */
    public ValidatedConfig {
        configurations = Collections.unmodifiableMap(new TreeMap<>(configurations));
        problems = List.copyOf(problems);
    }

    /**
     * What became of one configuration.
     *
     * @param typed   what ConfigurationAdmin is to be given; empty when there is an error or it waits
     * @param waiting why it waits; empty when it does not
     * @param values  the values in force, defaults too; secrets masked, and everything when nobody knows which are secret
     * @param secrets the keys that are secret, and beside such keys those that nobody knows
     */
    public record Checked(
            Optional<Map<String, Object>> typed, String waiting, Map<String, ConfigValue> values, Set<String> secrets) {
        /** Checks that nothing is missing. */
        public Checked {
            Objects.requireNonNull(typed, "typed");
            Objects.requireNonNull(waiting, "waiting");
            secrets = Set.copyOf(secrets);
        }

        Checked withoutTyped() {
            return new Checked(Optional.empty(), waiting, values, secrets);
        }
    }
}
