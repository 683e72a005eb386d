// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;

/**
 * The first generation of a process. Unlike a later change it must come into force whatever lies on the disk: a bad file is
 * replaced by its last good content, or left out, and what does not come up goes back to its last good values, or stays out.
 * Used by one thread.
 */
final class Boot {
    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);
    private static final Duration START = Duration.ofSeconds(20);
    private static final int MOST_RETREATS = 3;

    private final Desk desk;
    private final Judge judge;
    private final Rollout rollout;
    private final Installer installer;
    private final Migration migration;
    private final Attempt attempt;
    private final Memory memory;
    private final Ledger ledger;
    private final Phases phases;
    private final List<Problem> failures = new ArrayList<>();
    private boolean guarded;
    private boolean migrated;
    private boolean unrecovered;
    private boolean lost;
    private Generation lastGood = Generation.NONE;
    private Generation next = Generation.NONE;

    Boot(
            Desk desk,
            Judge judge,
            Rollout rollout,
            Installer installer,
            Migration migration,
            Attempt attempt,
            Memory memory,
            Ledger ledger,
            ReloadListener listener) {
        this.desk = desk;
        this.judge = judge;
        this.rollout = rollout;
        this.installer = installer;
        this.migration = migration;
        this.attempt = attempt;
        this.memory = memory;
        this.ledger = ledger;
        this.phases = new Phases("boot", listener);
    }

    /** Does what needs no file, as long as they are being read. */
    void prepare() throws InterruptedException {
        lastGood = memory.store().lastGood().orElse(Generation.NONE);
        judge.prepare();
        phases.end("prepare");
    }

    /** Installs, drafts and publishes. Whoever takes part does nothing yet: it is held until it is first settled. */
    void publish() throws InterruptedException {
        phases.end("files");
        if (memory.journal().interrupted().isPresent()) {
            LOG.warn("The last process ended in the middle of a change: the files are applied anew");
            List<Problem> left = Recovery.recover(memory.journal(), memory.store(), memory.writer(), desk.disk());
            unrecovered = !left.isEmpty();
            failures.addAll(left);
        }
        if (lastGood.number() > 0) {
            // A held file counts as what it was when all was well. When nobody knows that, the layers below would stand
            // in.
            memory.held().restore(desk);
        }
        desk.keepWhatIsGone(lastGood);
        desk.releaseChanged();
        Map<String, String> plugins = desk.jars().stage(desk.disk(), lastGood.plugins(), installer);
        phases.end("stage");
        guarded = isGuarded(plugins);
        if (guarded) {
            plugins = new TreeMap<>(lastGood.plugins());
        }
        lost = isLost(plugins);
        if (lost) {
            plugins = new TreeMap<>();
            failures.add(memory.store().lost());
            rollout.confirmation().lose();
        }
        PluginChange arriving = prepared(plugins);
        // What does not start must not have migrated anything.
        boolean migrates = migration.isDue(lastGood, Set.copyOf(plugins.values()));
        if (migrates) {
            start(arriving, plugins);
        }
        migrate(plugins);
        phases.end("resolve");
        next = generation(plugins);
        phases.end("validate");
        Map<String, String> before = plugins;
        publish(() -> attempt.publishFirst(next.draft(), () -> judge.wasThere(lastGood, before)));
        phases.end("publish");
        // Only now, as with each change: what is started finds its configurations at once. One that comes later costs
        // SCR a
        // look at all there are, which with a thousand of them is a million.
        if (!migrates) {
            start(arriving, plugins);
        }
        phases.end("bundles");
    }

    private void migrate(Map<String, String> plugins) throws InterruptedException {
        Generation other = migration.of(lastGood, Set.copyOf(plugins.values()));
        failures.addAll(migration.problems());
        migrated = other != lastGood;
        if (migrated) {
            lastGood = other;
            judge.forgetWell();
            desk.migrated(other);
        }
    }

    /** Whether nothing but last good comes into force by itself. */
    private boolean isGuarded(Map<String, String> plugins) throws InterruptedException {
        return !lastGood.files().isEmpty()
                && judge.asItWas(lastGood, plugins).draft().provenance().isGuarded();
    }

    /** Whether what lies there is to be protected, and nobody knows what was confirmed. */
    private boolean isLost(Map<String, String> plugins) throws InterruptedException {
        return memory.store().isLost()
                && judge.boot(lastGood, plugins).draft().provenance().isGuarded();
    }

    private Generation generation(Map<String, String> plugins) throws InterruptedException {
        if (lost) {
            return new Generation(
                    Math.max(1, memory.store().newest()), Map.of(), Map.of(), Draft.EMPTY, Generation.Story.NONE);
        }
        Judge.Verdict verdict = guarded ? judge.asItWas(lastGood, plugins) : judge.boot(lastGood, plugins);
        boolean same = !migrated
                && lastGood.plugins().equals(plugins)
                && Candidates.differences(lastGood.files(), verdict.files()).isEmpty();
        long number = same ? Math.max(1, lastGood.number()) : lastGood.number() + 1;
        Generation.Story story = same && lastGood.number() > 0
                ? lastGood.story()
                : new Generation.Story(
                        memory.clock().instant(),
                        "",
                        "boot",
                        List.of(),
                        memory.store().version());
        return new Generation(number, verdict.files(), plugins, verdict.draft(), story);
    }

    /** What cannot be resolved goes back to what it was when all was well, or stays out. */
    private PluginChange prepared(Map<String, String> plugins) {
        while (true) {
            try {
                return installer.prepare(Jars.byDigest(plugins));
            } catch (PluginRejected e) {
                retreat(e, plugins);
            }
        }
    }

    /** What does not start goes back to what it was when all was well, or stays out, and its configurations with it. */
    private void start(PluginChange first, Map<String, String> plugins) throws InterruptedException {
        PluginChange arriving = first;
        while (true) {
            try {
                arriving.startArriving(START);
                arriving.commit();
                return;
            } catch (PluginRejected e) {
                arriving.undo();
                retreat(e, plugins);
            }
            arriving = prepared(plugins);
            if (next != Generation.NONE) {
                publish(generation(plugins));
            }
        }
    }

    private void retreat(PluginRejected e, Map<String, String> plugins) {
        String culprit = Jars.culprit(e.problem(), plugins);
        String file = culprit.isEmpty() ? plugins.keySet().iterator().next() : culprit;
        desk.jars().retreat(file, e.problem(), plugins, lastGood.plugins(), installer);
    }

    /** Brings those who take part to what is published, and says what came of it all. */
    void settle() throws InterruptedException {
        phases.end("start");
        Attempt.Result result = attempt.settleNow(next.draft());
        // What did not come up goes back to what it was when all was well, and stays out when that does not come up
        // either.
        for (int retreats = 0; !result.isGood() && retreats < MOST_RETREATS; retreats++) {
            keepOut(result.errors(), retreats == 0);
            result = replace(generation(next.plugins()));
        }
        phases.end("settle");
        failures.addAll(result.worse());
        // What is nobody's in particular counts when it is so still; who has come or left meanwhile is none.
        if (!Participants.isPassing(result.errors())) {
            result.errors().stream().filter(error -> error.id().isEmpty()).forEach(failures::add);
        }
        List<Problem> problems = Problems.union(
                failures, memory.damage().problems(), unreadable(), next.draft().problems());
        List<Problem> left = new ArrayList<>(problems);
        // What was left in the middle is not last good, and the next start tries to put it back once more.
        if (!lost && !unrecovered) {
            ledger.applied(next, desk, Optional.empty()).ifPresent(left::add);
        }
        phases.end("commit");
        List<Problem> said = Problems.union(left, result.errors(), desk.problems(), result.warnings());
        boolean errors = said.stream().anyMatch(Problem::isError);
        rollout.begin(
                next,
                ReloadResult.of(ReloadResult.Status.APPLIED, next.number(), "boot")
                        .previous(lastGood.number())
                        .changes(
                                List.of(next.draft().typed().size() + " configurations, "
                                        + next.plugins().size() + " dropped jars"
                                        + (errors ? ", with problems" : "")),
                                List.of())
                        .problems(said)
                        .phases(phases.durations()),
                left,
                memory.store().all().stream()
                        .map(one -> one.info(memory.environment()))
                        .toList());
    }

    private List<Problem> unreadable() {
        List<Problem> unreadable = new ArrayList<>();
        desk.disk().unreadable().forEach((path, reason) -> unreadable.add(Occasion.unreadable(path, reason)));
        return unreadable;
    }

    /** What does not come up is not tried again with each change of something else. */
    private void keepOut(List<Problem> errors, boolean mayGoBack) throws InterruptedException {
        Draft well = judge.wasWell(lastGood, next.plugins());
        List<String> fresh = Candidates.differences(next.files(), lastGood.files());
        for (Problem error : Candidates.located(errors, fresh, next.draft())) {
            if (error.id().isEmpty()) {
                continue;
            }
            ConfigId id = error.id().get();
            List<String> own = Candidates.named(List.of(error), fresh, next.draft());
            if (mayGoBack && !own.isEmpty() && well.typed().containsKey(id) && !well.isSame(id, next.draft())) {
                own.forEach(
                        path -> desk.files().keepOut(path, desk.disk().config().get(path), List.of(error)));
            } else {
                desk.values().hold(id, next.draft(), keptOut(id, error));
            }
        }
    }

    private static Problem keptOut(ConfigId id, Problem error) {
        return Problem.error(
                        "values.held",
                        error.message() + "; " + id
                                + " did not come up at the start and stays out: change it or what it needs, or restart")
                .id(id)
                .at(error.origin().orElse(null))
                .build();
    }

    private Attempt.Result replace(Generation other) throws InterruptedException {
        publish(other);
        return attempt.settleNow(next.draft());
    }

    private void publish(Generation other) throws InterruptedException {
        publish(() -> attempt.publishBetween(next.draft(), other.draft()));
        next = other;
    }

    private interface Publishing {
        void run() throws PublishException, InterruptedException;
    }

    /** By whom ever it is thrown: what was not delivered comes with the next change. */
    private void publish(Publishing publishing) throws InterruptedException {
        try {
            publishing.run();
        } catch (PublishException e) {
            failures.add(e.problem(""));
        } catch (RuntimeException | Error e) {
            failures.add(Unexpected.error("not all configurations could be delivered at the start", e));
        }
    }
}
