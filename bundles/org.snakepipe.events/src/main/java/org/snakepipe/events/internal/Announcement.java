// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.events.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ReloadResult;

/**
 * What is told of a rollout. The values are of types that a filter can speak of; secrets are masked, as in receipts.
 *
 * @param topic      where it is told
 * @param properties name to a text, a number, or an array of texts
 */
public record Announcement(String topic, Map<String, Object> properties) {
    private static final String TOPICS = "org/snakepipe/rollout/";

    /** Copies the properties. */
    public Announcement {
        properties = Map.copyOf(properties);
    }

    /**
     * The end of a rollout.
     *
     * @param outcome its receipt
     * @return with a topic for each status
     */
    public static Announcement of(ReloadResult outcome) {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("status", outcome.status().name());
        properties.put("generation", outcome.generation());
        properties.put("previous", outcome.previous());
        properties.put("cause", outcome.cause());
        properties.put("author", outcome.author());
        properties.put("changes", texts(outcome.changes()));
        properties.put("problems", texts(outcome.problems()));
        properties.put(
                "problem.codes",
                texts(outcome.problems().stream()
                        .map(Problem::code)
                        .distinct()
                        .sorted()
                        .toList()));
        properties.put("files.held", texts(outcome.held()));
        properties.put("files.waiting", texts(outcome.waiting()));
        outcome.hash().ifPresent(hash -> properties.put("hash", hash));
        properties.put("duration.ms", outcome.total().toMillis());
        properties.put("timestamp", outcome.at().toEpochMilli());
        return new Announcement(TOPICS + outcome.status().name(), properties);
    }

    /**
     * The end of a phase.
     *
     * @param cause what asked for the rollout
     * @param phase its name
     * @param took  how long it took
     * @return with one topic for all
     */
    public static Announcement of(String cause, String phase, Duration took) {
        return new Announcement(
                TOPICS + "PHASE", Map.of("cause", cause, "phase", phase, "duration.us", took.toNanos() / 1_000));
    }

    private static String[] texts(Collection<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }
}
