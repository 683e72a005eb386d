// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.Resolution;
import org.snakepipe.schema.Concealment;
import org.snakepipe.validation.SchemaKeys;
import org.snakepipe.validation.compare.Finding.Kind;

/**
 * What becomes of each written value in all environments that stand on its layer: whether it counts, and what it hides. Where
 * the same files make a configuration in several environments, it is looked at once. Used once.
 */
final class Overlays {
    private static final String INHERITED = "$[inherited]";
    private static final int MOST_SHOWN = 80;

    private final SchemaKeys known;
    private final Map<Place, Fate> fates = new LinkedHashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private record Place(ConfigId id, String key, Origin origin) {}

    /** What is known of one value. */
    private static final class Fate {
        final Object raw;
        boolean counts;
        boolean hidesNothing;
        boolean hidesOther;
        /** What it hides, of all that it hides elsewhere the first that is another value. */
        ConfigValue hidden;
        /** What hides it. */
        final Set<Origin> by = new LinkedHashSet<>();

        Fate(Object raw) {
            this.raw = raw;
        }
    }

    Overlays(SchemaKeys known) {
        this.known = known;
    }

    void add(Resolution resolution) {
        resolution.written().forEach((id, keys) -> {
            if (seen.add(keys)) {
                keys.forEach((key, top) -> add(resolution, id, key, top));
            }
        });
    }

    private void add(Resolution resolution, ConfigId id, String key, ConfigValue top) {
        List<ConfigValue> all = new ArrayList<>(List.of(top));
        all.addAll(top.shadowed());
        for (int index = 0; index < all.size(); index++) {
            ConfigValue value = all.get(index);
            Fate fate = fates.computeIfAbsent(new Place(id, key, value.origin()), place -> new Fate(value.raw()));
            if (index == 0
                    || resolution.shadowed(id, key, value.origin().source()).isEmpty()) {
                fate.counts = true;
            } else {
                fate.by.add(all.get(index - 1).origin());
            }
            if (index == all.size() - 1) {
                fate.hidesNothing = true;
            } else {
                hide(fate, all.get(index + 1));
            }
        }
    }

    private static void hide(Fate fate, ConfigValue lower) {
        boolean same = fate.raw.equals(INHERITED) || text(fate.raw).equals(text(lower.raw()));
        if (fate.hidden == null || !same && !fate.hidesOther) {
            fate.hidden = lower;
        }
        fate.hidesOther |= !same;
    }

    /** Typed files write numbers and lists where others write texts. */
    private static String text(Object raw) {
        return raw instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : raw.toString().strip().replaceAll("\\s*,\\s*", ",");
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        fates.forEach((place, fate) -> finding(place, fate).ifPresent(findings::add));
        return findings;
    }

    private Optional<Finding> finding(Place place, Fate fate) {
        String what =
                place.key() + shown(place, fate.raw).map(text -> " = " + text).orElse("");
        if (!fate.counts) {
            // Only base can be hidden everywhere, and the next environment may need what it says.
            String by = fate.by.iterator().next() + (fate.by.size() > 1 ? " and others hide it" : " hides it");
            Problem.Builder problem =
                    Problem.warning("environment.shadowed", what + " counts in no environment: " + by);
            return Optional.of(Finding.note(Kind.SHADOWED, at(place, problem), List.copyOf(fate.by)));
        }
        if (fate.hidden == null) {
            return Optional.empty();
        }
        List<Origin> related = List.of(fate.hidden.origin());
        if (fate.hidesOther) {
            String instead = shown(place, fate.hidden.raw())
                    .map(text -> " instead of " + text + " (" + fate.hidden.origin() + ")")
                    .orElse(" is not what " + fate.hidden.origin() + " says");
            Problem.Builder problem = Problem.warning("environment.override", what + instead);
            return Optional.of(Finding.note(Kind.INTENDED, at(place, problem), related));
        }
        if (fate.hidesNothing) {
            // Where nothing is below, it is the first to say so.
            return Optional.empty();
        }
        Problem.Builder problem = Problem.warning(
                        "environment.redundant", what + " is what " + fate.hidden.origin() + " says already")
                .fixes(List.of(Fix.remove()));
        return Optional.of(Finding.of(Kind.REDUNDANT, at(place, problem).build(), related));
    }

    private static Problem.Builder at(Place place, Problem.Builder problem) {
        return problem.id(place.id()).key(place.key()).at(place.origin());
    }

    /** The value for people; empty for what is secret, and where nobody knows what is. */
    private Optional<String> shown(Place place, Object raw) {
        if (known.isHidden(place.id().pid(), place.key())) {
            return Optional.empty();
        }
        String text = Concealment.of(raw).toString();
        return Optional.of(text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text);
    }
}
