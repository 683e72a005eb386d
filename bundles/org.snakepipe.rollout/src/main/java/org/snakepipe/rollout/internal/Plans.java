// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.EnvironmentInfo;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PipelineEffect;
import org.snakepipe.control.Plan;

/** Makes plans of proposals for people, and remembers those that can be confirmed. Used by one thread. */
final class Plans {
    private static final int REMEMBERED = 16;
    private static final int FEWEST_DIGITS = 6;

    private final String environment;
    private final Participants participants;

    /** Hash to the files of a candidate; empty for what lies on the disk. The eldest goes first. */
    private final Map<String, Optional<Map<String, FileContent>>> made = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Map<String, FileContent>>> eldest) {
            return size() > REMEMBERED;
        }
    };

    Plans(String environment, Participants participants) {
        this.environment = environment;
        this.participants = participants;
    }

    /** @param held what is wrong with what lies there and is no part of it */
    Plan plan(Proposal proposal, Generation current, Optional<Instant> expires, List<Problem> held) {
        return new Plan(
                proposal.hash(),
                current.number(),
                environment,
                proposal.difference().changes(),
                Jars.lines(current.plugins(), proposal.plugins()),
                effects(proposal),
                inheritedBy(proposal, current),
                Problems.union(
                        lifted(proposal, current),
                        proposal.verdict().errors(),
                        proposal.news(),
                        proposal.verdict().draft().problems(),
                        held),
                expires);
    }

    /** What changes nothing that runs, and everything for who may change it, has to be said by itself. */
    static List<Problem> lifted(Proposal proposal, Generation current) {
        boolean lifts = current.draft().provenance().isGuarded()
                && !proposal.next().draft().provenance().isGuarded();
        return lifts
                ? List.of(Problem.warning(
                                "environment.unprotected",
                                "the environment would not be protected any more: what is saved would come into force"
                                        + " without being confirmed")
                        .build())
                : List.of();
    }

    private List<PipelineEffect> effects(Proposal proposal) {
        return participants.effects(proposal.difference().changes());
    }

    /** The other environments that stand on a file that is another one. */
    private static List<String> inheritedBy(Proposal proposal, Generation current) {
        Set<String> paths = new TreeSet<>(Candidates.differences(proposal.next().files(), current.files()));
        Set<String> layers = new TreeSet<>();
        paths.forEach(path -> layers.add(layer(path)));
        List<String> names = new ArrayList<>();
        for (EnvironmentInfo other : proposal.next().draft().provenance().environments()) {
            Set<String> standsOn = new TreeSet<>(other.ancestors());
            standsOn.add("base");
            standsOn.add(other.name());
            standsOn.retainAll(layers);
            if (!other.active() && !standsOn.isEmpty()) {
                names.add(other.name());
            }
        }
        return names;
    }

    private static String layer(String path) {
        String[] parts = path.split("/");
        if (parts[0].equals("environments") && parts.length > 1) {
            return parts[1];
        }
        return parts.length == 1 ? parts[0].replaceFirst("\\.(ya?ml|json)$", "") : parts[0];
    }

    /** Remembers what a plan was made of. @param files those of a candidate; empty for what lies on the disk */
    void remember(String hash, Optional<Map<String, FileContent>> files) {
        made.remove(hash);
        made.put(hash, files);
    }

    /** The whole hash of a plan that was made, by its beginning; empty when there is none, or more than one. */
    Optional<String> find(String beginning) {
        List<String> found = made.keySet().stream()
                .filter(hash -> hash.startsWith(beginning))
                .toList();
        return beginning.length() >= FEWEST_DIGITS && found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The files of the candidate that a plan was made of; empty for what lies on the disk. */
    Optional<Map<String, FileContent>> files(String hash) {
        return made.getOrDefault(hash, Optional.empty());
    }
}
