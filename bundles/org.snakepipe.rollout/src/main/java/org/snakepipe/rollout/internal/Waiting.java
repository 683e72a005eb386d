// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Plan;
import org.snakepipe.control.UnappliedFile;

/**
 * What is good and waits for somebody to confirm it, in a protected environment. Whatever comes of a change, the plan that is
 * named is the one that can be confirmed now. Used by one thread.
 */
final class Waiting {
    private static final String PROTECTED = "the environment is protected";

    private final Standing standing;
    private final Proposer proposer;
    private final Plans plans;

    Waiting(Standing standing, Proposer proposer, Plans plans) {
        this.standing = standing;
        this.proposer = proposer;
        this.plans = plans;
    }

    /** What lies there waits. Its bundles are taken back already. */
    Plan pend(Proposal proposal) {
        Confirmation confirmation = standing.confirmation();
        Plan plan = plans.plan(proposal, standing.current(), Optional.of(confirmation.end(proposal.hash())), List.of());
        plans.remember(plan.hash(), Optional.empty());
        confirmation.pend(plan);
        standing.waitFor(PROTECTED + ": confirm it with apply " + plan.hash() + ", until "
                + plan.expires().orElseThrow());
        return plan;
    }

    /** What was refused, or did not come up, is held now: what can be confirmed is what is left of it, under another hash. */
    void pendRest(Proposal refused) throws InterruptedException {
        Confirmation confirmation = standing.confirmation();
        if (refused.exact() || !confirmation.isNeeded(standing.current())) {
            return;
        }
        confirmation.clear();
        if (standing.unapplied().stream().noneMatch(file -> file.state() == UnappliedFile.State.WAITING)) {
            return;
        }
        Runnable back = standing.desk().mark();
        Proposal rest = proposer.ofDisk(
                standing.current(), Occasion.of(refused.occasion().cause()));
        rest.bundles().undo();
        // It was only asked: what is held stays what it was found to be.
        back.run();
        if (!rest.isGood()) {
            standing.waitFor(PROTECTED + ", and nothing can be confirmed before " + bad() + " is mended");
        } else if (confirmation.isNeededFor(rest, standing.current())) {
            pend(rest);
        }
    }

    private String bad() {
        String places = Problems.errors(standing.desk().files().problems()).stream()
                .map(Problem::origin)
                .flatMap(Optional::stream)
                .map(Origin::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        return places.isEmpty() ? "what 'snakepipe plan' names" : places;
    }
}
