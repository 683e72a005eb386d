// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.EnvironmentInfo;

/** Where the values of a draft come from. From any thread. */
interface Provenance {
    /** Of no values. */
    Provenance NONE = new Provenance() {
        @Override
        public List<String> sources(ConfigId id) {
            return List.of();
        }

        @Override
        public Map<ConfigId, Problem> doubts() {
            return Map.of();
        }

        @Override
        public List<String> noEffect(String path) {
            return List.of();
        }

        @Override
        public boolean counts(String path) {
            return true;
        }

        @Override
        public List<EnvironmentInfo> environments() {
            return List.of();
        }

        @Override
        public Optional<Instant> nextExpiry() {
            return Optional.empty();
        }

        @Override
        public boolean isGuarded() {
            return false;
        }
    };

    /** The files that say something of a configuration, the lowest layer first. */
    List<String> sources(ConfigId id);

    /** Configurations that may not be what they seem, because something that may speak of them cannot be read. */
    Map<ConfigId, Problem> doubts();

    /** Whether the environment stands on the layer of a file. */
    boolean counts(String path);

    /** What of a file has no effect, a sentence each. */
    List<String> noEffect(String path);

    /** All environments; their descriptions are read when somebody asks. */
    List<EnvironmentInfo> environments();

    /** When an override ends, so that the values are others. */
    Optional<Instant> nextExpiry();

    /** Whether the environment is protected, and nothing comes into force before somebody has confirmed it. */
    boolean isGuarded();
}
