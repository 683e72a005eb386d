// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigRule;
import org.snakepipe.api.config.ConfigSet;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

/** What the keys of a pipeline have to do with each other. */
public final class PipelineRule implements ConfigRule {
    private static final String SINKS = "sinks";
    private static final String BEST_EFFORT = "best.effort.sinks";
    private static final String ON_ERROR = "on.error";
    private static final List<String> LISTS = List.of("transforms", SINKS, BEST_EFFORT);
    /** Each key has at least the value of the key it is listed with. */
    private static final Map<String, String> WAITS =
            Map.of("retry.min", "retry.max", "breaker.wait.min", "breaker.wait.max");

    @Override
    public List<Problem> check(ConfigSet configurations) {
        List<Problem> problems = new ArrayList<>();
        for (ConfigId id : configurations.ids(PipelineDefinition.PID)) {
            LISTS.forEach(key -> repeated(configurations, id, key, problems));
            both(configurations, id, problems);
            rejects(configurations, id, problems);
            WAITS.forEach((least, most) -> range(configurations, id, least, most, problems));
        }
        return problems;
    }

    private static void repeated(ConfigSet configurations, ConfigId id, String key, List<Problem> problems) {
        List<String> texts = configurations.texts(id, key);
        Set<String> seen = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (String text : texts) {
            if (!seen.add(text) && told.add(text)) {
                problems.add(Problem.error(
                                "pipeline.repeated", key + ": " + text + " is named twice (allowed: each id once)")
                        .id(id)
                        .key(key)
                        .fixes(List.of(Fix.replace(String.join(", ", seenOnce(texts)))))
                        .build());
            }
        }
    }

    private static List<String> seenOnce(List<String> texts) {
        return texts.stream().distinct().toList();
    }

    private static void both(ConfigSet configurations, ConfigId id, List<Problem> problems) {
        List<String> bestEffort = configurations.texts(id, BEST_EFFORT);
        List<String> required = configurations.texts(id, SINKS);
        List<String> left = bestEffort.stream()
                .distinct()
                .filter(sink -> !required.contains(sink))
                .toList();
        for (String sink : seenOnce(bestEffort)) {
            if (required.contains(sink)) {
                problems.add(Problem.error(
                                "pipeline.both",
                                BEST_EFFORT + ": " + sink + " is one of sinks too, which the pipeline waits for"
                                        + " (allowed: one of both)")
                        .id(id)
                        .key(BEST_EFFORT)
                        .fixes(List.of(left.isEmpty() ? Fix.remove() : Fix.replace(String.join(", ", left))))
                        .build());
            }
        }
    }

    /** Rejected records have to arrive somewhere: who takes them is waited for. */
    private static void rejects(ConfigSet configurations, ConfigId id, List<Problem> problems) {
        List<String> bestEffort = configurations.texts(id, BEST_EFFORT);
        for (String target : configurations.texts(id, ON_ERROR)) {
            if (bestEffort.contains(target)) {
                problems.add(Problem.error(
                                "pipeline.rejects",
                                ON_ERROR + ": " + target + " is one of best.effort.sinks, which may miss records, and"
                                        + " a rejected record has to be kept (allowed: quarantine, stop, skip, or the id"
                                        + " of another sink)")
                        .id(id)
                        .key(ON_ERROR)
                        .build());
            }
        }
    }

    private static void range(
            ConfigSet configurations, ConfigId id, String least, String most, List<Problem> problems) {
        List<Long> from = numbers(configurations.texts(id, least));
        List<Long> to = numbers(configurations.texts(id, most));
        if (from.size() == 1 && to.size() == 1 && from.get(0) > to.get(0)) {
            problems.add(Problem.error(
                            "pipeline.wait",
                            least + " = " + from.get(0) + " ms is more than " + most + " = " + to.get(0)
                                    + " ms (allowed: at most as much)")
                    .id(id)
                    .key(least)
                    .build());
        }
    }

    /** What is no number the schema has refused. */
    private static List<Long> numbers(List<String> texts) {
        try {
            return texts.stream().map(Long::valueOf).toList();
        } catch (NumberFormatException refused) {
            return List.of();
        }
    }
}
