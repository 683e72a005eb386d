// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.Optional;
import org.snakepipe.validation.edit.Part.Kind;
import org.snakepipe.validation.edit.Part.Pair;

/** Takes a key with its value out of a YAML or JSON text. Without state but the text. */
final class PairRemoval {
    private final String text;

    PairRemoval(String text) {
        this.text = text;
    }

    Optional<String> of(Part mapping, int index) {
        Pair pair = mapping.pairs().get(index);
        if (pair.value().endsInOther()) {
            return Optional.empty();
        }
        return mapping.kind() == Kind.FLOW_MAPPING ? inBrackets(mapping, index) : lines(mapping, pair);
    }

    /** Whole lines, with what is noted at their ends. */
    private Optional<String> lines(Part mapping, Pair pair) {
        int start = Document.startOfLine(text, pair.key().start());
        int last = Math.max(pair.key().end(), pair.value().end());
        int end = Document.endOfLine(text, last);
        boolean missing = pair.value().start() == pair.value().end();
        boolean alone = text.substring(start, pair.key().start()).isBlank()
                && (missing || JsonParts.nextInk(text, last) >= end);
        return alone && mapping.pairs().size() > 1
                ? Optional.of(cut(start, Document.nextLine(text, end)))
                : Optional.empty();
    }

    /** With the comma behind it; of the last one, with the comma before it. */
    private Optional<String> inBrackets(Part mapping, int index) {
        Pair pair = mapping.pairs().get(index);
        int start = pair.key().start();
        int end = pair.value().end();
        int comma = JsonParts.nextInk(text, end);
        if (comma < text.length() && text.charAt(comma) == ',') {
            if (text.substring(end, comma).isBlank()) {
                return Optional.of(widened(start, comma + 1));
            }
            return Optional.of(new StringBuilder(text)
                    .deleteCharAt(comma)
                    .delete(start, end)
                    .toString());
        }
        if (index == 0) {
            return Optional.of(widened(start, end));
        }
        int before =
                JsonParts.nextInk(text, mapping.pairs().get(index - 1).value().end());
        String rest = widened(start, end);
        return text.charAt(before) == ','
                ? Optional.of(new StringBuilder(rest).deleteCharAt(before).toString())
                : Optional.empty();
    }

    /** A line on which nothing else stands goes as a whole. */
    private String widened(int start, int end) {
        int lineStart = Document.startOfLine(text, start);
        int lineEnd = Document.endOfLine(text, end);
        if (text.substring(lineStart, start).isBlank()
                && text.substring(end, lineEnd).isBlank()) {
            return cut(lineStart, Document.nextLine(text, lineEnd));
        }
        int next = end;
        while (next < lineEnd && text.charAt(next) == ' ') {
            next++;
        }
        return cut(start, next);
    }

    private String cut(int start, int end) {
        return new StringBuilder(text).delete(start, end).toString();
    }
}
