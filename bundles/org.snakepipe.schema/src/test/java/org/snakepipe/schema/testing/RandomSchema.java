// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.snakepipe.api.config.Format;
import org.snakepipe.api.config.Unit;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Option;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.Constraints.Range;
import org.snakepipe.schema.Constraints.Reference;
import org.snakepipe.schema.Constraints.TextPattern;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.Traits;

/** Schemas of all kinds; those of one seed are always the same. */
public final class RandomSchema {
    /** What only Java understands is among them. */
    private static final List<String> PATTERNS = List.of(
            "[a-z][a-z0-9-]*",
            "\\d{1,3}",
            "jdbc:[^:]+:.+",
            "\\\\t|.",
            "a|bc",
            "(?i)abc",
            "[a-z&&[^b]]+",
            "a++b",
            "[\\w.-]+@[\\w-]+",
            "(?:ab)+?c?",
            "[^/]*",
            ".{2,4}",
            "x\\-y",
            "\\S+( \\S+)*",
            "^a$",
            "\\p{Alpha}+",
            "[$^{}()|/-]+");

    private static final List<String> KEYS =
            List.of("a", "b", "a.b", "a.b.c", "max", "max.bytes", "x y", "k/1", "d~e", "%", "url", "\u00e4.b");
    private static final List<String> INTEGERS = List.of("-1", "0", "1", "5", "100", "127", "70000", "99999999999");
    private static final List<String> DURATIONS = List.of("0", "5", "250ms", "1s", "1h", "2d");
    private static final List<String> SIZES = List.of("0", "5", "1KiB", "1kB", "1GiB");
    private static final List<String> DECIMALS = List.of("-1.5", "0", "0.25", "1e3", "1e300");
    private static final List<String> TEXTS = List.of("a", "abc", "debug", "12", "true", "", " ", "ab-1");
    private static final List<Reference> REFERENCES = List.of(
            new Reference(List.of("snakepipe.sink."), List.of("stop", "skip")),
            new Reference(List.of("snakepipe.datasource", "x."), List.of()));

    private final Random random;
    private final List<String> keys = new ArrayList<>();

    /** From these numbers. */
    public RandomSchema(Random random) {
        this.random = random;
    }

    /** Another schema. */
    public Schema next(String pid) {
        List<String> free = new ArrayList<>(KEYS);
        keys.clear();
        // Alone, a key that is wrong is all that is wrong.
        for (int count = one(2) ? 1 : 1 + random.nextInt(7); count > 0; count--) {
            keys.add(free.remove(random.nextInt(free.size())));
        }
        List<Attribute> attributes = new ArrayList<>();
        for (String key : keys) {
            attributes.add(attribute(key));
        }
        Traits traits = new Traits(one(6), one(100) ? "it is reserved" : "", some(one(10)), some(one(10)));
        return new Schema(pid, random.nextBoolean(), "Name", "Description", attributes, traits);
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private List<String> some(boolean asked) {
        List<String> some = new ArrayList<>();
        for (int count = asked ? 1 + random.nextInt(2) : 0; count > 0; count--) {
            some.add(any(keys));
        }
        return some;
    }

    /** What makes no sense is refused when it is made: then another is. */
    private Attribute attribute(String key) {
        while (true) {
            try {
                return attribute(key, one(4) ? Type.STRING : any(List.of(Type.values())), cardinality());
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
    }

    private int cardinality() {
        return one(2) ? 0 : any(List.of(0, Integer.MAX_VALUE, Integer.MIN_VALUE, 1, 2, -3));
    }

    private Attribute attribute(String key, Type type, int cardinality) {
        Constraints constraints = constraints(type, cardinality);
        List<String> values = values(type, constraints);
        // The defaults of references are checked with what others configure, of which a JSON Schema knows nothing.
        boolean defaults = constraints.reference().isEmpty() && one(2);
        List<Option> options = new ArrayList<>();
        for (int count = one(4) ? 1 + random.nextInt(3) : 0; count > 0; count--) {
            options.add(new Option(any(values), "label"));
        }
        return new Attribute(
                key,
                type,
                cardinality,
                random.nextBoolean(),
                defaults ? defaults(options, values, cardinality) : List.of(),
                bound(type, values),
                bound(type, values),
                options,
                "Name",
                "Description.",
                constraints);
    }

    private List<String> defaults(List<Option> options, List<String> values, int cardinality) {
        List<String> defaults = new ArrayList<>();
        for (int count = cardinality == 0 ? 1 : 1 + random.nextInt(2); count > 0; count--) {
            defaults.add(
                    options.isEmpty() || one(8) ? any(values) : any(options).value());
        }
        return defaults;
    }

    private static List<String> values(Type type, Constraints constraints) {
        return switch (type) {
            case STRING, PASSWORD -> TEXTS;
            case BOOLEAN -> List.of("true", "false", "maybe");
            case CHARACTER -> List.of("a", "b", ";", " ", "\u00e4");
            case FLOAT, DOUBLE -> DECIMALS;
            default ->
                constraints
                        .unit()
                        .map(unit -> unit == Unit.Measure.bytes ? SIZES : DURATIONS)
                        .orElse(INTEGERS);
        };
    }

    private Optional<String> bound(Type type, List<String> values) {
        boolean text = type == Type.STRING || type == Type.PASSWORD;
        return type == Type.BOOLEAN || !one(4)
                ? Optional.empty()
                : Optional.of(text ? String.valueOf(random.nextInt(4)) : any(values));
    }

    private Constraints constraints(Type type, int cardinality) {
        boolean text = type == Type.STRING || type == Type.PASSWORD;
        boolean integer =
                List.of(Type.BYTE, Type.SHORT, Type.INTEGER, Type.LONG).contains(type);
        return new Constraints(
                text && one(4) ? Optional.of(new TextPattern(any(PATTERNS), "")) : Optional.empty(),
                text && one(5) ? Optional.of(new Range(random.nextInt(3), 2 + random.nextInt(9))) : Optional.empty(),
                cardinality != 0 && one(4)
                        ? Optional.of(new Range(random.nextInt(3), 2 + random.nextInt(3)))
                        : Optional.empty(),
                integer && one(3) ? Optional.of(any(List.of(Unit.Measure.values()))) : Optional.empty(),
                format(text, integer),
                some(one(8)),
                some(one(10)),
                text && one(5) ? Optional.of(any(REFERENCES)) : Optional.empty(),
                text && one(6),
                one(6));
    }

    private Optional<Format.Kind> format(boolean text, boolean integer) {
        if (text && one(3)) {
            return Optional.of(any(List.of(Format.Kind.values())));
        }
        return integer && one(8) ? Optional.of(Format.Kind.port) : Optional.empty();
    }
}
