// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.snakepipe.environment.internal.format.Node.Entry;
import org.snakepipe.environment.internal.format.Node.Mapping;
import org.snakepipe.environment.internal.format.Node.Scalar;
import org.snakepipe.environment.internal.format.Node.Sequence;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.UnreadableFileException;

/** Builds a document from what a parser meets, and stops it when the document grows beyond the limits. Used once. */
final class NodeBuilder {
    private final Place place;
    private final Deque<Frame> open = new ArrayDeque<>();
    private Node root;
    private int nodes;

    NodeBuilder(Place place) {
        this.place = place;
    }

    /** A mapping or a list that is not closed yet. */
    private static final class Frame {
        final boolean mapping;
        final int line;
        final int column;
        final List<Entry> entries = new ArrayList<>();
        final List<Node> items = new ArrayList<>();
        Scalar key;
        int size = 1;
        int height = 1;

        Frame(boolean mapping, int line, int column) {
            this.mapping = mapping;
            this.line = line;
            this.column = column;
        }

        Node close() {
            return mapping
                    ? new Mapping(List.copyOf(entries), line, column, size, height)
                    : new Sequence(List.copyOf(items), line, column, size, height);
        }
    }

    /** The document; {@code null} when it holds nothing. */
    Node root() {
        return root;
    }

    /** Whether the next scalar is a key. */
    boolean expectsKey() {
        return !open.isEmpty() && open.peek().mapping && open.peek().key == null;
    }

    void open(boolean mapping, int line, int column) throws UnreadableFileException {
        if (expectsKey()) {
            throw unreadable("document.key", "a key is no text (allowed: text)", line, column);
        }
        if (open.size() >= Node.MOST_DEPTH) {
            throw tooDeep(line, column);
        }
        open.push(new Frame(mapping, line, column));
        count(1, line, column);
    }

    /** Gives what has been closed. */
    Node close() throws UnreadableFileException {
        Node node = open.pop().close();
        put(node, node.line(), node.column());
        return node;
    }

    void scalar(Scalar scalar) throws UnreadableFileException {
        count(1, scalar.line(), scalar.column());
        if (!expectsKey()) {
            put(scalar, scalar.line(), scalar.column());
        } else if (scalar.value() == null || scalar.value().toString().isEmpty()) {
            throw unreadable("document.key", "a key is empty (allowed: text)", scalar.line(), scalar.column());
        } else {
            open.peek().key = scalar;
        }
    }

    /** Repeats a part of the document. */
    void repeat(Node node, int line, int column) throws UnreadableFileException {
        if (expectsKey()) {
            throw unreadable("document.key", "a key is no text (allowed: text)", line, column);
        }
        count(node.size(), line, column);
        if (open.size() + node.height() > Node.MOST_DEPTH) {
            throw tooDeep(line, column);
        }
        put(node, line, column);
    }

    UnreadableFileException unreadable(String code, String message, int line, int column) {
        return new UnreadableFileException(place.error(code, message, line, column));
    }

    private void put(Node node, int line, int column) throws UnreadableFileException {
        if (open.isEmpty()) {
            if (root != null) {
                throw unreadable("document.several", "a second document begins (allowed: one)", line, column);
            }
            root = node;
            return;
        }
        Frame frame = open.peek();
        frame.size += node.size();
        frame.height = Math.max(frame.height, node.height() + 1);
        if (frame.mapping) {
            frame.entries.add(new Entry(frame.key.value().toString(), frame.key.line(), frame.key.column(), node));
            frame.key = null;
        } else {
            frame.items.add(node);
        }
    }

    private void count(int more, int line, int column) throws UnreadableFileException {
        nodes += more;
        if (nodes > Node.MOST_NODES) {
            throw unreadable(
                    "document.size",
                    "the document has too many keys and values, those that aliases repeat counted (allowed: "
                            + Node.MOST_NODES + ")",
                    line,
                    column);
        }
    }

    private UnreadableFileException tooDeep(int line, int column) {
        return unreadable(
                "document.depth", "the document nests too deeply (allowed: " + Node.MOST_DEPTH + ")", line, column);
    }
}
