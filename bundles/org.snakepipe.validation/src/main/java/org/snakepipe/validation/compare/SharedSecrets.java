// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.Resolution;
import org.snakepipe.validation.compare.Finding.Kind;

/**
 * Secrets that a protected environment has in common with one that is not, or with its rehearsal; of others that are used
 * twice there is a note. A word in {@code base} is no
 * such secret where all take it from there: each machine has its own under that name. Used once.
 */
final class SharedSecrets {
    private static final Pattern SECRET = Pattern.compile("(?<!\\$)\\$\\[secret:([A-Za-z0-9_.-]+)]");

    private final String rehearsal;
    private final Map<String, List<Use>> uses = new TreeMap<>();

    private record Use(Resolution in, ConfigId id, String key, Origin origin) {
        boolean isGuarded() {
            return in.environment().guarded();
        }

        String environment() {
            return in.environment().name();
        }
    }

    /** Begins. @param rehearsal the environment that shares nothing with a protected one, though it may be protected itself */
    SharedSecrets(String rehearsal) {
        this.rehearsal = rehearsal;
    }

    void add(Resolution resolution) {
        resolution.values().forEach((id, values) -> values.forEach((key, value) -> add(resolution, id, key, value)));
    }

    private void add(Resolution resolution, ConfigId id, String key, ConfigValue value) {
        for (Object part : value.raw() instanceof List<?> list ? list : List.of(value.raw())) {
            if (part instanceof Deferred deferred && deferred.secret()) {
                Matcher matcher = SECRET.matcher(deferred.word());
                while (matcher.find()) {
                    uses.computeIfAbsent(matcher.group(1), absent -> new ArrayList<>())
                            .add(new Use(resolution, id, key, value.origin()));
                }
            }
        }
    }

    /** One finding for each secret, at the place in the environment that had better have its own. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        uses.forEach((secret, all) -> finding(secret, all).ifPresent(findings::add));
        return findings;
    }

    private Optional<Finding> finding(String secret, List<Use> all) {
        List<Use> guarded = all.stream()
                .filter(use -> use.isGuarded() && !use.environment().equals(rehearsal))
                .toList();
        List<Use> others = all.stream().filter(use -> !guarded.contains(use)).toList();
        if (guarded.isEmpty() || others.isEmpty()) {
            return shared(secret, all);
        }
        if (all.stream().allMatch(use -> Directory.isBase(use.origin().source()))) {
            return Optional.empty();
        }
        Use first = others.get(0);
        String message = "the secret " + secret + " of " + names(guarded) + ", protected, is used by " + names(others)
                + " too (allowed: one of its own)";
        Problem problem = Problem.warning("environment.secret", message)
                .id(first.id())
                .key(first.key())
                .at(first.origin())
                .build();
        List<Origin> related = all.stream()
                .map(Use::origin)
                .distinct()
                .filter(origin -> !origin.equals(first.origin()))
                .toList();
        return Optional.of(Finding.of(Kind.SHARED_SECRET, problem, related));
    }

    /** Written for one environment and again for another one that is not made from it. */
    private static Optional<Finding> shared(String secret, List<Use> all) {
        List<Use> own = all.stream()
                .filter(use -> Directory.layer(use.origin().source()).equals(use.environment()))
                .toList();
        if (own.stream().map(Use::environment).distinct().count() < 2) {
            return Optional.empty();
        }
        Use first = own.get(0);
        Problem.Builder problem = Problem.warning(
                        "environment.secret", "the secret " + secret + " is used by " + names(own))
                .id(first.id())
                .key(first.key())
                .at(first.origin());
        List<Origin> related = own.stream().skip(1).map(Use::origin).distinct().toList();
        return Optional.of(Finding.note(Kind.SHARED_SECRET, problem, related));
    }

    private static String names(List<Use> uses) {
        TreeSet<String> names = new TreeSet<>();
        uses.forEach(use -> names.add(use.environment()));
        return String.join(", ", names);
    }
}
