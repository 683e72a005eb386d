// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.validation.compare.Difference.Side;

/** Tells what is different between two environments, or between two exports of environments. Without state. */
public final class EnvironmentDiff {
    private EnvironmentDiff() {}

    /**
     * Compares two environments.
     *
     * @param left  the one
     * @param right the other
     * @return differences, sorted by configuration and key. A number is the same as its text; masked secrets are the same
     *     when what they mask is, or, in an export that was read from a file, when they look the same
     */
    public static List<Difference> between(ResolvedExport left, ResolvedExport right) {
        List<Difference> differences = new ArrayList<>();
        for (ConfigId id : all(left.values(), right.values())) {
            SortedMap<String, Shown> one = left.values().get(id);
            SortedMap<String, Shown> other = right.values().get(id);
            if (one == null || other == null) {
                differences.add(whole(id, one, other));
                continue;
            }
            for (String key : all(one, other)) {
                Shown mine = one.get(key);
                Shown theirs = other.get(key);
                if (mine == null || theirs == null || !mine.isSame(theirs)) {
                    differences.add(value(id, key, mine, theirs));
                }
            }
        }
        return differences;
    }

    /**
     * How many secrets both sides have of which nobody can tell whether they are the same.
     *
     * @param left  the one
     * @param right the other
     * @return the number
     */
    public static long notCompared(ResolvedExport left, ResolvedExport right) {
        return left.values().entrySet().stream()
                .flatMap(one -> one.getValue().entrySet().stream().filter(value -> {
                    Map<String, Shown> others = right.values().get(one.getKey());
                    Shown other = others == null ? null : others.get(value.getKey());
                    return other != null
                            && (value.getValue().isUncomparable() || other.isUncomparable())
                            && value.getValue().isSame(other);
                }))
                .count();
    }

    private static <K extends Comparable<K>> SortedSet<K> all(Map<K, ?> one, Map<K, ?> other) {
        SortedSet<K> all = new TreeSet<>(one.keySet());
        all.addAll(other.keySet());
        return all;
    }

    private static Difference whole(ConfigId id, SortedMap<String, Shown> one, SortedMap<String, Shown> other) {
        return new Difference(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                place(one),
                place(other),
                other == null ? Side.LEFT : Side.RIGHT);
    }

    /** Where a configuration is written: not where its defaults are. */
    private static Optional<Origin> place(SortedMap<String, Shown> keys) {
        return keys == null
                ? Optional.empty()
                : keys.values().stream()
                        .flatMap(value -> value.origin().stream())
                        .filter(origin -> !origin.layer().equals("default"))
                        .findFirst();
    }

    private static Difference value(ConfigId id, String key, Shown one, Shown other) {
        Optional<Shown> left = Optional.ofNullable(one);
        Optional<Shown> right = Optional.ofNullable(other);
        return new Difference(
                id,
                Optional.of(key),
                left.map(Shown::value),
                right.map(Shown::value),
                left.flatMap(Shown::origin),
                right.flatMap(Shown::origin),
                one == null ? Side.RIGHT : other == null ? Side.LEFT : Side.BOTH);
    }
}
