// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.GenerationInfo;
import org.snakepipe.control.Plan;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;

/**
 * One change at a time, whole or not at all: a proposal, then refused, confirmed, or brought into force or back. Used by one
 * thread; what others may know goes into the {@link Receipts}.
 */
final class Rollout {
    private static final String LATER =
            "; it goes live with the next change that is accepted, or when somebody retries";

    private final Desk desk;
    private final Proposer proposer;
    private final Checker checker;
    private final Execution execution;
    private final Ledger ledger;
    private final Confirmation confirmation;
    private final Plans plans;
    private final Receipts receipts;

    private Generation current = Generation.NONE;
    private List<GenerationInfo> history = List.of();
    private Optional<Instant> nextExpiry = Optional.empty();
    private List<Problem> found = List.of();
    private List<Problem> news = List.of();
    private List<Problem> notes = List.of();
    private String whyWaiting = "";

    Rollout(
            Desk desk,
            Proposer proposer,
            Checker checker,
            Execution execution,
            Ledger ledger,
            Confirmation confirmation,
            Plans plans,
            Receipts receipts) {
        this.desk = desk;
        this.proposer = proposer;
        this.checker = checker;
        this.execution = execution;
        this.ledger = ledger;
        this.confirmation = confirmation;
        this.plans = plans;
        this.receipts = receipts;
    }

    Generation current() {
        return current;
    }

    Desk desk() {
        return desk;
    }

    Plans plans() {
        return plans;
    }

    Proposer proposer() {
        return proposer;
    }

    Confirmation confirmation() {
        return confirmation;
    }

    /**
     * What boot brought into force.
     *
     * @param left   what is wrong besides what is held
     * @param before the generations that can be gone back to
     */
    void begin(Generation generation, ReloadResult.Builder receipt, List<Problem> left, List<GenerationInfo> before)
            throws InterruptedException {
        current = generation;
        history = remembered(before);
        nextExpiry = generation.draft().provenance().nextExpiry();
        found = left;
        finish(receipt, 0);
        if (Confirmation.isNeeded(current) && !unapplied().isEmpty()) {
            run(Occasion.of("boot"));
        }
    }

    /** Takes what changed and brings it into force, if it can be. */
    void change(List<ChangeSet> sets) throws InterruptedException {
        sets.forEach(desk.disk()::apply);
        desk.files().releaseChanged(desk.disk().config());
        run(Occasion.of(sets));
    }

    /** Another secret has come: what was held for one may be tried again with the next change. */
    void releaseForSecrets() {
        desk.files().releaseForSecrets();
    }

    /** Looks again at what lies there: a secret, or the end of an override, gives it other values without a file. */
    void again(String cause) throws InterruptedException {
        // Should this fail, it is not tried without end: the next change looks at it anyway.
        nextExpiry = Optional.empty();
        Occasion occasion = Occasion.of(cause);
        if (Confirmation.isNeeded(current)) {
            // Nobody has to confirm what somebody did on purpose elsewhere; files that wait are no part of it.
            boolean waits = confirmation.pending().isPresent();
            exactly(occasion.confirmed(Optional.empty()), current.files(), current);
            if (!waits) {
                return;
            }
        }
        run(occasion);
    }

    private void exactly(Occasion occasion, Map<String, FileContent> files, Generation plugins)
            throws InterruptedException {
        try {
            bring(proposer.exactly(current, occasion, files, plugins.plugins()));
        } catch (PluginRejected e) {
            refuse(occasion, e.problem());
        }
    }

    /** Something that is no change has to be told. */
    void note(String cause, List<Problem> problems) {
        news = List.of();
        notes = List.of();
        finish(receipt(ReloadResult.Status.UNCHANGED, Occasion.of(cause), problems), 0);
    }

    /** When an override ends, so that {@link #again} is due. */
    Optional<Instant> nextExpiry() {
        return nextExpiry;
    }

    /** Whether something could not be done for want of room on the disk. */
    boolean isOwing() {
        return ledger.isOwing() || desk.jars().isWaitingForRoom();
    }

    /** Does what could not be done for want of room, if there is some now. */
    void tryAgain() throws InterruptedException {
        if (ledger.canWrite()) {
            run(Occasion.of("there is room in the data directory again"));
        }
    }

    /** Looks at all that lies on the disk. Gives the receipt; empty when it was withdrawn. */
    Optional<ReloadResult> run(Occasion occasion) throws InterruptedException {
        return bring(proposer.ofDisk(current, occasion));
    }

