// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.unit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses what a duration or size was meant to be: other words for units, fractions, white space, wrong case. */
final class LooseQuantity {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,18}(?:[.][0-9]{1,9})?)\\s*([A-Za-z\u00b5\u03bc]+)");
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("d", List.of("d")),
            Map.entry("day", List.of("d")),
            Map.entry("h", List.of("h")),
            Map.entry("hr", List.of("h")),
            Map.entry("hour", List.of("h")),
            Map.entry("m", List.of("m")),
            Map.entry("min", List.of("m")),
            Map.entry("minute", List.of("m")),
            Map.entry("s", List.of("s")),
            Map.entry("sec", List.of("s")),
            Map.entry("second", List.of("s")),
            Map.entry("ms", List.of("ms")),
            Map.entry("msec", List.of("ms")),
            Map.entry("milli", List.of("ms")),
            Map.entry("millisecond", List.of("ms")),
            Map.entry("us", List.of("us")),
            Map.entry("\u00b5s", List.of("us")),
            Map.entry("\u03bcs", List.of("us")),
            Map.entry("micro", List.of("us")),
            Map.entry("microsecond", List.of("us")),
            Map.entry("ns", List.of("ns")),
            Map.entry("nano", List.of("ns")),
            Map.entry("nanosecond", List.of("ns")));
    private static final Map<String, List<String>> SIZES = Map.ofEntries(
            Map.entry("b", List.of("B")),
            Map.entry("byte", List.of("B")),
            Map.entry("k", List.of("KiB", "kB")),
            Map.entry("kb", List.of("kB", "KiB")),
            Map.entry("kib", List.of("KiB")),
            Map.entry("m", List.of("MiB", "MB")),
            Map.entry("mb", List.of("MB", "MiB")),
            Map.entry("mib", List.of("MiB")),
            Map.entry("g", List.of("GiB", "GB")),
            Map.entry("gb", List.of("GB", "GiB")),
            Map.entry("gib", List.of("GiB")),
            Map.entry("t", List.of("TiB", "TB")),
            Map.entry("tb", List.of("TB", "TiB")),
            Map.entry("tib", List.of("TiB")));

    private final List<Scale> scales;
    private final BigDecimal unit;

    LooseQuantity(List<Scale> scales, long unit) {
        this.scales = scales;
        this.unit = BigDecimal.valueOf(unit);
    }

    /** The numbers of units that may be meant, the most likely first. */
    List<Long> read(String text) {
        List<Long> meant = new ArrayList<>();
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (matcher.matches()) {
            for (String name : names(matcher.group(2).toLowerCase(Locale.ROOT))) {
                add(meant, new BigDecimal(matcher.group(1)), Scale.named(scales, name));
            }
        }
        return meant;
    }

    private List<String> names(String word) {
        Map<String, List<String>> words = scales == Scale.BYTES ? SIZES : WORDS;
        List<String> singular =
                word.length() > 2 && word.endsWith("s") ? words.get(word.substring(0, word.length() - 1)) : null;
        return singular == null ? words.getOrDefault(word, List.of()) : singular;
    }

    private void add(List<Long> meant, BigDecimal number, Scale scale) {
        BigDecimal[] units = number.multiply(BigDecimal.valueOf(scale.factor())).divideAndRemainder(unit);
        if (units[1].signum() == 0 && units[0].precision() - units[0].scale() <= 18) {
            meant.add(units[0].longValue());
        }
    }
}
