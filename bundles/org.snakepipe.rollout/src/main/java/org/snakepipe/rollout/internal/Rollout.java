// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.Outcome;
import org.snakepipe.control.PluginChange;
import org.snakepipe.schema.SchemaSource;

/**
 * One change at a time, whole or not at all: candidate, draft, plan, check, attempt, commit or back. Used by one thread; what
 * others may know goes into the {@link Receipts}.
 */
final class Rollout {
    private final Drafter drafter;
    private final Installer installer;
    private final SchemaSource schemas;
    private final Attempt attempt;
    private final Ledger ledger;
    private final Receipts receipts;

    private final Disk disk = new Disk();
    private final HeldFiles held = new HeldFiles();
    private final Jars jars = new Jars();
    private final HeldSecrets heldSecrets = new HeldSecrets();
    private Generation current = Generation.NONE;
    private List<Problem> found = List.of();
    private List<Problem> news = List.of();
    private List<Problem> notes = List.of();

    Rollout(
            Drafter drafter,
            Installer installer,
            SchemaSource schemas,
            Attempt attempt,
            Ledger ledger,
            Receipts receipts) {
        this.drafter = drafter;
        this.installer = installer;
        this.schemas = schemas;
        this.attempt = attempt;
        this.ledger = ledger;
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

    /** What boot brought into force. @param left what is wrong besides what the held files are held for */
    void begin(Generation generation, Outcome outcome, List<Problem> left) {
        current = generation;
        found = left;
        finish(outcome);
    }

    Draft draft(Map<String, FileContent> files, Map<String, String> plugins) throws InterruptedException {
        return drafter.draft(files, Set.copyOf(plugins.values()));
    }

    /** Takes what changed and brings it into force, if it can be. */
    void change(List<ChangeSet> sets) throws InterruptedException {
        Set<String> cause = new TreeSet<>();
        Set<String> touched = new TreeSet<>();
        List<Problem> unreadable = new ArrayList<>();
        for (ChangeSet set : sets) {
            disk.apply(set);
            if (set.root() != ChangeSet.Root.DEPLOY) {
                set.changed().keySet().forEach(path -> touched.add(Disk.prefix(set.root()) + path));
                set.gone().forEach(path -> touched.add(Disk.prefix(set.root()) + path));
            }
            String folder = set.root().folder();
            set.changed().keySet().forEach(path -> cause.add(folder + path));
            set.gone().forEach(path -> cause.add(folder + path));
            set.unreadable().forEach((path, reason) -> {
                cause.add(folder + path);
                unreadable.add(Problem.error("file.unreadable", reason)
                        .at(new Origin("", set.root() == ChangeSet.Root.CONFIG ? path : folder + path, 0, 0))
                        .build());
            });
        }
        held.release(disk.config());
        run(String.join(", ", cause), touched, unreadable);
    }

    /** Resolves again what lies there: a secret, or the end of an override, changes values without a file. */
    void again(String cause) throws InterruptedException {
        run(cause, Set.of(), List.of());
    }

    /** When an override ends, so that {@link #again} is due. */
    Optional<Instant> nextExpiry() {
        return current.draft().provenance().nextExpiry();
    }

    /** Whether something could not be done for want of room on the disk. */
    boolean isOwing() {
        return ledger.isOwing() || jars.isWaitingForRoom();
    }

    /** Does what could not be done for want of room, if there is some now. */
    void tryAgain() throws InterruptedException {
        if (ledger.canWrite()) {
            run("there is room in the data directory again", Set.of(), List.of());
        }
    }

    private void run(String cause, Set<String> touched, List<Problem> unreadable) throws InterruptedException {
        Phases phases = new Phases();
        List<Problem> jarsBefore = jars.problems();
        Map<String, String> plugins = jars.stage(disk, current.plugins(), installer);
        phases.end("stage");
        PluginChange bundles = jars.prepare(plugins, current.plugins(), installer);
        phases.end("check");
        held.releaseFor(pidsOf(plugins));
        news = new ArrayList<>(unreadable);
        news.addAll(Problems.without(jars.problems(), jarsBefore));
        Draft draft = draft(plugins, touched);
        Map<String, FileContent> files = Candidates.of(disk, current.files(), held);
        phases.end("validate");
        List<Problem> errors = draft.errorsBeyond(current.draft());
        found = draft.problems();
        notes = Shadows.notes(current.draft(), draft, touched);
        if (!errors.isEmpty()) {
            bundles.undo();
            hold(errors, Candidates.differences(files, current.files()), draft);
            end(Outcome.Status.REJECTED, current.number(), cause, List.of(), draft.problems(), phases);
            return;
        }
        Draft good = draft.withoutErrors()
                .without(held.parts())
                .without(held.orphans(
                        current.files().keySet(), current.draft().typed().keySet()));
        good = heldSecrets.applied(current.draft(), good);
        Plan plan = Plan.between(current.draft(), good);
        phases.end("plan");
        List<String> lines = new ArrayList<>(Jars.lines(current.plugins(), plugins));
        lines.addAll(plan.lines());
        if (plan.isEmpty() && bundles.isEmpty()) {
            // Also an empty change is committed: the reasons why jars wait come into force with it.
            bundles.commit();
            unchanged(new Generation(current.number(), files, plugins, good), cause, phases);
            return;
        }
        attempt(new Generation(current.number() + 1, files, plugins, good), bundles, lines, cause, phases);
    }

    /** PIDs of the plugins that are not what they were. */
    private Set<String> pidsOf(Map<String, String> plugins) {
        Set<String> digests = new TreeSet<>(plugins.values());
        digests.removeAll(current.plugins().values());
        Set<String> pids = new TreeSet<>();
        if (!digests.isEmpty()) {
            schemas.schemas(digests).forEach(schema -> pids.add(schema.pid()));
            schemas.schemas(Set.of()).forEach(schema -> pids.remove(schema.pid()));
        }
        return pids;
    }

    /**
     * Drafts with everything that lies there, also with files that were rejected before: what they lacked may have come. Those
     * that are still wrong, and were not touched now, stay rejected and stop nobody.
     */
    private Draft draft(Map<String, String> plugins, Set<String> touched) throws InterruptedException {
        Set<String> before = new TreeSet<>(held.forgetRejected());
        before.removeAll(touched);
        while (true) {
            Map<String, FileContent> files = Candidates.of(disk, current.files(), held);
            Draft draft = draft(files, plugins);
            List<Problem> errors = draft.errorsBeyond(current.draft());
            List<String> fresh = Candidates.differences(files, current.files());
            List<String> culprits = errors.isEmpty() ? List.of() : Candidates.culprits(errors, fresh, draft);
            if (culprits.isEmpty() || !before.containsAll(culprits)) {
                return draft;
            }
            hold(errors, fresh, draft);
        }
    }

    private void hold(List<Problem> errors, List<String> fresh, Draft draft) {
        for (String path : Candidates.culprits(errors, fresh, draft)) {
            List<Problem> own = errors.stream()
                    .filter(error -> !Candidates.named(List.of(error), List.of(path), draft)
                            .isEmpty())
                    .toList();
            List<Problem> why = own.isEmpty() ? errors : own;
            held.reject(path, disk.config().get(path), why, Candidates.subjects(path, own, draft));
        }
    }

    private void unchanged(Generation same, String cause, Phases phases) {
        boolean words = !Candidates.differences(same.files(), current.files()).isEmpty();
        current = same;
        List<Problem> said = new ArrayList<>(same.draft().problems());
        if (words || ledger.isOwing()) {
            ledger.same(same).ifPresent(said::add);
        }
        found = List.copyOf(said);
        Outcome.Status status = news.isEmpty() ? Outcome.Status.UNCHANGED : Outcome.Status.REJECTED;
        end(status, current.number(), cause, List.of(), news.isEmpty() ? said : List.of(), phases);
    }

    private void attempt(Generation next, PluginChange bundles, List<String> lines, String cause, Phases phases)
            throws InterruptedException {
        long epoch = attempt.nextEpoch();
        Optional<Problem> unwritable = ledger.intend(epoch, cause, lines);
        if (unwritable.isPresent()) {
            bundles.undo();
            found = List.of(unwritable.get());
            end(Outcome.Status.REJECTED, current.number(), cause, List.of(), found, phases);
            return;
        }
        phases.end("journal");
        Attempt.Result result = attempt.run(current.draft(), next.draft(), bundles, phases);
        if (!result.isGood()) {
            takenBack(next, result, epoch, cause, lines, phases);
            return;
        }
        current = next;
        List<Problem> left = new ArrayList<>(next.draft().problems());
        ledger.applied(current, held, epoch, cause, lines).ifPresent(left::add);
        found = List.copyOf(left);
        // What passes by itself, such as a database that is away, is said once: how it goes on, its pipeline shows.
        left.addAll(result.warnings());
        phases.end("commit");
        end(Outcome.Status.APPLIED, next.number() - 1, cause, lines, left, phases);
    }

    private void takenBack(
            Generation next, Attempt.Result result, long epoch, String cause, List<String> lines, Phases phases) {
        List<String> fresh = Candidates.differences(next.files(), current.files());
        List<Problem> errors =
                Candidates.located(result.errors(), fresh, next.files().keySet(), next.draft());
        for (String path : fresh) {
            held.rollBack(path, disk.config().get(path), errors);
        }
        next.plugins().forEach((file, digest) -> {
            if (!digest.equals(current.plugins().get(file))) {
                jars.takeBack(file, digest, errors, installer);
            }
        });
        heldSecrets.takeBack(current.draft(), next.draft(), errors);
        List<Problem> left = new ArrayList<>(result.worse());
        boolean failed = !left.isEmpty();
        ledger.takenBack(failed ? "failed" : "rolled back", held, epoch, cause, lines)
                .ifPresent(left::add);
        found = new ArrayList<>(current.draft().problems());
        found.addAll(left);
        List<Problem> said = new ArrayList<>(errors);
        said.addAll(left);
        Outcome.Status status = failed ? Outcome.Status.FAILED : Outcome.Status.ROLLED_BACK;
        end(status, current.number(), cause, lines, said, phases);
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
                Problems.union(news, problems, notes),
                held.paths(),
                phases.durations(),
                Instant.now()));
    }

    private void finish(Outcome outcome) {
        receipts.give(
                outcome, current, Problems.union(found, held.problems(), heldSecrets.problems(), jars.problems()));
    }
}
