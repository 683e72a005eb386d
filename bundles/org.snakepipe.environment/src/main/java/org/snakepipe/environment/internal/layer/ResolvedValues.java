// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.source.Numbered;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.word.WordResolver;

/**
 * The values of all configurations without their words; knows how to become those of a later resolution at the cost of what
 * changed and of what holds words.
 *
 * @param merged what they are made of
 * @param values without the shared properties, which configure nothing
 * @param again  the numbers of those that have to be looked at each time: they hold words, or something is wrong
 */
record ResolvedValues(Numbered<Merged> merged, Numbered<Map<String, ConfigValue>> values, BitSet again) {
    static ResolvedValues of(Numbered<Merged> merged, WordResolver words, List<Problem> wrong) {
        BitSet all = new BitSet(merged.numbers());
        all.set(0, merged.numbers());
        return resolved(merged, new Object[merged.numbers()], all, words, wrong);
    }

    ResolvedValues with(Numbered<Merged> now, WordResolver words, List<Problem> wrong) {
        if (!now.isLike(merged)) {
            return of(now, words, wrong);
        }
        BitSet numbers = (BitSet) again.clone();
        merged.differences(now, numbers::set);
        return resolved(now, values.copy(), numbers, words, wrong);
    }

    private static ResolvedValues resolved(
            Numbered<Merged> merged, Object[] values, BitSet numbers, WordResolver words, List<Problem> wrong) {
        BitSet again = new BitSet();
        numbers.stream().forEach(number -> {
            Merged one = merged.value(number);
            wrong.addAll(one.problems());
            Map<String, ConfigValue> resolved = one.values(words, wrong);
            again.set(number, !one.isConstant());
            values[number] = merged.id(number).equals(Place.PROPERTIES) ? null : resolved;
        });
        return new ResolvedValues(merged, merged.with(values), again);
    }
}
