// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/**
 * Values of secrets that did not come up: what was opened with the value before goes on with it, and a change of something else
 * does not try the new one again. Known by the fingerprint of the configuration. Used by one thread.
 */
final class HeldSecrets {
    private record Held(String fingerprint, Problem why) {}

    private final Map<ConfigId, Held> held = new TreeMap<>();

    /** Remembers what was only another secret in a change that was taken back. */
    void takeBack(Draft before, Draft after, List<Problem> errors) {
        for (ConfigId id : after.typed().keySet()) {
            if (Plan.isSecretOnly(id, before, after)) {
                String reason =
                        errors.isEmpty() ? "it did not come up" : errors.get(0).message();
                held.put(
                        id,
                        new Held(
                                after.fingerprints().get(id),
                                Problem.error(
                                                "secret.held",
                                                "the new value of a secret of " + id + " did not come up, and the one"
                                                        + " before is used on: " + reason + "; set the secret right")
                                        .id(id)
                                        .build()));
            }
        }
    }

    /** The same draft with the values before of those secrets that are held, as long as they are what they were. */
    Draft applied(Draft current, Draft next) {
        held.entrySet()
                .removeIf(entry ->
                        !entry.getValue().fingerprint.equals(next.fingerprints().get(entry.getKey())));
        Set<ConfigId> ids = new HashSet<>(held.keySet());
        ids.retainAll(current.typed().keySet());
        ids.retainAll(next.typed().keySet());
        return ids.isEmpty() ? next : next.with(ids, current);
    }

    /** What is held, and why. */
    List<Problem> problems() {
        return held.values().stream().map(Held::why).toList();
    }
}
