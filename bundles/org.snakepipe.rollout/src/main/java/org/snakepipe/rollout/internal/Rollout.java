// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.GenerationInfo;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;

/**
 * One change at a time, whole or not at all: a proposal, then refused, confirmed, or brought into force or back. Used by one
 * thread.
 */
final class Rollout {
    private final Standing standing;
    private final Proposer proposer;
    private final Checker checker;
    private final Execution execution;
    private final Ledger ledger;
    private final Plans plans;
    private final Refusals refusals;
    private final Waiting waiting;
    private final Echoes echoes;

    private Optional<Instant> nextExpiry = Optional.empty();

    Rollout(
            Standing standing,
            Proposer proposer,
            Checker checker,
            Execution execution,
            Ledger ledger,
            Plans plans,
            Refusals refusals,
            Waiting waiting,
            Echoes echoes) {
        this.standing = standing;
        this.proposer = proposer;
        this.checker = checker;
        this.execution = execution;
        this.ledger = ledger;
        this.plans = plans;
        this.refusals = refusals;
        this.waiting = waiting;
        this.echoes = echoes;
    }

    Generation current() {
        return standing.current();
    }

    Desk desk() {
        return standing.desk();
    }

    Plans plans() {
        return plans;
    }

    Proposer proposer() {
        return proposer;
    }

    Confirmation confirmation() {
        return standing.confirmation();
    }

    /** What is not in force of what lies on the disk. */
    List<UnappliedFile> unapplied() {
        return standing.unapplied();
    }

    /**
     * What boot brought into force.
     *
     * @param left   what is wrong besides what is held
     * @param before the generations that can be gone back to
     */
    void begin(Generation generation, ReloadResult.Builder receipt, List<Problem> left, List<GenerationInfo> before)
            throws InterruptedException {
        standing.become(generation);
        standing.remember(before);
        nextExpiry = generation.draft().provenance().nextExpiry();
        standing.settled(receipt, left, 0);
        boolean waits = confirmation().isNeeded(generation) && !unapplied().isEmpty();
        if (waits || desk().jars().hasUnsuited()) {
            run(Occasion.of("boot"));
        }
    }

    /** Takes what changed and brings it into force, if it can be. */
    void change(List<ChangeSet> told) throws InterruptedException {
        List<ChangeSet> sets = echoes.without(told);
        if (sets.isEmpty()) {
            return;
        }
        sets.forEach(desk()::take);
        desk().releaseChanged();
        run(Occasion.of(sets));
    }

    /** Another secret has come: what was held for one may be tried again with the next change. */
    void releaseForSecrets() {
        desk().files().releaseForSecrets();
    }

    /** Looks again at what lies there: a secret, or the end of an override, gives it other values without a file. */
    void again(String cause) throws InterruptedException {
        // Should this fail, it is not tried without end: the next change looks at it anyway.
        nextExpiry = Optional.empty();
        Occasion occasion = Occasion.of(cause);
        if (confirmation().isLost()) {
            // Nothing is in force that it could be for.
            run(occasion);
            return;
        }
        if (confirmation().isNeeded(current())) {
            // Nobody has to confirm what somebody did on purpose elsewhere; files that wait are no part of it.
            boolean waits = confirmation().pending().isPresent();
            exactly(occasion.confirmed(Optional.empty()), current().files(), current());
            if (!waits) {
                return;
            }
        }
        run(occasion);
    }

    private void exactly(Occasion occasion, Map<String, FileContent> files, Generation plugins)
            throws InterruptedException {
        try {
            bring(proposer.exactly(current(), occasion, files, plugins.plugins()));
        } catch (PluginRejected e) {
            refuse(occasion, e.problems());
        }
    }

    /** A root looks like an accident, or no longer: it is told with the hash that confirms it. */
    void accident(ChangeSet set, Runnable confirm) {
        Optional<Accidents.Accident> accident = desk().accidents().take(set, confirm);
        if (accident.isEmpty()) {
            note(set.root().folder() + " is back", List.of());
            return;
        }
        refusals.accident(accident.get());
    }

    /** Something that is no change has to be told. */
    void note(String cause, List<Problem> problems) {
        standing.begin(List.of(), List.of());
        standing.tell(standing.receipt(ReloadResult.Status.UNCHANGED, Occasion.of(cause), problems));
    }

    /** When an override ends, so that {@link #again} is due. */
    Optional<Instant> nextExpiry() {
        return nextExpiry;
    }

    /** Whether something could not be done for want of room on the disk. */
    boolean isOwing() {
        return ledger.isOwing() || desk().jars().isWaitingForRoom();
    }

    /** Does what could not be done for want of room, if there is some now. */
    void tryAgain() throws InterruptedException {
        if (ledger.canWrite()) {
            run(Occasion.of("what could not be done is tried again"));
        }
    }

    /** Looks at all that lies on the disk. Gives the receipt; empty when it was withdrawn. */
    Optional<ReloadResult> run(Occasion occasion) throws InterruptedException {
        return bring(proposer.ofDisk(current(), occasion));
    }

    /** Brings a proposal into force, if it can be. Gives the receipt; empty when it was withdrawn: nothing was touched then. */
    Optional<ReloadResult> bring(Proposal proposal) throws InterruptedException {
        Optional<Instant> due = nextExpiry;
        Generation before = current();
        nextExpiry = proposal.verdict().draft().provenance().nextExpiry();
        Optional<ReloadResult> result = decide(proposal);
        if (current() == before) {
            // What runs on may hold an override that what was refused does not.
            nextExpiry = Stream.concat(due.stream(), nextExpiry.stream()).min(Instant::compareTo);
        }
        return result;
    }

