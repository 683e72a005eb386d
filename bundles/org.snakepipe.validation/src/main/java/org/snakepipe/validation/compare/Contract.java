// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;

/** One contract, as it is written. */
sealed interface Contract {
    /** Where it begins. */
    Origin origin();

    /** The environments that have to keep it. */
    List<Name> environments();

    /** The name of an environment. */
    record Name(String text, Origin origin) {}

    /** A configuration, or a key of it. */
    record Subject(ConfigId id, Optional<String> key, Origin origin) {
        @Override
        public String toString() {
            return id + key.map(name -> " " + name).orElse("");
        }
    }

    /** Each of the environments has what the others have, but for the exceptions. */
    record EveryKey(Origin origin, List<Name> environments, List<Name> others, List<Subject> except)
            implements Contract {}

    /** No two of the environments have the same value. */
    record Differ(Origin origin, List<Name> environments, List<Subject> keys) implements Contract {}
}
