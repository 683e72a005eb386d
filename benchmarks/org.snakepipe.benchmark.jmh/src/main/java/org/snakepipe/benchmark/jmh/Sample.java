// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakepipe.api.config.Unit;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Option;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.Constraints.Range;
import org.snakepipe.schema.Constraints.TextPattern;
import org.snakepipe.schema.Schema;

/** Keys as services have them, in groups of ten: what they may be, and values for them. */
final class Sample {
    /** What a name, and an element of a list, has to match. */
    static final String NAME = "[a-z][a-z0-9-]*";

    static final int SHORTEST = 3;
    static final int LONGEST = 40;
    static final int GREATEST = 65_535;
    static final int LONGEST_MILLIS = 3_600_000;
    static final int MOST_TAGS = 10;
    static final List<String> LEVELS = List.of("lowest", "low", "normal", "high", "highest");

    private static final List<String> INTEGERS = List.of("port", "retries", "batch");
    private static final List<String> BOOLEANS = List.of("enabled", "strict");
    private static final List<String> NAMES = List.of("name", "target");

    private Sample() {}

    /** The schema of so many groups. */
    static Schema schema(String pid, boolean factory, int groups) {
        List<Attribute> attributes = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            String prefix = "g" + group + ".";
            INTEGERS.forEach(key -> attributes.add(integer(prefix + key, GREATEST, Optional.empty())));
            BOOLEANS.forEach(
                    key -> attributes.add(attribute(prefix + key, Type.BOOLEAN, 0, List.of(), Constraints.NONE)));
            NAMES.forEach(
                    key -> attributes.add(attribute(prefix + key, Type.STRING, 0, List.of(), named(Optional.empty()))));
            List<Option> options =
                    LEVELS.stream().map(level -> new Option(level, level)).toList();
            attributes.add(attribute(prefix + "level", Type.STRING, 0, options, Constraints.NONE));
            attributes.add(integer(prefix + "timeout", LONGEST_MILLIS, Optional.of(Unit.Measure.ms)));
            Constraints tags = named(Optional.of(new Range(1, MOST_TAGS)));
            attributes.add(attribute(prefix + "tags", Type.STRING, Integer.MIN_VALUE, List.of(), tags));
        }
        return new Schema(pid, factory, "", "", attributes);
    }

    private static Attribute integer(String key, int greatest, Optional<Unit.Measure> unit) {
        Constraints constraints = constraints(Optional.empty(), Optional.empty(), Optional.empty(), unit);
        return new Attribute(
                key,
                Type.INTEGER,
                0,
                true,
                List.of(),
                Optional.of("1"),
                Optional.of("" + greatest),
                List.of(),
                "",
                "",
                constraints);
    }

    private static Attribute attribute(
            String key, Type type, int cardinality, List<Option> options, Constraints constraints) {
        return new Attribute(
                key,
                type,
                cardinality,
                true,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                options,
                "",
                "",
                constraints);
    }

    private static Constraints named(Optional<Range> count) {
        return constraints(
                Optional.of(new TextPattern(NAME, "")),
                Optional.of(new Range(SHORTEST, LONGEST)),
                count,
                Optional.empty());
    }

    private static Constraints constraints(
            Optional<TextPattern> pattern, Optional<Range> length, Optional<Range> count, Optional<Unit.Measure> unit) {
        return new Constraints(
                pattern, length, count, unit, Optional.empty(), List.of(), List.of(), Optional.empty(), false, false);
    }

    /** Values for so many groups, all right, others for each seed. */
    static Map<String, String> values(int groups, int seed) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int group = 0; group < groups; group++) {
            String prefix = "g" + group + ".";
            int number = 1 + (group * 7 + seed) % 1_000;
            INTEGERS.forEach(key -> values.put(prefix + key, "" + number));
            BOOLEANS.forEach(key -> values.put(prefix + key, number % 2 == 0 ? "true" : "false"));
            NAMES.forEach(key -> values.put(prefix + key, key + "-of-service-" + number));
            values.put(prefix + "level", LEVELS.get(number % LEVELS.size()));
            values.put(prefix + "timeout", number + "s");
            values.put(prefix + "tags", "alpha-" + number + ",beta,gamma");
        }
        return values;
    }

    /** What an upper layer says: a quarter of the keys, others than its neighbours say. */
    static Map<String, String> quarter(int groups, int layer, int seed) {
        Map<String, String> quarter = new LinkedHashMap<>();
        List<Map.Entry<String, String>> all = List.copyOf(values(groups, seed).entrySet());
        for (int index = layer % 4; index < all.size(); index += 4) {
            quarter.put(all.get(index).getKey(), all.get(index).getValue());
        }
        return quarter;
    }

    /** A file with these values. */
    static String file(Map<String, String> values) {
        Stream<String> lines =
                values.entrySet().stream().map(entry -> entry.getKey() + " = " + entry.getValue() + "\n");
        return String.join("", lines.toList());
    }
}
