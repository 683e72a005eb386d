// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.Siblings;

/** Collects what is wrong with one configuration. Not thread-safe. */
public final class Findings {
    private static final Origin NOWHERE = new Origin("", "", 0, 0);
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.origin().orElse(NOWHERE),
                    Comparator.comparing(Origin::source)
                            .thenComparingInt(Origin::line)
                            .thenComparingInt(Origin::column))
            .thenComparing(problem -> problem.key().orElse(""));

    private final ConfigId id;
    private final Siblings siblings;
    private List<Problem> problems = List.of();
    private Findings others;

    /**
     * Nothing yet.
     *
     * @param siblings what others write
     */
    public Findings(ConfigId id, Siblings siblings) {
        this.id = id;
        this.siblings = siblings;
    }

    /** Adds a problem of the configuration. */
    public void add(Problem.Builder problem) {
        if (problems.isEmpty()) {
            problems = new ArrayList<>();
        }
        problems.add(problem.id(id).build());
    }

    /** Findings of the same configuration, apart from these; nothing yet. */
    Findings others() {
        if (others == null || !others.problems.isEmpty()) {
            others = new Findings(id, siblings);
        }
        return others;
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** All that was found, by place. */
    public List<Problem> sorted() {
        if (problems.size() > 1) {
            problems.sort(BY_PLACE);
        }
        return problems;
    }

    /** What others write. */
    List<String> elsewhere(String key) {
        return siblings.values(id, key);
    }
}
