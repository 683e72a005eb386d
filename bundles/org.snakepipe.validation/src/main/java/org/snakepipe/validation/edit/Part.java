// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.List;

/**
 * A part of a YAML or JSON text with its place.
 *
 * @param kind   how it is written
 * @param text   of a scalar, without quotes and escapes
 * @param start  its first character
 * @param end    behind its last one
 * @param line   from 1, as the reader counts
 * @param column from 1, as the reader counts
 * @param items  of a list
 * @param pairs  of a mapping
 */
record Part(Kind kind, String text, int start, int end, int line, int column, List<Part> items, List<Pair> pairs) {
    /** How a part is written. */
    enum Kind {
        /** Without quotes; empty where a value is left out. */
        PLAIN,
        /** In single quotes. */
        SINGLE,
        /** In double quotes. */
        DOUBLE,
        /** A scalar or more that is better left alone: a block of text, an alias, what has an anchor. */
        OTHER,
        /** A list in brackets. */
        FLOW_LIST,
        /** A list of lines. */
        BLOCK_LIST,
        /** A mapping in brackets. */
        FLOW_MAPPING,
        /** A mapping of lines. */
        BLOCK_MAPPING
    }

    /** A key with its value. */
    record Pair(Part key, Part value) {}

    /** A scalar. */
    static Part scalar(Kind kind, String text, int start, int end, int line, int column) {
        return new Part(kind, text, start, end, line, column, List.of(), List.of());
    }

    boolean isScalar() {
        return kind == Kind.PLAIN || kind == Kind.SINGLE || kind == Kind.DOUBLE;
    }

    boolean isMapping() {
        return kind == Kind.FLOW_MAPPING || kind == Kind.BLOCK_MAPPING;
    }

    boolean isList() {
        return kind == Kind.FLOW_LIST || kind == Kind.BLOCK_LIST;
    }

    /** Whether its last part is one to be left alone. */
    boolean endsInOther() {
        if (kind == Kind.BLOCK_MAPPING) {
            return !pairs.isEmpty() && pairs.get(pairs.size() - 1).value().endsInOther();
        }
        if (kind == Kind.BLOCK_LIST) {
            return !items.isEmpty() && items.get(items.size() - 1).endsInOther();
        }
        return kind == Kind.OTHER;
    }
}
