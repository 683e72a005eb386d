// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.layer.Merged;
import org.snakepipe.environment.internal.layer.VariableName;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.Placement;
import org.snakepipe.environment.internal.source.Placement.Role;
import org.snakepipe.environment.internal.source.Placements;

/** Tells which configurations an error may concern that names none of them. Immutable; looks when it is asked. */
final class Doubts {
    /** What decides which layers there are. */
    private static final String ENVIRONMENT_CODES = "environment.";
    /** An entry whose name is no id. It does describe a configuration: the keys of anything else are no keys. */
    private static final String BAD_NAME = "pid.name";

    private final List<Problem> problems;
    private final Map<ConfigId, Merged> merged;

    /**
     * Those of one resolution.
     *
     * @param problems sorted by place
     */
    Doubts(List<Problem> problems, Map<ConfigId, Merged> merged) {
        this.problems = problems;
        this.merged = merged;
    }

    /** Sorted by id; of several problems the first. */
    Map<ConfigId, Problem> byId() {
        Map<ConfigId, Problem> doubts = new TreeMap<>();
        for (Problem problem : problems) {
            if (problem.isError() && mayConcernOthers(problem)) {
                Predicate<Merged> concerned = concerned(problem);
                merged.forEach((id, one) -> {
                    if (!id.equals(Place.PROPERTIES) && concerned.test(one)) {
                        doubts.putIfAbsent(id, problem);
                    }
                });
            }
        }
        return Collections.unmodifiableMap(doubts);
    }

    /** Any configuration may take from the shared properties. */
    private static boolean mayConcernOthers(Problem problem) {
        if (problem.id().isPresent()) {
            return problem.id().get().equals(Place.PROPERTIES);
        }
        return problem.origin().filter(Doubts::isVariable).isEmpty();
    }

    private static boolean isVariable(Origin origin) {
        return origin.layer().equals(VariableName.LAYER);
    }

    private static Predicate<Merged> concerned(Problem problem) {
        Placement placement =
                problem.origin().map(origin -> Placements.of(origin.source())).orElse(null);
        if (placement == null
                || placement.place() == null
                || placement.role() == Role.DESCRIPTION
                || problem.id().isPresent()
                || problem.code().startsWith(ENVIRONMENT_CODES)
                || mayDescribe(placement) && !problem.code().equals(BAD_NAME)) {
            return one -> true;
        }
        return one -> !isElsewhere(one, placement.place());
    }

    /** The flat file of an environment may say what the environment extends. */
    private static boolean mayDescribe(Placement placement) {
        return placement.place().flat() && placement.environment() != null;
    }

    /** Whether another file of the layer speaks of it: that two of them do is an error, so this one cannot be meant to. */
    private static boolean isElsewhere(Merged one, Place place) {
        for (Block block : one.blocks()) {
            Origin origin = block.origin();
            if (origin.layer().equals(place.layer()) && !origin.source().equals(place.path())) {
                return true;
            }
        }
        return false;
    }
}