    private Optional<ReloadResult> decide(Proposal proposal) throws InterruptedException {
        Occasion occasion = proposal.occasion();
        standing.begin(proposal.news(), proposal.notes());
        if (!proposal.isGood()) {
            return Optional.of(refusals.rejected(proposal));
        }
        Optional<String> moved = occasion.expected().filter(hash -> !hash.equals(proposal.hash()));
        if (moved.isPresent()) {
            return Optional.of(refusals.moved(proposal, moved.get()));
        }
        if (confirmation().isNeededFor(proposal, current()) && !occasion.confirmed()) {
            return Optional.of(refusals.pend(proposal));
        }
        if (proposal.isEmpty() && proposal.writes().isEmpty() && execution.isCertain()) {
            // Also an empty change is committed: the reasons why jars wait come into force with it.
            proposal.bundles().commit();
            return Optional.of(unchanged(proposal));
        }
        List<Problem> warned;
        try {
            warned = check(proposal);
        } catch (RuntimeException | Error e) {
            refusals.drop(proposal);
            throw e;
        }
        if (occasion.permit().withdrawn().toCompletableFuture().isDone()) {
            // What nobody waited for has no answer, which is no veto.
            refusals.drop(proposal);
            return Optional.empty();
        }
        if (!Problems.errors(warned).isEmpty()) {
            return Optional.of(refusals.vetoed(proposal, warned));
        }
        if (!occasion.permit().begin()) {
            refusals.drop(proposal);
            return Optional.empty();
        }
        return Optional.of(execute(proposal, warned));
    }

    private List<Problem> check(Proposal proposal) throws InterruptedException {
        Occasion occasion = proposal.occasion();
        if (occasion.skipChecks()) {
            return List.of();
        }
        List<Problem> found = checker.check(
                proposal, confirmation().isNeeded(current()), occasion.permit().withdrawn());
        proposal.phases().end("check");
        if (found.isEmpty()) {
            return found;
        }
        List<String> fresh =
                Candidates.differences(proposal.next().files(), current().files());
        return Candidates.located(found, fresh, proposal.next().draft());
    }

    /** Something was thrown, and nothing was touched: what lies there is looked at again with the next change. */
    void failed(String what, Throwable thrown) {
        refuse(Occasion.of(what), Unexpected.error(what + " could not be handled, and nothing was touched", thrown));
    }

    /** The start did not come to its end, and nobody takes changes any more. */
    void startFailed(Throwable thrown) {
        Problem problem = Problem.error(
                        "start.failed",
                        "the start could not be brought to its end ("
                                + thrown.getClass().getName()
                                + "), and nothing that is saved comes into force: restart. It is a mistake in Snake Pipe, or"
                                + " in what it stands on; the log has where it was thrown, please report it")
                .build();
        List<Problem> problems = List.of(problem);
        standing.settled(standing.receipt(ReloadResult.Status.FAILED, Occasion.of("boot"), problems), problems, 0);
    }

    /** Nothing was touched, for one reason. */
    ReloadResult refuse(Occasion occasion, Problem problem) {
        return refuse(occasion, List.of(problem));
    }

    /** The same, for several. */
    ReloadResult refuse(Occasion occasion, List<Problem> problems) {
        return refusals.refuse(occasion, problems);
    }

    /** What was asked for is not there. */
    ReloadResult unknown(Occasion occasion, Problem problem) {
        return refusals.unknown(occasion, problem);
    }

    private ReloadResult unchanged(Proposal proposal) {
        Generation current = current();
        Generation next = proposal.next();
        Generation same = new Generation(current.number(), next.files(), next.plugins(), next.draft(), current.story());
        boolean words = !Candidates.differences(same.files(), current.files()).isEmpty();
        standing.become(same);
        standing.waitFor("");
        if (proposal.occasion().confirmed()) {
            confirmation().find();
        }
        confirmation().clear();
        List<Problem> said = new ArrayList<>(same.draft().problems());
        if (words || ledger.isOwing()) {
            ledger.same(same).ifPresent(said::add);
        }
        boolean quiet = standing.news().isEmpty();
        return standing.settled(
                standing.receipt(
                                quiet ? ReloadResult.Status.UNCHANGED : ReloadResult.Status.REJECTED,
                                proposal.occasion(),
                                quiet ? said : List.of())
                        .phases(proposal.phases().durations()),
                said,
                0);
    }

    private ReloadResult execute(Proposal proposal, List<Problem> warned) throws InterruptedException {
        Generation before = current();
        Execution.Result result = execution.run(before, proposal, warned);
        standing.become(result.now());
        boolean applied = result.status() == ReloadResult.Status.APPLIED;
        if (applied) {
            standing.waitFor("");
            confirmation().end();
            standing.remember();
        } else {
            proposal.forget().run();
            if (!proposal.exact()) {
                standing.waitFor(result.said().get(0).message());
            }
            waiting.pendRest(proposal);
        }
        boolean tried = result.status() != ReloadResult.Status.REJECTED;
        return standing.settled(
                standing.receipt(result.status(), proposal.occasion(), result.said())
                        .previous(before.number())
                        .changes(
                                tried ? proposal.lines(before) : List.of(),
                                applied ? proposal.reverse(before) : List.of())
                        .phases(proposal.phases().durations()),
                result.left(),
                result.epoch());
    }
}
