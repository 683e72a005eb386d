// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.Outcome;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginRejected;

/**
 * The first generation of a process. Unlike a later change it must come into force whatever lies on the disk: a bad file is
 * replaced by its last good content, or left out, and what does not come up goes back to its last good values, or stays out.
 * Used by one thread.
 */
final class Boot {
    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);
    private static final Duration START = Duration.ofSeconds(20);

    private final Rollout rollout;
    private final Installer installer;
    private final Attempt attempt;
    private final GenerationStore store;
    private final Ledger ledger;
    private final Phases phases = new Phases();
    private final List<Problem> problems = new ArrayList<>();
    private Generation lastGood = Generation.NONE;
    private Generation next = Generation.NONE;

    Boot(Rollout rollout, Installer installer, Attempt attempt, GenerationStore store, Ledger ledger) {
        this.rollout = rollout;
        this.installer = installer;
        this.attempt = attempt;
        this.store = store;
        this.ledger = ledger;
    }

    /** Installs, drafts and publishes, before anybody who takes part is there. */
    void publish() throws InterruptedException {
        lastGood = store.lastGood().orElse(Generation.NONE);
        if (store.wasInterrupted()) {
            LOG.warn("The last process ended in the middle of a change: the files are applied anew");
        }
        rollout.held().restore(store.held());
        rollout.held().release(rollout.disk().config());
        Map<String, String> plugins = rollout.jars().stage(rollout.disk(), lastGood.plugins(), installer);
        phases.end("stage");
        install(plugins);
        phases.end("bundles");
        Draft draft = draft(plugins);
        phases.end("validate");
        boolean same = lastGood.plugins().equals(plugins)
                && Candidates.differences(lastGood.files(), files()).isEmpty();
        long number = same ? Math.max(1, lastGood.number()) : lastGood.number() + 1;
        next = new Generation(number, files(), plugins, draft);
        try {
            attempt.publishFirst(draft);
        } catch (PublishException e) {
            problems.add(Problem.error("publish.failed", e.getMessage()).build());
        }
        phases.end("publish");
    }

    private Map<String, FileContent> files() {
        return Candidates.of(rollout.disk(), lastGood.files(), rollout.held());
    }

    private void install(Map<String, String> plugins) throws InterruptedException {
        while (true) {
            PluginChange change = null;
            try {
                change = installer.prepare(Jars.byDigest(plugins));
                change.startArriving(START);
                change.commit();
                return;
            } catch (PluginRejected e) {
                if (change != null) {
                    change.undo();
                }
                String culprit = Jars.culprit(e.problem(), plugins);
                String file = culprit.isEmpty() ? plugins.keySet().iterator().next() : culprit;
                rollout.jars().retreat(file, e.problem(), plugins, lastGood.plugins(), installer);
            }
        }
    }

    /** Drafts until nothing is wrong any more, leaving out a file or a configuration each time. */
    private Draft draft(Map<String, String> plugins) throws InterruptedException {
        while (true) {
            Draft draft = rollout.draft(files(), plugins);
            List<Problem> errors = draft.errors();
            if (errors.isEmpty()) {
                problems.addAll(draft.problems());
                return withoutOrphans(draft, plugins);
            }
            List<String> fresh = Candidates.differences(files(), lastGood.files());
            List<String> culprits = Candidates.named(errors, fresh, draft);
            if (culprits.isEmpty()) {
                problems.addAll(draft.problems());
                return withoutOrphans(draft.withoutErrors(), plugins);
            }
            for (String path : culprits) {
                List<Problem> why = errors.stream()
                        .filter(error -> !Candidates.named(List.of(error), List.of(path), draft)
                                .isEmpty())
                        .toList();
                rollout.held()
                        .reject(path, rollout.disk().config().get(path), why, Candidates.subjects(path, why, draft));
            }
        }
    }

    /** What was in force when all was well comes up with its last good values; what was not stays out. */
    private Draft withoutOrphans(Draft draft, Map<String, String> plugins) throws InterruptedException {
        Set<ConfigId> published = lastGood.files().isEmpty()
                ? Set.of()
                : rollout.draft(lastGood.files(), plugins).typed().keySet();
        return draft.without(rollout.held().orphans(lastGood.files().keySet(), published));
    }

    /** Brings those who take part to what is published, and says what came of it all. */
    void settle() throws InterruptedException {
        phases.end("start");
        Attempt.Result result = attempt.settleNow(next.draft());
        if (!result.isGood()) {
            result = retreat(result);
        }
        phases.end("settle");
        ledger.applied(next, rollout.held(), 0, "boot", List.of()).ifPresent(problems::add);
        phases.end("commit");
        List<Problem> said = Problems.union(
                problems, rollout.held().problems(), rollout.jars().problems(), result.warnings());
        boolean errors = said.stream().anyMatch(Problem::isError);
        rollout.begin(
                next,
                new Outcome(
                        Outcome.Status.APPLIED,
                        next.number(),
                        lastGood.number(),
                        "boot",
                        List.of(next.draft().typed().size() + " configurations, "
                                + next.plugins().size() + " dropped jars" + (errors ? ", with problems" : "")),
                        said,
                        rollout.held().paths(),
                        phases.durations(),
                        Instant.now()),
                List.copyOf(problems));
    }

    /**
     * What does not come up is not tried again with each change of something else: its files are held, those that are as they
     * were when all was well too.
     */
    private void keepOut(List<Problem> errors, boolean altogether) {
        Map<String, FileContent> files = new TreeMap<>(next.files());
        List<String> fresh = Candidates.differences(files, lastGood.files());
        List<Problem> located = Candidates.located(errors, fresh, files.keySet(), next.draft());
        problems.addAll(located);
        for (Problem error : located) {
            List<String> own = Candidates.named(List.of(error), altogether ? List.of() : fresh, next.draft());
            for (String path : own.isEmpty() ? Candidates.named(List.of(error), files.keySet(), next.draft()) : own) {
                if (Candidates.isShared(path, next.draft())) {
                    rollout.held().keepOut(error, rollout.disk().config());
                    continue;
                }
                rollout.held().keepOut(path, rollout.disk().config().get(path), List.of(error));
                FileContent good = own.isEmpty() ? null : lastGood.files().get(path);
                if (good == null) {
                    files.remove(path);
                } else {
                    files.put(path, good);
                }
            }
        }
        next = new Generation(next.number(), files, next.plugins(), next.draft());
    }

    /** What did not come up goes back to its last good values; what then does not come up stays out. */
    private Attempt.Result retreat(Attempt.Result first) throws InterruptedException {
        keepOut(first.errors(), false);
        Draft good = rollout.draft(lastGood.files(), next.plugins());
        Draft mended = next.draft();
        Map<ConfigId, String> out = reasons(first);
        Set<ConfigId> back = new TreeSet<>(out.keySet());
        back.removeIf(id -> !good.typed().containsKey(id) || good.isSame(id, mended));
        out.keySet().removeAll(back);
        Attempt.Result second = replace(mended.with(back, good).without(out));
        if (!second.isGood()) {
            keepOut(second.errors(), true);
            second = replace(next.draft().without(reasons(second)));
        }
        return second;
    }

    private static Map<ConfigId, String> reasons(Attempt.Result result) {
        Map<ConfigId, String> reasons = new HashMap<>();
        result.errors().forEach(error -> error.id().ifPresent(id -> reasons.put(id, error.message())));
        return reasons;
    }

    private Attempt.Result replace(Draft draft) throws InterruptedException {
        try {
            attempt.publishBetween(next.draft(), draft);
        } catch (PublishException e) {
            problems.add(Problem.error("publish.failed", e.getMessage()).build());
        }
        next = new Generation(next.number(), next.files(), next.plugins(), draft);
        return attempt.settleNow(draft);
    }
}