    /** Brings a proposal into force, if it can be. Gives the receipt; empty when it was withdrawn: nothing was touched then. */
    Optional<ReloadResult> bring(Proposal proposal) throws InterruptedException {
        Optional<Instant> due = nextExpiry;
        Generation before = current;
        nextExpiry = proposal.verdict().draft().provenance().nextExpiry();
        Optional<ReloadResult> result = decide(proposal);
        if (current == before) {
            // What runs on may hold an override that what was refused does not.
            nextExpiry = Stream.concat(due.stream(), nextExpiry.stream()).min(Instant::compareTo);
        }
        return result;
    }

    private Optional<ReloadResult> decide(Proposal proposal) throws InterruptedException {
        Occasion occasion = proposal.occasion();
        news = proposal.news();
        notes = proposal.notes();
        if (!proposal.isGood()) {
            proposal.bundles().undo();
            proposal.forget().run();
            return Optional.of(rejected(proposal));
        }
        boolean moved = occasion.expected()
                .filter(hash -> !hash.equals(proposal.hash()))
                .isPresent();
        if (moved) {
            proposal.bundles().undo();
            proposal.forget().run();
            return Optional.of(refuse(
                    occasion,
                    Problem.error(
                                    "plan.moved",
                                    "since plan " + occasion.expected().orElseThrow()
                                            + " was made, the generation in force, a file or a plugin has become another;"
                                            + " what lies there now is plan " + proposal.hash() + ": look at it first")
                            .build()));
        }
        if (proposal.isEmpty() && proposal.writes().isEmpty()) {
            // Also an empty change is committed: the reasons why jars wait come into force with it.
            proposal.bundles().commit();
            return Optional.of(unchanged(proposal));
        }
        if (Confirmation.isNeeded(current) && !occasion.confirmed()) {
            return Optional.of(pend(proposal));
        }
        List<Problem> warned = check(proposal);
        if (!Problems.errors(warned).isEmpty()) {
            return Optional.of(vetoed(proposal, warned));
        }
        if (!occasion.permit().begin()) {
            proposal.bundles().undo();
            proposal.forget().run();
            return Optional.empty();
        }
        return Optional.of(execute(proposal, warned));
    }

    private ReloadResult rejected(Proposal proposal) {
        found = proposal.verdict().draft().problems();
        if (!proposal.exact() && proposal.verdict().jars()) {
            List<Problem> before = desk.jars().problems();
            desk.jars()
                    .takeBackNew(
                            proposal.plugins(),
                            current.plugins(),
                            proposal.verdict().errors(),
                            proposer.installer());
            news = Problems.union(news, Problems.without(desk.jars().problems(), before));
            found = Problems.without(found, proposal.verdict().errors());
            whyWaiting = "it came together with a plugin that was rejected" + LATER;
        } else if (!proposal.exact()) {
            whyWaiting = "it was saved together with "
                    + String.join(", ", desk.files().rejected()) + ", which must be mended" + LATER;
        }
        List<Problem> said = found;
        if (proposal.exact()) {
            // Nothing of it lies on the disk: what was wrong there is what it was.
            found = current.draft().problems();
        }
        return finish(
                receipt(ReloadResult.Status.REJECTED, proposal.occasion(), said)
                        .phases(proposal.phases().durations()),
                0);
    }

    private List<Problem> check(Proposal proposal) throws InterruptedException {
        Occasion occasion = proposal.occasion();
        if (occasion.skipChecks()) {
            return List.of();
        }
        List<Problem> found = checker.check(
                proposal, Confirmation.isNeeded(current), occasion.permit().withdrawn());
        proposal.phases().end("check");
        List<String> fresh = Candidates.differences(proposal.next().files(), current.files());
        return Candidates.located(found, fresh, proposal.next().draft());
    }

    /** A check says that it cannot work. Its files are held: only another content, or somebody who asks, tries them again. */
    private ReloadResult vetoed(Proposal proposal, List<Problem> said) {
        proposal.bundles().undo();
        proposal.forget().run();
        List<Problem> errors = Problems.errors(said);
        if (!proposal.exact()) {
            List<String> fresh = Candidates.differences(proposal.next().files(), current.files());
            List<String> named = Candidates.named(errors, fresh, proposal.next().draft());
            named.forEach(path -> desk.files().veto(path, desk.disk().config().get(path), errors));
            if (named.isEmpty()) {
                desk.jars().takeBackNew(proposal.plugins(), current.plugins(), errors, proposer.installer());
            }
            whyWaiting = "it came together with " + (named.isEmpty() ? "a plugin" : String.join(", ", named))
                    + ", which a check refused" + LATER;
        }
        found = current.draft().problems();
        return finish(
                receipt(ReloadResult.Status.REJECTED, proposal.occasion(), said)
                        .phases(proposal.phases().durations()),
                0);
    }

