// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigSet;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Severity;
import org.snakepipe.schema.internal.rule.CheckedSet;
import org.snakepipe.schema.internal.rule.LoadedRule;

/**
 * Runs the rules of plugins, each on a thread that is given up when it takes too long. Without state; from any thread.
 */
public final class RuleCheck {
    private static final int MOST_LETTERS = 1000;

    private RuleCheck() {}

    /**
     * Runs all rules at the same time. A rule that fails, or does not come to an end, brings a warning: it says nothing about
     * the configuration, which is checked again when it comes up.
     *
     * @param rules   of the bundles of the candidate
     * @param values  id to the values that the layers give it, of the whole candidate
     * @param checked id to the result of its check; without the configurations that no plugin knows
     * @param schemas PID to its schema
     * @param limit   how long all of them may take together
     * @return what they found, with places; and what became of those that failed
     * @throws InterruptedException if the caller is to stop; the rules are given up
     */
    public static List<Problem> run(
            Collection<RuleSource> rules,
            Map<ConfigId, Map<String, ConfigValue>> values,
            Map<ConfigId, ValidationResult> checked,
            Map<String, Schema> schemas,
            Duration limit)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<Problem> problems = new ArrayList<>();
        if (rules.stream().allMatch(RuleSource::isEmpty)) {
            return problems;
        }
        ConfigSet set = CheckedSet.of(values.keySet(), checked, schemas);
        List<Running> running = new ArrayList<>();
        for (RuleSource source : rules) {
            for (LoadedRule rule : source.rules()) {
                running.add(new Running(source.bundle(), rule, rule.begin(set, end - System.nanoTime())));
            }
        }
        for (Running one : running) {
            for (Problem problem : one.problems(end - System.nanoTime(), limit)) {
                problems.add(placed(problem, values));
            }
        }
        return problems;
    }

    private record Running(String bundle, LoadedRule rule, Optional<LoadedRule.Run> run) {
        List<Problem> problems(long nanos, Duration limit) throws InterruptedException {
            if (run.isEmpty()) {
                return List.of(failed("rule.timeout", "is still busy with an earlier check"));
            }
            try {
                return run.get().problems(nanos);
            } catch (ExecutionException e) {
                return List.of(failed("rule.failed", "fails: " + e.getCause()));
            } catch (TimeoutException e) {
                return List.of(failed("rule.timeout", "has not come to an end after " + limit.toMillis() + " ms"));
            }
        }

        private Problem failed(String code, String what) {
            return Problem.warning(
                            code,
                            shortened("the rule " + rule.name() + " of " + bundle + " " + what)
                                    + "; the configuration is not checked by it")
                    .build();
        }
    }

    /** The problem with the place of its key; a rule does not know places. */
    private static Problem placed(Problem problem, Map<ConfigId, Map<String, ConfigValue>> values) {
        Problem.Builder placed = problem.severity() == Severity.ERROR
                ? Problem.error(problem.code(), shortened(problem.message()))
                : Problem.warning(problem.code(), shortened(problem.message()));
        problem.id().ifPresent(placed::id);
        problem.key().ifPresent(placed::key);
        problem.origin().or(() -> origin(problem, values)).ifPresent(placed::at);
        return placed.fixes(problem.fixes()).build();
    }

    private static Optional<Origin> origin(Problem problem, Map<ConfigId, Map<String, ConfigValue>> values) {
        Map<String, ConfigValue> keys = problem.id().map(values::get).orElse(Map.of());
        return problem.key()
                .map(keys::get)
                .or(() -> keys.values().stream().findFirst())
                .map(ConfigValue::origin);
    }

    private static String shortened(String message) {
        return message.length() > MOST_LETTERS ? message.substring(0, MOST_LETTERS) + "..." : message;
    }
}
