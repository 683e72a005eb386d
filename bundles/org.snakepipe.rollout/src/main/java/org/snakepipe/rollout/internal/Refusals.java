// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Installer;
import org.snakepipe.control.Plan;
import org.snakepipe.control.ReloadResult;

/**
 * Proposals that do not come into force, or not yet: what is held of them, what waits, and what is said. Nothing that runs is
 * touched. Used by one thread.
 */
final class Refusals {
    private final Standing standing;
    private final Installer installer;
    private final Waiting waiting;

    Refusals(Standing standing, Installer installer, Waiting waiting) {
        this.standing = standing;
        this.installer = installer;
        this.waiting = waiting;
    }

    /** Something is wrong with it. */
    ReloadResult rejected(Proposal proposal) throws InterruptedException {
        drop(proposal);
        Generation current = standing.current();
        Desk desk = standing.desk();
        List<Problem> found = proposal.verdict().draft().problems();
        if (!proposal.exact() && proposal.verdict().jars()) {
            List<Problem> before = desk.jars().problems();
            desk.jars()
                    .leaveOut(
                            proposal.verdict().unsuited(),
                            proposal.plugins(),
                            proposal.verdict().errors(),
                            installer);
            standing.heldChanged();
            standing.addNews(Problems.without(desk.jars().problems(), before));
            found = Problems.without(found, proposal.verdict().errors());
            standing.waitFor("it came together with a plugin that was rejected" + Standing.LATER);
        } else if (!proposal.exact()) {
            standing.waitFor("it was saved together with "
                    + String.join(", ", desk.files().rejected()) + ", which must be mended" + Standing.LATER);
        }
        waiting.pendRest(proposal);
        return told(proposal, found, found);
    }

    /** A check says that it cannot work. Its files are held: only another content, or somebody who asks, tries them again. */
    ReloadResult vetoed(Proposal proposal, List<Problem> said) throws InterruptedException {
        drop(proposal);
        Generation current = standing.current();
        Desk desk = standing.desk();
        List<Problem> errors = Problems.errors(said);
        if (!proposal.exact()) {
            List<String> fresh = Candidates.differences(proposal.next().files(), current.files());
            List<String> named = Candidates.named(errors, fresh, proposal.next().draft());
            named.forEach(path -> desk.files().veto(path, desk.disk().config().get(path), errors));
            if (named.isEmpty()) {
                desk.jars().takeBackNew(proposal.plugins(), current.plugins(), errors, installer);
            }
            standing.heldChanged();
            standing.waitFor("it came together with " + (named.isEmpty() ? "a plugin" : String.join(", ", named))
                    + ", which a check refused" + Standing.LATER);
        }
        waiting.pendRest(proposal);
        return told(proposal, said, found(proposal));
    }

    private static List<Problem> found(Proposal proposal) {
        return proposal.verdict().draft().problems();
    }

    private ReloadResult told(Proposal proposal, List<Problem> said, List<Problem> found) {
        return standing.refused(
                standing.receipt(ReloadResult.Status.REJECTED, proposal.occasion(), said)
                        .phases(proposal.phases().durations()),
                proposal,
                found);
    }

    /** It is not what somebody confirms. */
    ReloadResult moved(Proposal proposal, String expected) {
        drop(proposal);
        if (!proposal.exact() && standing.confirmation().isNeededFor(proposal, standing.current())) {
            waiting.pend(proposal);
        }
        return told(
                proposal,
                List.of(Problem.error(
                                "plan.moved",
                                "since plan " + expected
                                        + " was made, the generation in force, a file or a plugin has become another;"
                                        + " what lies there now is plan " + proposal.hash() + ": look at it first")
                        .build()),
                found(proposal));
    }

    /** One that was asked for and is not wanted any more, or not as it is. */
    void drop(Proposal proposal) {
        proposal.bundles().undo();
        proposal.forget().run();
    }

    /** Nothing was touched, for these reasons. */
    ReloadResult refuse(Occasion occasion, List<Problem> problems) {
        standing.begin(List.of(), List.of());
        return standing.tell(standing.receipt(ReloadResult.Status.REJECTED, occasion, problems));
    }

    /** What was asked for is not there. */
    ReloadResult unknown(Occasion occasion, Problem problem) {
        standing.begin(List.of(), List.of());
        return standing.answer(standing.receipt(ReloadResult.Status.REJECTED, occasion, List.of(problem)));
    }

    /** Somebody has to confirm it. */
    ReloadResult pend(Proposal proposal) {
        proposal.bundles().undo();
        Plan plan = waiting.pend(proposal);
        return standing.refused(
                standing.receipt(
                                ReloadResult.Status.PENDING,
                                proposal.occasion(),
                                Plans.lifted(proposal, standing.current()))
                        .changes(plan.lines(), List.of())
                        .hash(plan.hash())
                        .phases(proposal.phases().durations()),
                proposal,
                found(proposal));
    }

    /** A root looks like an accident: somebody has to say that it was meant. */
    void accident(Accidents.Accident accident) {
        standing.begin(List.of(), List.of());
        Occasion occasion = Occasion.of(accident.set().root().folder() + " is gone");
        standing.tell(standing.receipt(ReloadResult.Status.PENDING, occasion, List.of(accident.problem()))
                .hash(accident.hash()));
    }
}
