// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.Plan;

/**
 * What waits for somebody to confirm it in a protected environment. Hashes and their ends are kept over a restart: the same files
 * on the same generation are the same plan, and neither a restart nor another plan in between gives it more time. Used by one
 * thread.
 */
final class Confirmation {
    /** How long a plan can be confirmed. */
    static final Duration TIME = Duration.ofDays(7);

    private static final int REMEMBERED = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Confirmation.class);

    private final Storage storage;
    private final Path file;
    private final Clock clock;
    private Optional<Plan> pending = Optional.empty();
    private boolean lost;

    Confirmation(Storage storage, Path data, String name, Clock clock) {
        this.storage = storage;
        this.file = data.resolve("pending").resolve(name + ".json");
        this.clock = clock;
    }

    /** Whether nothing may come into force without it. */
    boolean isNeeded(Generation current) {
        return lost || current.number() > 0 && current.draft().provenance().isGuarded();
    }

    /**
     * Whether this may not come into force without it. What changes nothing that runs may, unless it is what lifts the
     * protection, which has to be confirmed by who may confirm under it.
     */
    boolean isNeededFor(Proposal proposal, Generation current) {
        boolean guarded = proposal.next().draft().provenance().isGuarded();
        return isNeeded(current) && (lost || !proposal.isEmpty() || !guarded);
    }

    /** Nobody knows what was confirmed last: until somebody confirms something, nothing comes into force. */
    void lose() {
        lost = true;
    }

    /** Somebody has said what is to be in force. */
    void find() {
        lost = false;
    }

    /** Whether nobody knows what was confirmed last. */
    boolean isLost() {
        return lost;
    }

    Optional<Plan> pending() {
        return pending;
    }

    /** By when a plan with this hash has to be confirmed, to the second: so long after it first waited, whatever waited since. */
    Instant end(String hash) {
        return Optional.ofNullable(ends().get(hash))
                .orElseGet(() -> clock.instant().plus(TIME).truncatedTo(ChronoUnit.SECONDS));
    }

    /** The plans that wait or waited, on the generation in force, by their hashes, with when their time is over. */
    private Map<String, Instant> ends() {
        Map<String, Instant> ends = new TreeMap<>();
        try {
            Map<String, Object> json = Json.read(storage, file).orElse(Map.of());
            Json.texts(json.get("ends")).forEach((hash, end) -> ends.put(hash, Instant.parse(end)));
            if (json.containsKey("hash")) {
                // As it was written when only one was remembered.
                ends.put(Json.text(json.get("hash")), Instant.parse(Json.text(json.get("expires"))));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read: the time to confirm begins anew: {}", file, e.toString());
        }
        return ends;
    }

    /** A plan waits. Those whose time is over are forgotten: when one comes once more, it is another request. */
    void pend(Plan plan) {
        pending = Optional.of(plan);
        Map<String, Instant> ends = ends();
        ends.values().removeIf(this::isPast);
        ends.put(plan.hash(), plan.expires().orElseThrow());
        while (ends.size() > REMEMBERED) {
            ends.values().remove(Collections.min(ends.values()));
        }
        Map<String, String> texts = new TreeMap<>();
        ends.forEach((hash, end) -> texts.put(hash, end.toString()));
        try {
            Json.write(storage, file, Map.of("ends", texts));
        } catch (IOException e) {
            LOG.warn("{} cannot be written: after a restart the time to confirm begins anew", file, e);
        }
    }

    /** Nothing waits any more, and another generation is in force, on which no plan of before can be confirmed. */
    void end() {
        find();
        clear();
        try {
            storage.delete(file);
        } catch (IOException e) {
            LOG.debug("{} stays; its hashes will be nobody's", file, e);
        }
    }

    /** Nothing waits any more. */
    void clear() {
        pending = Optional.empty();
    }

    private boolean isPast(Instant end) {
        return !clock.instant().isBefore(end);
    }

    boolean isExpired(Plan plan) {
        return plan.expires().filter(this::isPast).isPresent();
    }
}
