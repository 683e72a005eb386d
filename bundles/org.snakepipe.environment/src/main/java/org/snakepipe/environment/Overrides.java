// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.format.OverrideReader;
import org.snakepipe.environment.internal.source.TwoPlaces;

/**
 * The values that people set at run time: the highest layer. Immutable.
 *
 * @param list     in the order of the files
 * @param problems what is wrong with the files; each names one of them
 */
public record Overrides(List<RuntimeOverride> list, List<Problem> problems) {
    /** Nobody has set anything. */
    public static final Overrides NONE = new Overrides(List.of(), List.of());

    /** Copies the lists. */
    public Overrides {
        list = List.copyOf(list);
        problems = List.copyOf(problems);
    }

    /**
     * Reads files. Bad content never throws: what is wrong becomes a problem.
     *
     * @param files path for people, relative, to content: in {@code .json} one object or a list of objects with the keys
     *              {@code id}, {@code key}, {@code value}, {@code author}, {@code reason} and, if it ends by itself,
     *              {@code expiry}, an ISO instant; notes and what editors leave behind say nothing
     * @return the overrides that can be read
     */
    public static Overrides parse(Map<String, byte[]> files) {
        List<RuntimeOverride> list = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        new TreeMap<>(files).forEach((path, bytes) -> OverrideReader.read(path, bytes, list, problems));
        Map<String, RuntimeOverride> first = new HashMap<>();
        List<RuntimeOverride> unique = new ArrayList<>();
        for (RuntimeOverride override : list) {
            String what = override.id() + " " + override.key();
            RuntimeOverride other = first.putIfAbsent(what, override);
            if (other == null) {
                unique.add(override);
            } else {
                problems.add(Problem.error(
                                "override.twice",
                                override.key() + " is overridden twice, "
                                        + TwoPlaces.here(override.origin(), other.origin()) + " (allowed: once)")
                        .id(override.id())
                        .key(override.key())
                        .at(override.origin())
                        .build());
            }
        }
        return new Overrides(unique, problems);
    }

    /**
     * Those that count at a moment.
     *
     * @param now the moment
     * @return overrides without those that have ended
     */
    public List<RuntimeOverride> active(Instant now) {
        return list.stream().filter(override -> override.isActive(now)).toList();
    }

    /**
     * When the next one ends: then the configuration has to be resolved again.
     *
     * @param now the moment
     * @return the earliest end after that; empty when none ends
     */
    public Optional<Instant> nextExpiry(Instant now) {
        return active(now).stream()
                .map(RuntimeOverride::expiry)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }
}
