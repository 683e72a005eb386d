// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.Resolution;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Schema;
import org.snakepipe.validation.SchemaKeys;
import org.snakepipe.validation.compare.Finding.Kind;
import org.snakepipe.validation.compare.Gaps.Gap;

/**
 * Looks at all environments of a directory beside one another, as any machine would see them: neither {@code local/} nor
 * variables count. Immutable; as safe for threads as its manager.
 */
public final class EnvironmentCheck {
    /** The environment that rehearses {@value #PLAY}, when both are there. */
    public static final String REHEARSAL = "staging";
    /** The environment that {@value #REHEARSAL} rehearses. */
    public static final String PLAY = "prod";

    private static final Origin NOWHERE = new Origin("", "", 0, 0);
    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(
                    (Finding finding) -> finding.problem().origin().orElse(NOWHERE),
                    Comparator.comparing(Origin::source).thenComparingInt(Origin::line))
            .thenComparing(Finding::kind)
            .thenComparing(finding -> finding.problem().message());

    private final EnvironmentManager manager;
    private final SchemaKeys known;

    /**
     * With what it asks.
     *
     * @param manager resolves
     * @param schemas PID to its schema: what is secret, required, and has a default. Of other PIDs no value shows
     */
    public EnvironmentCheck(EnvironmentManager manager, Map<String, Schema> schemas) {
        this.manager = manager;
        this.known = new SchemaKeys(Map.copyOf(schemas));
    }

    /**
     * Looks at everything. What is wrong with the values of one environment alone is not told: that is for its validation.
     *
     * @param files     read by the manager that this was made with
     * @param contracts what is laid down; {@link Contracts#NONE} when nothing is. What is wrong with them is told too
     * @return what was found, sorted by place
     */
    public List<Finding> check(ConfigFiles files, Contracts contracts) {
        Directory directory = new Directory(manager, files, known);
        Overlays overlays = new Overlays(known);
        Orphans orphans = new Orphans(known.schemas());
        SharedSecrets secrets = new SharedSecrets(REHEARSAL);
        for (Resolution resolution : directory.all()) {
            overlays.add(resolution);
            orphans.add(resolution);
            secrets.add(resolution);
        }
        List<Finding> findings = new ArrayList<>(unreadable(files, directory));
        findings.addAll(overlays.findings());
        findings.addAll(orphans.findings(directory));
        findings.addAll(secrets.findings());
        if (!contracts.demandsKeys(PLAY, REHEARSAL)) {
            findings.addAll(missing(directory));
        }
        findings.addAll(contracts.findings(directory));
        findings.sort(BY_PLACE);
        return findings;
    }

    /** Files of which something does not count; each once, however many environments they are for. */
    private List<Finding> unreadable(ConfigFiles files, Directory directory) {
        Map<String, Problem> distinct = new LinkedHashMap<>();
        Stream.concat(
                        manager.environments(files).problems().stream(),
                        directory.all().stream().flatMap(resolution -> resolution.problems().stream()))
                .filter(problem -> problem.key().isEmpty()
                        && (problem.isError() || problem.id().isEmpty())
                        && problem.origin().isPresent())
                .forEach(problem -> distinct.putIfAbsent(problem.code() + " " + problem, problem));
        return distinct.values().stream()
                .map(problem -> Finding.of(Kind.UNREADABLE, problem, List.of()))
                .toList();
    }

    private List<Finding> missing(Directory directory) {
        Optional<Resolution> has = directory.get(REHEARSAL);
        Optional<Resolution> lacks = directory.get(PLAY);
        if (has.isEmpty() || lacks.isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Gap gap : Gaps.between(directory, has.get(), lacks.get())) {
            // What prod takes away on purpose is not missing.
            if (gap.unset().isEmpty()) {
                findings.add(missing(gap));
            }
        }
        return findings;
    }

    private Finding missing(Gap gap) {
        Optional<Attribute> attribute = gap.key()
                .flatMap(key -> Optional.ofNullable(known.schemas().get(gap.id().pid()))
                        .flatMap(schema -> schema.attribute(key)));
        String fallback = attribute
                .map(Attribute::defaults)
                .filter(defaults -> !defaults.isEmpty() && !attribute.get().isSecret())
                .map(defaults -> ", where the default " + String.join(", ", defaults) + " counts")
                .orElse("");
        Problem.Builder problem = Problem.warning(
                        "environment.missing", gap + " is set in " + REHEARSAL + " but not in " + PLAY + fallback)
                .id(gap.id())
                .key(gap.key().orElse(null))
                .at(gap.place().orElse(null));
        return fallback.isEmpty()
                ? Finding.of(Kind.MISSING, problem.build(), List.of())
                : Finding.note(Kind.MISSING, problem, List.of());
    }
}
