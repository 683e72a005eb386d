// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
        Map<String, ConfigValue> winners = new TreeMap<>();
        Map<String, String> byLowerCase = new HashMap<>();
        boolean lowerCase = blocks.stream().allMatch(Block::isLowerCase);
        boolean found = false;
        for (int top = blocks.size() - 1; top >= 0; top--) {
            for (Map.Entry<String, ConfigValue> entry : blocks.get(top).values().entrySet()) {
                String key = entry.getKey();
                if (!winners.containsKey(key)) {
                    ConfigValue value = over(entry.getValue(), key, top);
                    winners.put(key, value);
                    found |= WordResolver.mayHoldWord(value.raw());
                    if (!lowerCase) {
                        checkCase(key, byLowerCase, winners);
                    }
                }
            }
        }
        this.written = Collections.unmodifiableMap(winners);
        this.words = found;
        this.values = found ? null : written;
    }

    /** Lays blocks of one configuration over one another, the lowest first. */
    public static Merged of(List<Block> blocks) {
        return new Merged(List.copyOf(blocks));
    }

    private ConfigValue over(ConfigValue value, String key, int top) {
        List<ConfigValue> lower = null;
        for (int index = top - 1; index >= 0; index--) {
            ConfigValue hidden = blocks.get(index).values().get(key);
            if (hidden != null) {
                lower = lower == null ? new ArrayList<>(top) : lower;
                lower.add(hidden);
            }
        }
        return lower == null ? value : new ConfigValue(value.raw(), value.origin(), lower);
    }

    /** ConfigurationAdmin does not tell upper from lower case in keys. */
    private void checkCase(String key, Map<String, String> byLowerCase, Map<String, ConfigValue> winners) {
        String other = byLowerCase.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
        if (other != null) {
            String message = key + " and " + other + " (" + winners.get(other).origin()
                    + ") are one key, as upper and lower case are the same (allowed: one spelling)";
            problems.add(Problem.error("key.case", message)
                    .id(id())
                    .key(key)
                    .at(winners.get(key).origin())
                    .build());
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
