// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.testing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import org.snakepipe.api.config.Format;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Schema;

/** Documents for a schema: right, slightly wrong, and very wrong, in as many cases each. */
final class RandomDocument {
    private static final int MOST_TRIES = 20;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "b",
            "ab",
            "abc",
            "ABC",
            "aab",
            "abc-1",
            "debug",
            "12",
            "007",
            "true",
            "443",
            "65535",
            "65536",
            "jdbc:h2:mem",
            "x-y",
            "\\t",
            ";",
            "{}",
            "a b",
            "a@b",
            "stop",
            "snakepipe.sink.file~x",
            "snakepipe.sink.file",
            "snakepipe.source.file~x",
            "snakepipe.datasource~w",
            "x.y",
            "snakepipe.sink.~x",
            "https://example.org/x",
            "x*",
            "$[secret:x]",
            "5s",
            "1KiB",
            "a,b",
            "aaaaaaaaaaaaaa",
            "\u00e4",
            "a\nb",
            "a\n");
    private static final List<String> IDS = List.of(
            "",
            " ",
            "stop",
            "stops",
            "snakepipe.sink.file~x",
            "snakepipe.sink.file",
            "snakepipe.source.file~x",
            "snakepipe.datasource~w",
            "snakepipe.datasources",
            "x.y",
            "x.",
            "snakepipe.sink.~x",
            "snakepipe.sink.a~",
            "a b");
    private static final List<String> PORTS =
            List.of("", "0", "443", "00080", "65535", "65536", "70000", "99999", "100000", "-1", "x");
    private static final List<String> PATHS = List.of("", " ", "/", "a/b", ".");
    private static final List<Object> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            5L,
            99L,
            100L,
            101L,
            127L,
            128L,
            -128L,
            -129L,
            250L,
            1000L,
            1024L,
            32767L,
            32768L,
            60_000L,
            70_000L,
            65_535L,
            65_536L,
            2_147_483_647L,
            2_147_483_648L,
            99_999_999_999L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            BigInteger.ONE.shiftLeft(64),
            BigInteger.ONE.shiftLeft(64).negate(),
            0.25,
            0.5,
            -1.5,
            1.0,
            100.0,
            1e30,
            1e39,
            1e300,
            1e308);

    private final Random random;
    private final Schema schema;
    /** Whether a value is right for a key, as far as it can be told alone. */
    private final BiPredicate<String, Object> right;

    RandomDocument(Random random, Schema schema, BiPredicate<String, Object> right) {
        this.random = random;
        this.schema = schema;
        this.right = right;
    }

    Map<String, Object> next() {
        Map<String, Object> document = new LinkedHashMap<>();
        int kind = random.nextInt(5);
        for (Attribute attribute : schema.attributes()) {
            if (kind == 0 ? random.nextInt(4) > 0 : attribute.required() || random.nextBoolean()) {
                Object value = kind == 0 ? value(attribute) : right(attribute);
                if (value != null) {
                    document.put(attribute.key(), value);
                }
            }
        }
        if (kind < 3 && !schema.attributes().isEmpty()) {
            spoil(document);
        }
        return document;
    }

    private void spoil(Map<String, Object> document) {
        Attribute attribute = any(schema.attributes());
        switch (random.nextInt(4)) {
            case 0 -> document.remove(attribute.key());
            case 1 -> document.put(any(List.of("unknown", "a.unknown", attribute.key() + "x")), scalar(attribute));
            default -> document.put(attribute.key(), value(attribute));
        }
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A right value; {@code null} if none is found. */
    private Object right(Attribute attribute) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Object value = value(attribute);
            if (right.test(attribute.key(), value)) {
                return value;
            }
        }
        return null;
    }

    private Object value(Attribute attribute) {
        boolean list = attribute.cardinality() != 0 != (random.nextInt(15) == 0);
        if (!list) {
            return scalar(attribute);
        }
        List<Object> elements = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            elements.add(random.nextInt(60) == 0 ? List.of("nested") : scalar(attribute));
        }
        return elements;
    }

    private Object scalar(Attribute attribute) {
        if (random.nextInt(12) == 0) {
            return any(List.of(true, false, 1L, 1.5, "x", "1", "true"));
        }
        return switch (attribute.type()) {
            case STRING, PASSWORD -> text(attribute);
            case BOOLEAN -> random.nextBoolean();
            case CHARACTER -> any(List.of("a", "b", "c", ";", " ", "\u00e4", "ab", ""));
            default -> number(attribute);
        };
    }

    private Object number(Attribute attribute) {
        boolean integer = attribute.type() != Type.FLOAT && attribute.type() != Type.DOUBLE;
        Object number = any(NUMBERS);
        return integer && number instanceof Double && random.nextInt(3) > 0
                ? (Object) (long) random.nextInt(200)
                : number;
    }

    private String text(Attribute attribute) {
        if (!attribute.options().isEmpty() && random.nextBoolean()) {
            return any(attribute.options()).value();
        }
        String text = random.nextInt(3) > 0 ? any(likely(attribute)) : letters();
        // Which letters a path may have depends on the machine.
        boolean path = attribute
                .constraints()
                .format()
                .filter(Format.Kind.path::equals)
                .isPresent();
        return path ? text.replace("\u00e4", "ae") : text;
    }

    /** What is near the border between right and wrong. */
    private List<String> likely(Attribute attribute) {
        Optional<Format.Kind> format = attribute.constraints().format();
        if (random.nextInt(3) == 0) {
            return TEXTS;
        }
        if (attribute.constraints().reference().isPresent()) {
            return IDS;
        }
        return format.equals(Optional.of(Format.Kind.port))
                ? PORTS
                : format.equals(Optional.of(Format.Kind.path)) ? PATHS : TEXTS;
    }

    private String letters() {
        StringBuilder letters = new StringBuilder();
        for (int count = random.nextInt(6); count > 0; count--) {
            letters.append("abc019-./:@ _$".charAt(random.nextInt(14)));
        }
        return letters.toString();
    }
}
