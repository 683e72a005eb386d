// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The type that a key of OSGi's JSON may carry, as in {@code "port:Integer": 8080}.
 *
 * <p>Source: OSGi Compendium 8, 150.3.2 (data types).
 *
 * @param name the name of the scalar
 * @param list whether there are several
 */
record JsonType(String name, boolean list) {
    private static final String COLLECTION = "Collection<";
    private static final Map<String, String> PRIMITIVES = Map.of(
            "int",
            "Integer",
            "long",
            "Long",
            "double",
            "Double",
            "float",
            "Float",
            "byte",
            "Byte",
            "short",
            "Short",
            "char",
            "Character",
            "boolean",
            "Boolean");
    private static final Set<String> SCALARS =
            Set.of("String", "Integer", "Long", "Double", "Float", "Byte", "Short", "Character", "Boolean");

    /**
     * Reads a type.
     *
     * @return {@code null} when it is none
     */
    static JsonType of(String text) {
        boolean list = true;
        String scalar = text;
        if (text.endsWith("[]")) {
            scalar = text.substring(0, text.length() - 2);
        } else if (text.startsWith(COLLECTION) && text.endsWith(">")) {
            scalar = text.substring(COLLECTION.length(), text.length() - 1);
        } else if (text.equals("Collection")) {
            return new JsonType("", true);
        } else {
            list = false;
        }
        String name = PRIMITIVES.getOrDefault(scalar, scalar);
        return SCALARS.contains(name) ? new JsonType(name, list) : null;
    }

    /**
     * Gives a value its type.
     *
     * @param raw text, number, Boolean or a list of these
     * @return the value; a single one becomes a list where a list is wanted
     * @throws IllegalArgumentException if the type cannot hold the value
     */
    Object convert(Object raw) {
        if (!list) {
            if (raw instanceof List) {
                throw new IllegalArgumentException("a list");
            }
            return scalar(raw);
        }
        List<Object> elements = new ArrayList<>();
        for (Object element : raw instanceof List<?> several ? several : List.of(raw)) {
            elements.add(scalar(element));
        }
        return List.copyOf(elements);
    }

    /** A word is given its type by the schema, when it has its value. */
    private Object scalar(Object raw) {
        if (raw instanceof String text && text.contains("$[")) {
            return raw;
        }
        try {
            return switch (name) {
                case "String" -> raw.toString();
                case "Boolean" -> truth(raw.toString());
                case "Character" -> character(raw.toString());
                case "Integer" -> number(raw).intValueExact();
                case "Long" -> number(raw).longValueExact();
                case "Short" -> number(raw).shortValueExact();
                case "Byte" -> number(raw).byteValueExact();
                case "Double" -> number(raw).doubleValue();
                case "Float" -> number(raw).floatValue();
                default -> raw;
            };
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("out of range", e);
        }
    }

    private static BigDecimal number(Object raw) {
        String text = raw.toString();
        // A long exponent would make an integer of a billion digits.
        if (text.length() > 400 || text.matches(".*[eE][+-]?[0-9]{4,}")) {
            throw new IllegalArgumentException("out of range");
        }
        return new BigDecimal(text);
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.valueOf(text);
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }
}
