// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.Plan;

/**
 * What waits for somebody to confirm it in a protected environment. The hash and its end are kept over a restart: the same files
 * on the same generation are the same plan, and no restart gives it more time. Used by one thread.
 */
final class Confirmation {
    /** How long a plan can be confirmed. */
    static final Duration TIME = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Confirmation.class);

    private final Storage storage;
    private final Path file;
    private final Clock clock;
    private Optional<Plan> pending = Optional.empty();

    Confirmation(Storage storage, Path data, String environment, Clock clock) {
        this.storage = storage;
        this.file = data.resolve("pending").resolve(environment + ".json");
        this.clock = clock;
    }

    /** Whether nothing may come into force without it. */
    static boolean isNeeded(Generation current) {
        return current.number() > 0 && current.draft().provenance().isGuarded();
    }

    Optional<Plan> pending() {
        return pending;
    }

    /** By when a plan with this hash has to be confirmed that waits from now on, or waits already. */
    Instant end(String hash) {
        try {
            Map<String, Object> json = Json.read(storage, file).orElse(Map.of());
            if (hash.equals(json.get("hash"))) {
                return Instant.parse(Json.text(json.get("expires")));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read: the time to confirm begins anew: {}", file, e.toString());
        }
        return clock.instant().plus(TIME);
    }

    /** A plan waits. */
    void pend(Plan plan) {
        pending = Optional.of(plan);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hash", plan.hash());
        json.put("expires", plan.expires().orElseThrow().toString());
        try {
            Json.write(storage, file, json);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: after a restart the time to confirm begins anew", file, e);
        }
    }

    /** Nothing waits any more. */
    void clear() {
        pending = Optional.empty();
        try {
            storage.delete(file);
        } catch (IOException e) {
            LOG.debug("{} stays; its hash will be nobody's", file, e);
        }
    }

    boolean isExpired(Plan plan) {
        return plan.expires().filter(end -> !clock.instant().isBefore(end)).isPresent();
    }
}
