// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.word.WordResolver;

/**
 * One configuration as its layers give it, still with words. Depends on nothing but its blocks, so every environment with the
 * same blocks shares it. Immutable but for the values that were resolved last, which are kept to tell whether they changed.
 */
public final class Merged {
    private final List<Block> blocks;
    private final Map<String, ConfigValue> written;
    private final List<Problem> problems = new ArrayList<>();
    private final boolean words;
    private Map<String, ConfigValue> values;

    private Merged(List<Block> blocks) {
        this.blocks = blocks;
        String[] keys = keys();
        ConfigValue[] winners = new ConfigValue[keys.length];
        boolean found = false;
        for (int index = 0; index < keys.length; index++) {
            winners[index] = winner(keys[index]);
            found |= WordResolver.mayHoldWord(winners[index].raw());
        }
        this.written = new SortedValues(keys, winners);
        this.words = found;
        this.values = found ? null : written;
        if (!blocks.stream().allMatch(Block::isLowerCase)) {
            checkCase();
        }
    }

    /** All keys, sorted. Mostly one block, as a rule the lowest, has all of them. */
    private String[] keys() {
        Block most = blocks.get(0);
        for (Block block : blocks) {
            most = block.values().size() > most.values().size() ? block : most;
        }
        Set<String> others = null;
        for (Block block : blocks) {
            for (String key : block == most ? Set.<String>of() : block.values().keySet()) {
                if (!most.values().containsKey(key)) {
                    others = others == null ? new HashSet<>() : others;
                    others.add(key);
                }
            }
        }
        if (others == null) {
            return most.sortedKeys();
        }
        others.addAll(most.values().keySet());
        String[] keys = others.toArray(new String[0]);
        Arrays.sort(keys);
        return keys;
    }

    /** Lays blocks of one configuration over one another, the lowest first. */
    public static Merged of(List<Block> blocks) {
        return new Merged(List.copyOf(blocks));
    }

    private ConfigValue winner(String key) {
        ConfigValue winner = null;
        List<ConfigValue> lower = null;
        for (int index = blocks.size() - 1; index >= 0; index--) {
            ConfigValue value = blocks.get(index).values().get(key);
            if (value != null && winner != null) {
                lower = lower == null ? new ArrayList<>(index + 1) : lower;
                lower.add(value);
            }
            winner = winner == null ? value : winner;
        }
        return lower == null ? winner : new ConfigValue(winner.raw(), winner.origin(), lower);
    }

    /** ConfigurationAdmin does not tell upper from lower case in keys. */
    private void checkCase() {
        Map<String, String> byLowerCase = new HashMap<>();
        for (int top = blocks.size() - 1; top >= 0; top--) {
            for (String key : blocks.get(top).values().keySet()) {
                String other = byLowerCase.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
                if (other != null && !other.equals(key)) {
                    report(key, other);
                }
            }
        }
    }

    private void report(String key, String other) {
        String message = key + " and " + other + " (" + written.get(other).origin()
                + ") are one key, as upper and lower case are the same (allowed: one spelling)";
        Problem problem = Problem.error("key.case", message)
                .id(id())
                .key(key)
                .at(written.get(key).origin())
                .build();
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    public ConfigId id() {
        return blocks.get(0).id();
    }

    /** The blocks it is made of, the lowest first. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Key to winning value as written, sorted. */
    public Map<String, ConfigValue> written() {
        return written;
    }

    /** Keys that are one key. */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether the values depend on nothing else, and nothing is wrong. */
    boolean isConstant() {
        return !words && problems.isEmpty();
    }

    /** Key to value without words, sorted; the same map as before when nothing in it changed. */
    public Map<String, ConfigValue> values(WordResolver resolver, List<Problem> wrong) {
        if (words) {
            Map<String, ConfigValue> resolved = resolver.resolve(id(), written, wrong);
            if (!resolved.equals(values)) {
                values = Collections.unmodifiableMap(resolved);
            }
        }
        return values;
    }
}
