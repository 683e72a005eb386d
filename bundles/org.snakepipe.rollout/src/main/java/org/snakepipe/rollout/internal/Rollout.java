// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.Outcome;
import org.snakepipe.control.PluginChange;
import org.snakepipe.schema.Schema;

/**
 * One change at a time, whole or not at all: candidate, draft, plan, check, attempt, commit or back. Used by one thread; what
 * others may know goes into the {@link Receipts}.
 */
final class Rollout {
    private final Drafter drafter;
    private final Installer installer;
    private final Function<Set<String>, Collection<Schema>> schemas;
    private final Attempt attempt;
    private final GenerationStore store;
    private final Receipts receipts;

    private final Disk disk = new Disk();
    private final HeldFiles held = new HeldFiles();
    private final Jars jars = new Jars();
    private Generation current = Generation.NONE;
    private List<Problem> rejections = List.of();

    Rollout(
            Drafter drafter,
            Installer installer,
            Function<Set<String>, Collection<Schema>> schemas,
            Attempt attempt,
            GenerationStore store,
            Receipts receipts) {
        this.drafter = drafter;
        this.installer = installer;
        this.schemas = schemas;
        this.attempt = attempt;
        this.store = store;
        this.receipts = receipts;
    }

    Disk disk() {
        return disk;
    }

    HeldFiles held() {
        return held;
    }

    Jars jars() {
        return jars;
    }

    Generation current() {
        return current;
    }

    /** What boot brought into force. */
    void begin(Generation generation, Outcome outcome, List<Problem> left) {
        current = generation;
        rejections = left;
        finish(outcome);
    }

    Draft draft(Map<String, FileContent> files, Map<String, String> plugins) {
        return drafter.draft(files, schemas.apply(Set.copyOf(plugins.values())));
    }

    /** Takes what changed and brings it into force, if it can be. */
    void change(List<ChangeSet> sets) throws InterruptedException {
        Set<String> cause = new TreeSet<>();
        Set<String> touched = new TreeSet<>();
        for (ChangeSet set : sets) {
            disk.apply(set);
            if (set.root() == ChangeSet.Root.CONFIG) {
                touched.addAll(set.changed().keySet());
                touched.addAll(set.gone());
            }
            String folder = set.root() == ChangeSet.Root.CONFIG ? "config/" : "deploy/";
            set.changed().keySet().forEach(path -> cause.add(folder + path));
            set.gone().forEach(path -> cause.add(folder + path));
        }
        held.release(disk.config());
        run(String.join(", ", cause), touched);
    }

    private void run(String cause, Set<String> touched) throws InterruptedException {
        Phases phases = new Phases();
        List<Problem> jarsBefore = jars.problems();
        Map<String, String> plugins = jars.stage(disk, installer);
        phases.end("stage");
        PluginChange bundles = jars.prepare(plugins, current.plugins(), installer);
        phases.end("check");
        Draft draft = draft(plugins, touched);
        Map<String, FileContent> files = Candidates.of(disk.config(), current.files(), held);
        phases.end("validate");
        if (!draft.errors().isEmpty()) {
            reject(draft, files, bundles, cause, phases);
            return;
        }
        Plan plan = Plan.between(current.draft(), draft);
        phases.end("plan");
        List<String> lines = new ArrayList<>(Jars.lines(current.plugins(), plugins));
        lines.addAll(plan.lines());
        if (plan.isEmpty() && bundles.isEmpty()) {
            // Also an empty change is committed: the reasons why jars wait come into force with it.
            bundles.commit();
            unchanged(new Generation(current.number(), files, plugins, draft), cause, phases, jarsBefore);
            return;
        }
        attempt(new Generation(current.number() + 1, files, plugins, draft), bundles, lines, cause, phases);
    }

    /**
     * Drafts with everything that lies there, also with files that were rejected before: what they lacked may have come. Those
     * that are still wrong, and were not touched now, stay rejected and stop nobody.
     */
    private Draft draft(Map<String, String> plugins, Set<String> touched) {
        Set<String> before = new TreeSet<>(held.forgetRejected());
        before.removeAll(touched);
        while (true) {
            Map<String, FileContent> files = Candidates.of(disk.config(), current.files(), held);
            Draft draft = draft(files, plugins);
            if (draft.errors().isEmpty()) {
                return draft;
            }
            List<String> culprits = Candidates.culprits(draft.errors(), Candidates.differences(files, current.files()));
            if (culprits.isEmpty() || !before.containsAll(culprits)) {
                return draft;
            }
            for (String path : culprits) {
                held.reject(path, disk.config().get(path));
            }
        }
    }

