// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Traits;

/** Which keys need each other, and which exclude each other. Immutable. */
final class Relations {
    private static final int ALWAYS = -1;

    private final KeyTable table;
    private final List<Pair> needs;
    private final List<Pair> exclusions;

    private Relations(KeyTable table, List<Pair> needs, List<Pair> exclusions) {
        this.table = table;
        this.needs = List.copyOf(needs);
        this.exclusions = List.copyOf(exclusions);
    }

    /** The number of a key, or {@link #ALWAYS}, and that of another. */
    private record Pair(int one, int other) {}

    /** Throws an IllegalArgumentException when a key is named that there is not. */
    static Relations of(String pid, KeyTable table, List<Attribute> attributes, Traits traits) {
        List<Pair> needs = new ArrayList<>();
        Set<Pair> exclusions = new HashSet<>();
        traits.requires().forEach(key -> needs.add(new Pair(ALWAYS, number(pid, table, key))));
        for (String one : traits.conflicts()) {
            traits.conflicts()
                    .forEach(other -> exclude(exclusions, number(pid, table, one), number(pid, table, other)));
        }
        for (Attribute attribute : attributes) {
            int number = table.number(attribute.key());
            String subject = pid + ", " + attribute.key();
            attribute.constraints().requires().forEach(key -> needs.add(new Pair(number, number(subject, table, key))));
            attribute
                    .constraints()
                    .conflicts()
                    .forEach(key -> exclude(exclusions, number, number(subject, table, key)));
        }
        return new Relations(
                table,
                needs,
                exclusions.stream()
                        .sorted((left, right) ->
                                left.one == right.one ? left.other - right.other : left.one - right.one)
                        .toList());
    }

    private static void exclude(Set<Pair> exclusions, int one, int other) {
        if (one != other) {
            exclusions.add(new Pair(Math.min(one, other), Math.max(one, other)));
        }
    }

    private static int number(String subject, KeyTable table, String key) {
        int number = table.number(key);
        if (number < 0) {
            throw new IllegalArgumentException(subject + ": requires or conflicts names " + key + ", which is no key");
        }
        return number;
    }

    void check(ConfigValue[] effective, ConfigValue[] defaults, Findings findings) {
        for (Pair need : needs) {
            boolean asked = need.one == ALWAYS || isWritten(need.one, effective, defaults);
            if (asked && !hasValue(effective[need.other])) {
                findings.add(missing(need, effective));
            }
        }
        for (Pair pair : exclusions) {
            if (isWritten(pair.one, effective, defaults) && isWritten(pair.other, effective, defaults)) {
                findings.add(Problem.error(
                                "key.conflicts",
                                table.key(pair.one) + " and " + table.key(pair.other)
                                        + " exclude each other (allowed: one of them)")
                        .key(table.key(pair.other))
                        .at(effective[pair.other].origin())
                        .fixes(List.of(Fix.remove())));
            }
        }
    }

    private Problem.Builder missing(Pair need, ConfigValue... effective) {
        String needed = table.key(need.other);
        List<Fix> fixes = List.of(Fix.add(needed, ""));
        if (need.one == ALWAYS) {
            return Problem.error("key.requires", needed + " needs a value, and has none")
                    .key(needed)
                    .fixes(fixes);
        }
        return Problem.error("key.requires", table.key(need.one) + " needs " + needed + " too, which has no value")
                .key(table.key(need.one))
                .at(effective[need.one].origin())
                .fixes(fixes);
    }

    private static boolean isWritten(int number, ConfigValue[] effective, ConfigValue... defaults) {
        return effective[number] != defaults[number] && hasValue(effective[number]);
    }

    private static boolean hasValue(ConfigValue value) {
        return value != null
                && !(value.raw() instanceof String text && text.isBlank())
                && !(value.raw() instanceof List<?> list && list.isEmpty());
    }
}
