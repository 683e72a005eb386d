// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.CheckContext;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginCheck;

/**
 * Asks the checks of plugins about what would be another. Each runs on a thread of its own that can be left behind: one that
 * never returns costs a thread, and the change its deadline. Used by one thread.
 */
final class Checker {
    private static final Logger LOG = LoggerFactory.getLogger(Checker.class);

    private final Installer installer;
    private final SecretWords secrets;
    private final ServiceSource services;
    private final Path data;
    private final Duration deadline;
    private final StoppedBundles stopped;

    /** @param deadline for all checks of a change together */
    Checker(
            Installer installer,
            SecretWords secrets,
            ServiceSource services,
            StoppedBundles stopped,
            Path data,
            Duration deadline) {
        this.installer = installer;
        this.secrets = secrets;
        this.services = services;
        this.stopped = stopped;
        this.data = data;
        this.deadline = deadline;
    }

    private record Asked(ConfigId id, PluginCheck check, ForeignCall<List<Problem>> call) {}

    /**
     * Asks. Gives what is wrong; an error is a veto.
     *
     * @param strict    whether what nobody can tell is a veto
     * @param withdrawn ends when nobody wants to know any more
     */
    List<Problem> check(Proposal proposal, boolean strict, CompletionStage<?> withdrawn) throws InterruptedException {
        Draft draft = proposal.next().draft();
        List<Asked> asked = new ArrayList<>();
        for (PluginCheck check : installer.checks(Set.copyOf(proposal.plugins().values()))) {
            ids(proposal, check).forEach(id -> asked.add(ask(id, check, draft)));
        }
        CompletableFuture<?> all = CompletableFuture.allOf(
                asked.stream().map(one -> one.call.answer()).toArray(CompletableFuture<?>[]::new));
        try {
            CompletableFuture.anyOf(all, withdrawn.toCompletableFuture())
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Not all checks have answered well", e);
        } finally {
            asked.forEach(one -> one.call.giveUp());
        }
        List<Problem> problems =
                new ArrayList<>(stopped.before(proposal.difference().puts().keySet(), proposal.bundles()));
        asked.forEach(one -> problems.addAll(answer(one, strict)));
        return problems;
    }

    /** Those that are others, and all that a new plugin is for. */
    private static Set<ConfigId> ids(Proposal proposal, PluginCheck check) {
        boolean arrives = proposal.bundles().arriving().contains(check.digest());
        Set<ConfigId> ids = new TreeSet<>(
                arrives
                        ? proposal.next().draft().typed().keySet()
                        : proposal.difference().puts().keySet());
        ids.removeIf(id -> !id.pid().equals(check.pid()));
        return ids;
    }

    private Asked ask(ConfigId id, PluginCheck check, Draft draft) {
        CheckContext context = new Context(draft);
        Map<String, Object> values = draft.typed().get(id);
        return new Asked(
                id,
                check,
                ForeignCall.begin(
                        "snakepipe-check " + id,
                        () -> List.copyOf(check.construct().call().check(id, values, context))));
    }

    private List<Problem> answer(Asked asked, boolean strict) {
        if (asked.call.answer().isCancelled()) {
            return List.of(silent(asked, "did not answer within " + deadline.toMillis() + " ms", strict));
        }
        try {
            return asked.call.answer().getNow(List.of()).stream()
                    .map(problem -> problem.id().isPresent() ? problem : of(asked.id, problem))
                    .toList();
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof IOException && cause.getMessage() != null) {
                return List.of(unchecked(asked, cause.getMessage(), strict));
            }
            // What it says may hold values, and so is only in the log.
            LOG.warn("The check of {} failed for {}", asked.check.plugin(), asked.id, cause);
            return List.of(silent(
                    asked,
                    "failed (" + cause.getClass().getName() + "), a mistake of that plugin: the log has where, please"
                            + " tell who makes it",
                    strict));
        }
    }

    private static Problem of(ConfigId id, Problem problem) {
        return (problem.isError()
                        ? Problem.error(problem.code(), problem.message())
                        : Problem.warning(problem.code(), problem.message()))
                .id(id)
                .key(problem.key().orElse(null))
                .fixes(problem.fixes())
                .build();
    }

    private static Problem silent(Asked asked, String reason, boolean strict) {
        return unchecked(asked, "the check of " + asked.check.plugin() + " " + reason, strict);
    }

    /** @param why a sentence of its own */
    private static Problem unchecked(Asked asked, String why, boolean strict) {
        String message = asked.id + " was not checked: " + why
                + (strict
                        ? ". The environment is protected, so it is refused: try again with 'snakepipe retry', or go on"
                                + " unchecked with --skip-checks"
                        : ". It is not refused for that: look whether it works");
        return (strict ? Problem.error("check.silent", message) : Problem.warning("check.silent", message))
                .id(asked.id)
                .build();
    }

    private final class Context implements CheckContext {
        private final Draft draft;

        Context(Draft draft) {
            this.draft = draft;
        }

        @Override
        public Map<String, Object> values(String id) {
            try {
                return Collections.unmodifiableMap(draft.typed().getOrDefault(ConfigId.parse(id), Map.of()));
            } catch (IllegalArgumentException e) {
                LOG.debug("{} is no id", id, e);
                return Map.of();
            }
        }

        @Override
        public Path dataDirectory() {
            return data.toAbsolutePath();
        }

        @Override
        public String secret(String value) throws IOException {
            return secrets.fill(value);
        }

        @Override
        public <T> List<T> services(Class<T> type) {
            return services.services(type);
        }
    }
}