    /** Nothing was touched, for one reason. */
    ReloadResult refuse(Occasion occasion, Problem problem) {
        news = List.of();
        notes = List.of();
        return finish(receipt(ReloadResult.Status.REJECTED, occasion, List.of(problem)), 0);
    }

    private ReloadResult unchanged(Proposal proposal) {
        Generation next = proposal.next();
        Generation same = new Generation(current.number(), next.files(), next.plugins(), next.draft(), current.story());
        boolean words = !Candidates.differences(same.files(), current.files()).isEmpty();
        current = same;
        whyWaiting = "";
        confirmation.clear();
        List<Problem> said = new ArrayList<>(same.draft().problems());
        if (words || ledger.isOwing()) {
            ledger.same(same).ifPresent(said::add);
        }
        found = List.copyOf(said);
        ReloadResult.Status status = news.isEmpty() ? ReloadResult.Status.UNCHANGED : ReloadResult.Status.REJECTED;
        return finish(
                receipt(status, proposal.occasion(), news.isEmpty() ? said : List.of())
                        .phases(proposal.phases().durations()),
                0);
    }

    private ReloadResult pend(Proposal proposal) {
        proposal.bundles().undo();
        Plan plan = plans.plan(proposal, current, Optional.of(confirmation.end(proposal.hash())));
        plans.remember(plan.hash(), Optional.empty());
        confirmation.pend(plan);
        whyWaiting = "the environment is protected: confirm it with apply " + plan.hash() + ", until "
                + plan.expires().orElseThrow();
        return finish(
                receipt(ReloadResult.Status.PENDING, proposal.occasion(), List.of())
                        .changes(plan.lines(), List.of())
                        .hash(plan.hash())
                        .phases(proposal.phases().durations()),
                0);
    }

    private ReloadResult execute(Proposal proposal, List<Problem> warned) throws InterruptedException {
        Generation before = current;
        Execution.Result result = execution.run(current, proposal, warned);
        current = result.now();
        found = List.copyOf(result.left());
        boolean applied = result.status() == ReloadResult.Status.APPLIED;
        if (applied) {
            whyWaiting = "";
            confirmation.clear();
            history = remembered(history);
        } else {
            proposal.forget().run();
            whyWaiting = result.said().get(0).message();
        }
        boolean tried = result.epoch() > 0;
        return finish(
                receipt(result.status(), proposal.occasion(), result.said())
                        .previous(before.number())
                        .changes(
                                tried ? proposal.lines(before) : List.of(),
                                applied ? proposal.reverse(before) : List.of())
                        .phases(proposal.phases().durations()),
                result.epoch());
    }

    private List<GenerationInfo> remembered(List<GenerationInfo> before) {
        List<GenerationInfo> all = new ArrayList<>();
        all.add(current.info(receipts.environment()));
        before.stream().filter(one -> one.number() != current.number()).forEach(all::add);
        List<GenerationInfo> kept = List.copyOf(all.subList(0, Math.min(all.size(), GenerationStore.KEPT)));
        proposer.installer()
                .keep(kept.stream()
                        .flatMap(one -> one.plugins().values().stream())
                        .collect(Collectors.toSet()));
        return kept;
    }

    private ReloadResult.Builder receipt(ReloadResult.Status status, Occasion occasion, List<Problem> problems) {
        return ReloadResult.of(status, current.number(), occasion.cause())
                .author(occasion.author())
                .problems(Problems.union(news, problems, notes));
    }

    /** What is not in force of what lies on the disk. */
    List<UnappliedFile> unapplied() {
        boolean pending = confirmation.pending().isPresent();
        return Unapplied.files(
                desk,
                current,
                pending ? UnappliedFile.State.PENDING : UnappliedFile.State.WAITING,
                whyWaiting.isEmpty() ? "it has not been tried yet" + LATER : whyWaiting);
    }

    private ReloadResult finish(ReloadResult.Builder receipt, long epoch) {
        List<UnappliedFile> unapplied = unapplied();
        List<String> waiting = unapplied.stream()
                .filter(file ->
                        file.state() == UnappliedFile.State.WAITING || file.state() == UnappliedFile.State.PENDING)
                .map(UnappliedFile::path)
                .toList();
        ReloadResult result = receipt.files(desk.files().paths(), waiting).at(Instant.now());
        if (epoch > 0) {
            found = Problems.union(found, ledger.recorded(epoch, result));
        }
        receipts.give(
                result,
                new Snapshot.State(
                        current,
                        Optional.of(result),
                        Problems.union(found, desk.problems()),
                        unapplied,
                        confirmation.pending(),
                        history));
        return result;
    }
}
