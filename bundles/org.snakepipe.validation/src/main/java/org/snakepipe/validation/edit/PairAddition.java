// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.Optional;
import org.snakepipe.validation.edit.Part.Kind;
import org.snakepipe.validation.edit.Part.Pair;

/** Puts a key with its value behind the others of a mapping of a YAML or JSON text. Without state but the text. */
final class PairAddition {
    private final String text;
    private final Notation notation;

    PairAddition(String text, Notation notation) {
        this.text = text;
        this.notation = notation;
    }

    /** To the mapping that is the value of a pair. @param block its key may be missing */
    Optional<String> to(Pair block, String key, String value) {
        Part mapping = block.value();
        if (mapping.endsInOther()) {
            return Optional.empty();
        }
        if (mapping.kind() == Kind.FLOW_MAPPING) {
            return Optional.of(inBrackets(mapping, notation.key(key) + ": " + notation.value(value, true)));
        }
        String pair = notation.key(key) + ": " + notation.value(value, false);
        if (mapping.kind() == Kind.BLOCK_MAPPING) {
            Part first = mapping.pairs().get(0).key();
            return indent(first).map(indent -> inserted(endOfLine(mapping.end()), lineEnd() + indent + pair));
        }
        boolean empty = mapping.start() == mapping.end() && block.key() != null;
        return empty
                ? indent(block.key())
                        .map(indent -> inserted(endOfLine(block.key().end()), lineEnd() + indent + "  " + pair))
                : Optional.empty();
    }

    private String inBrackets(Part mapping, String pair) {
        if (mapping.pairs().isEmpty()) {
            return inserted(mapping.start() + 1, pair);
        }
        Pair last = mapping.pairs().get(mapping.pairs().size() - 1);
        int end = last.value().end();
        int line = endOfLine(end);
        Optional<String> indent = indent(last.key());
        if (indent.isEmpty() || JsonParts.nextInk(text, end) < line) {
            return inserted(end, ", " + pair);
        }
        return new StringBuilder(text)
                .insert(line, lineEnd() + indent.get() + pair)
                .insert(end, ",")
                .toString();
    }

    /** The white space before a key; empty when something else stands there. */
    private Optional<String> indent(Part key) {
        String before = text.substring(Document.startOfLine(text, key.start()), key.start());
        return before.isBlank() ? Optional.of(before) : Optional.empty();
    }

    private int endOfLine(int index) {
        return Document.endOfLine(text, index);
    }

    private String lineEnd() {
        return Document.lineEnd(text);
    }

    private String inserted(int at, String what) {
        return new StringBuilder(text).insert(at, what).toString();
    }
}
