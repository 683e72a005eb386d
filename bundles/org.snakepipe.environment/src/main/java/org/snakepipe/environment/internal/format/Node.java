// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.List;

/** A part of a YAML or JSON document, with its place; lines and columns from 1. */
sealed interface Node {
    /** A document may nest no deeper. */
    int MOST_DEPTH = 32;
    /** A document may have no more parts, those that aliases repeat counted each time. */
    int MOST_NODES = 50_000;

    int line();

    int column();

    /** How many parts it has, itself included. */
    int size();

    /** How deep it is; 1 for a scalar. */
    int height();

    /**
     * One value.
     *
     * @param value text, number or Boolean; {@code null} when there is none
     */
    record Scalar(Object value, int line, int column) implements Node {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int height() {
            return 1;
        }
    }

    /** A list. */
    record Sequence(List<Node> items, int line, int column, int size, int height) implements Node {}

    /** Keys with values, in the order of the document; a key may occur twice. */
    record Mapping(List<Entry> entries, int line, int column, int size, int height) implements Node {}

    /** One key with its place and its value. */
    record Entry(String key, int line, int column, Node value) {}
}