    private void reject(
            Draft draft, Map<String, FileContent> files, PluginChange bundles, String cause, Phases phases) {
        bundles.undo();
        List<String> fresh = Candidates.differences(files, current.files());
        for (String path : Candidates.culprits(draft.errors(), fresh)) {
            held.reject(path, disk.config().get(path));
        }
        rejections = draft.problems();
        end(Outcome.Status.REJECTED, current.number(), cause, List.of(), draft.problems(), phases);
    }

    private void unchanged(Generation same, String cause, Phases phases, List<Problem> jarsBefore) {
        current = same;
        rejections = same.draft().problems();
        List<Problem> news = new ArrayList<>(jars.problems());
        news.removeIf(
                problem -> jarsBefore.stream().anyMatch(old -> old.toString().equals(problem.toString())));
        end(
                news.isEmpty() ? Outcome.Status.UNCHANGED : Outcome.Status.REJECTED,
                current.number(),
                cause,
                List.of(),
                news.isEmpty() ? same.draft().problems() : news,
                phases);
    }

    private void attempt(Generation next, PluginChange bundles, List<String> lines, String cause, Phases phases)
            throws InterruptedException {
        long epoch = attempt.nextEpoch();
        try {
            store.intend(epoch, cause, lines);
            phases.end("journal");
        } catch (IOException e) {
            bundles.undo();
            end(Outcome.Status.REJECTED, current.number(), cause, List.of(), List.of(unwritable("journal", e)), phases);
            return;
        }
        Attempt.Result result = attempt.run(current.draft(), next.draft(), bundles, phases);
        if (result.isGood()) {
            current = next;
            List<Problem> problems = new ArrayList<>(next.draft().problems());
            problems.addAll(result.warnings());
            rejections = problems;
            List<Problem> said = new ArrayList<>(problems);
            remember(epoch, "applied", cause, lines, said);
            phases.end("commit");
            end(Outcome.Status.APPLIED, next.number() - 1, cause, lines, said, phases);
            return;
        }
        takenBack(next, result, epoch, cause, lines, phases);
    }

    private void takenBack(
            Generation next, Attempt.Result result, long epoch, String cause, List<String> lines, Phases phases) {
        for (String path : Candidates.differences(next.files(), current.files())) {
            held.rollBack(path, disk.config().get(path));
        }
        next.plugins().forEach((file, digest) -> {
            if (!digest.equals(current.plugins().get(file))) {
                Problem problem = result.errors().get(0);
                jars.reject(file, digest, problem, installer);
            }
        });
        List<Problem> problems = new ArrayList<>(result.errors());
        problems.addAll(result.worse());
        rejections = problems;
        boolean failed = !result.worse().isEmpty();
        try {
            store.ended(epoch, failed ? "failed" : "rolled back", cause, lines);
            store.hold(held.rolledBack());
        } catch (IOException e) {
            problems.add(unwritable("list of held files", e));
        }
        Outcome.Status status = failed ? Outcome.Status.FAILED : Outcome.Status.ROLLED_BACK;
        end(status, current.number(), cause, lines, problems, phases);
    }

    private void remember(long epoch, String state, String cause, List<String> lines, List<Problem> problems) {
        try {
            store.good(current);
            store.hold(held.rolledBack());
            store.ended(epoch, state, cause, lines);
        } catch (IOException e) {
            problems.add(Problem.warning(
                            "store.failed",
                            "the change is in force, but cannot be remembered as last good (" + e
                                    + "): make room in the data directory and save any file once more")
                    .build());
        }
    }

    private static Problem unwritable(String what, IOException e) {
        return Problem.error(
                        "store.failed",
                        "the " + what + " cannot be written (" + e + "), so nothing was changed: make room in the data"
                                + " directory, or its permissions right, and save the file once more")
                .build();
    }

    private void end(
            Outcome.Status status,
            long previous,
            String cause,
            List<String> lines,
            List<Problem> problems,
            Phases phases) {
        finish(new Outcome(
                status,
                current.number(),
                previous,
                cause,
                lines,
                problems,
                held.paths(),
                phases.durations(),
                Instant.now()));
    }

    private void finish(Outcome outcome) {
        List<Problem> left = new ArrayList<>(rejections);
        left.addAll(jars.problems());
        receipts.give(outcome, current, left);
    }
}
